//! Which way leads to a server: straight, or through a proxy.

use std::fmt;

use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use rustls::pki_types::ServerName;

use crate::endpoint::{self, Endpoint};
use crate::error::{Error, Result};

/// Which proxy calls go through. A loopback endpoint never has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Proxy {
    /// What `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` say; `HTTP_PROXY` for an endpoint without TLS.
    #[default]
    Environment,
    /// None.
    Direct,
    /// This URL; user name and password may stand in it.
    Url(String),
}

/// A proxy that leads to the endpoint.
#[derive(Clone)]
pub(super) struct Via(Intercept);

impl Via {
    /// `None` where the way is straight.
    pub(super) fn to(endpoint: &Endpoint, proxy: &Proxy) -> Result<Option<Self>> {
        let matcher = match proxy {
            _ if endpoint.is_loopback() => return Ok(None),
            Proxy::Direct => return Ok(None),
            Proxy::Environment => Matcher::from_env(),
            Proxy::Url(url) => Matcher::builder().all(url.as_str()).build(),
        };
        let Some(via) = endpoint.uri().and_then(|uri| matcher.intercept(&uri)) else { return Ok(None) };
        match via.uri().scheme_str() {
            Some("http" | "https") => Ok(Some(Self(via))),
            _ => Err(Error::invalid_argument("proxy", "the environment's must begin with http:// or https://")),
        }
    }

    pub(super) fn uri(&self) -> &Uri {
        self.0.uri()
    }

    pub(super) fn authorization(&self) -> Option<&HeaderValue> {
        self.0.basic_auth()
    }

    /// The name of its certificate; `None` where it is spoken to without TLS.
    pub(super) fn server_name(&self) -> Option<ServerName<'static>> {
        let name = self.uri().host().filter(|_| self.uri().scheme_str() == Some("https"))?;
        endpoint::server_name(name)
    }
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let port = self.uri().port().map_or_else(String::new, |port| format!(":{port}"));
        write!(f, "the proxy {}{port}", self.uri().host().unwrap_or_default())
    }
}

impl fmt::Debug for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Via({self})")
    }
}

/// Whether `text` can be a proxy's URL.
pub(crate) fn judge_proxy(text: &str) -> Result<()> {
    let known = text.starts_with("http://") || text.starts_with("https://");
    let refuse = || Error::invalid_argument("proxy", "must be none or a URL such as http://host:3128");
    url::Url::parse(text).ok().filter(|url| known && url.has_host()).map(drop).ok_or_else(refuse)
}
