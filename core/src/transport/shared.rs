//! reqwest, on the runtime that awaits it.

use reqwest::redirect::Policy;
use rustls::ClientConfig;

use super::buffers::Buffers;
use super::reply::{self, Reply};
use super::{Proxy, Settings, failure, headers, tls};
use crate::catalogue::Kind;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::sign::Signed;

#[derive(Debug)]
pub(super) struct Shared(reqwest::Client);

impl Shared {
    pub(super) fn new(settings: &Settings, endpoint: &Endpoint, config: &ClientConfig) -> Result<Self> {
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::offering(config, &["h2", "http/1.1"]))
            .connect_timeout(settings.connect_timeout)
            .pool_idle_timeout(settings.idle_timeout)
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .tcp_nodelay(true)
            .user_agent(settings.user_agent.clone());
        match &settings.proxy {
            _ if endpoint.is_loopback() => builder = builder.no_proxy(),
            Proxy::Environment => {}
            Proxy::Direct => builder = builder.no_proxy(),
            Proxy::Url(url) => builder = builder.proxy(proxy(url)?),
        }
        let client = builder.build().map_err(|_| Error::new(Kind::Internal, "the HTTP client could not be set up"))?;
        Ok(Self(client))
    }

    pub(super) async fn send(&self, endpoint: &Endpoint, signed: Signed, cap: usize, buffers: &Buffers) -> Result<Reply> {
        let request = self.0.post(endpoint.url(&signed.query)).headers(headers(signed.headers)?).body(signed.body);
        let response = request.send().await.map_err(|error| {
            let timed_out = error.is_timeout();
            failure::before_reply(&error, error.is_connect(), timed_out, endpoint)
        })?;
        reply::receive(response.into(), cap, buffers).await
    }
}

pub(super) fn proxy(url: &str) -> Result<reqwest::Proxy> {
    let known = url.starts_with("http://") || url.starts_with("https://");
    let refuse = || Error::invalid_argument("proxy", "must be none or a URL such as http://host:3128");
    reqwest::Proxy::all(url).ok().filter(|_| known).ok_or_else(refuse)
}
