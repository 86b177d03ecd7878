//! The only place that does HTTP.

mod buffers;
mod failure;
mod tls;

use std::time::Duration;

use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::redirect::Policy;

use crate::catalogue::Kind;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::reply::{Head, RetryHints};
use crate::sign::Signed;
use buffers::Buffers;

/// How a client reaches its server.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) proxy: Proxy,
    /// More certificate authorities to trust, PEM.
    pub(crate) ca_pem: Option<Vec<u8>>,
    pub(crate) user_agent: String,
}

/// Which proxy calls go through. A loopback endpoint never has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Proxy {
    /// What `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
    #[default]
    Environment,
    /// None.
    Direct,
    /// This URL; user name and password may stand in it.
    Url(String),
}

/// A reply, whole.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) head: Head,
    pub(crate) body: Vec<u8>,
}

/// Connections of one process to one server.
#[derive(Debug)]
pub(crate) struct Transport {
    client: reqwest::Client,
    buffers: Buffers,
}

impl Transport {
    pub(crate) fn new(settings: &Settings, endpoint: &Endpoint) -> Result<Self> {
        let config = if endpoint.is_https() { tls::config(settings.ca_pem.as_deref())? } else { tls::empty() };
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(config)
            .connect_timeout(settings.connect_timeout)
            .pool_idle_timeout(settings.idle_timeout)
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .tcp_nodelay(true)
            .user_agent(&settings.user_agent);
        match &settings.proxy {
            _ if endpoint.is_loopback() => builder = builder.no_proxy(),
            Proxy::Environment => {}
            Proxy::Direct => builder = builder.no_proxy(),
            Proxy::Url(url) => builder = builder.proxy(proxy(url)?),
        }
        let client = builder.build().map_err(|_| Error::new(Kind::Internal, "the HTTP client could not be set up"))?;
        Ok(Self { client, buffers: Buffers::default() })
    }

    /// Sends once and reads at most `cap` bytes of body.
    pub(crate) async fn send(&self, endpoint: &Endpoint, signed: Signed, cap: usize) -> Result<Reply> {
        let request = self.client.post(endpoint.url(&signed.query)).headers(headers(signed.headers)?).body(signed.body);
        let mut response = request.send().await.map_err(|error| failure::before_reply(&error, endpoint))?;
        let status = response.status().as_u16();
        let announced = response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        if announced.is_some_and(|length: usize| length > cap) {
            return Err(too_large(cap, status));
        }
        let retry_after = retry_hints(response.headers());
        let mut body = self.buffers.take(announced.unwrap_or(0));
        while let Some(chunk) = response.chunk().await.map_err(|error| failure::in_body(&error, status))? {
            if body.len() + chunk.len() > cap {
                return Err(too_large(cap, status));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { head: Head { status: Some(status), retry_after }, body })
    }

    /// Takes back a reply's buffer for the next one.
    pub(crate) fn reuse(&self, reply: Reply) {
        self.buffers.give_back(reply.body);
    }
}

/// Whether `text` can be a proxy's URL.
pub(crate) fn judge_proxy(text: &str) -> Result<()> {
    proxy(text).map(drop)
}

/// Whether `pem` holds certificates.
pub(crate) fn judge_ca(pem: &[u8]) -> Result<()> {
    tls::certificates(pem).map(drop)
}

fn proxy(url: &str) -> Result<reqwest::Proxy> {
    let known = url.starts_with("http://") || url.starts_with("https://");
    let refuse = || Error::invalid_argument("proxy", "must be none or a URL such as http://host:3128");
    reqwest::Proxy::all(url).ok().filter(|_| known).ok_or_else(refuse)
}

fn headers(headers: Vec<(&'static str, String)>) -> Result<HeaderMap> {
    let mut out = HeaderMap::with_capacity(headers.len());
    for (name, value) in headers {
        let mut value = HeaderValue::try_from(value)
            .map_err(|_| Error::new(Kind::Credentials, "the credentials hold characters that cannot stand in a header"))?;
        value.set_sensitive(matches!(name, "authorization" | "x-acs-security-token"));
        out.insert(HeaderName::from_static(name), value);
    }
    Ok(out)
}

fn retry_hints(headers: &HeaderMap) -> RetryHints {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    RetryHints {
        acs: text("x-acs-retry-after"),
        rate_limits: ["x-ratelimit-user-api", "x-ratelimit-user"].into_iter().filter_map(text).collect(),
        standard: text(RETRY_AFTER.as_str()),
    }
}

fn too_large(cap: usize, status: u16) -> Error {
    let message = format!("the reply is larger than the {cap} bytes allowed for it");
    Error::new(Kind::TooLarge, message).with_reply(Some(status), None, None)
}
