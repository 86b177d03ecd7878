//! Keys from a URI, as a sidecar serves them.

use std::fmt;

use zeroize::Zeroizing;

use super::{Credentials, CredentialsFuture, Provider, reply};
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::header_lines::HeaderLines;
use crate::transport::{Request, Settings, fetch};

pub(super) const URI: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";
const WHO: &str = "the server of ALIBABA_CLOUD_CREDENTIALS_URI";

pub(super) struct Uri {
    endpoint: Endpoint,
    /// Path and query, which may hold a secret.
    target: Zeroizing<String>,
    settings: Settings,
}

impl Uri {
    /// `https://`, or `http://` on loopback: keys do not travel in the open, unless `allow_insecure` says so.
    pub(super) fn new(text: &str, settings: Settings, allow_insecure: bool) -> Result<Self> {
        let refuse = |rule: &str| Error::credentials(format!("{URI} {rule}"));
        let url = url::Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let mut url = url.ok_or_else(|| refuse("must be a URL that begins with https:// or http://"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("must not hold a user name or password"));
        }
        let target = url[url::Position::BeforePath..url::Position::AfterQuery].to_owned();
        url.set_path("/");
        url.set_query(None);
        url.set_fragment(None);
        let endpoint = Endpoint::parse(url.as_str(), allow_insecure);
        let endpoint = endpoint.map_err(|_| refuse("must be https, or http to a loopback address"))?;
        Ok(Self { endpoint, target: Zeroizing::new(target), settings })
    }

    async fn ask(&self) -> Result<Credentials> {
        let headers = HeaderLines::of(&[("accept", "application/json")]);
        let request = Request { headers, ..Request::get(&self.target) };
        let reply = fetch(&self.endpoint, &self.settings, request, reply::CAP, reply::TIMEOUT).await.map_err(reply::lost)?;
        let status = reply.head.status.unwrap_or_default();
        let body = Zeroizing::new(reply.body.into_vec());
        let mut json = reply::object(&body, status, WHO)?;
        if status != 200 || json.get("Code").and_then(|code| code.as_str()) != Some("Success") {
            return Err(reply::refused(&json, status, WHO));
        }
        reply::keys(&mut json, &reply::PASCAL, WHO)
    }
}

impl Provider for Uri {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.ask())
    }

    fn name(&self) -> &'static str {
        "credentials_uri"
    }
}

impl fmt::Debug for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Uri").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}
