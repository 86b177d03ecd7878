//! The only place that does HTTP.
//!
//! Two ways lead to a server. [`shared`] is reqwest on whatever runtime awaits it: HTTP/2, proxies, connections shared by all
//! calls. [`lane`] is for a caller that blocks: a connection and a runtime of its own, both driven by the calling thread, so
//! that no other thread need wake. Which one a call takes makes no difference to what comes of it.

mod buffers;
mod connect;
mod failure;
mod lane;
mod reply;
mod shared;
mod socket;
mod tls;

pub(crate) use reply::Reply;

use std::time::Duration;

use hyper_util::client::proxy::matcher::Matcher;
use once_cell::sync::OnceCell;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use rustls::ClientConfig;

use crate::catalogue::Kind;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::sign::Signed;
use buffers::Buffers;
use lane::{Lane, Lanes};
use shared::Shared;

/// How a client reaches its server.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) proxy: Proxy,
    /// More certificate authorities to trust, PEM.
    pub(crate) ca_pem: Option<Vec<u8>>,
    pub(crate) user_agent: HeaderValue,
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

/// Connections of one process to one server.
#[derive(Debug)]
pub(crate) struct Transport {
    endpoint: Endpoint,
    settings: Settings,
    config: ClientConfig,
    /// `None` where calls go through a proxy, which only [`shared`] knows how to.
    lanes: Option<Lanes>,
    shared: OnceCell<Shared>,
    buffers: Buffers,
}

/// The way that a call's requests take.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way<'a> {
    Shared,
    Lane(&'a Lane),
}

impl Transport {
    pub(crate) fn new(settings: &Settings, endpoint: &Endpoint) -> Result<Self> {
        let config = if endpoint.is_https() { tls::config(settings.ca_pem.as_deref())? } else { tls::empty() };
        let direct = match &settings.proxy {
            _ if endpoint.is_loopback() => true,
            Proxy::Environment => endpoint.uri().is_some_and(|uri| Matcher::from_env().intercept(&uri).is_none()),
            Proxy::Direct => true,
            Proxy::Url(_) => false,
        };
        Ok(Self {
            endpoint: endpoint.clone(),
            settings: settings.clone(),
            lanes: direct.then(|| Lanes::new(settings, &config)),
            config,
            shared: OnceCell::new(),
            buffers: Buffers::default(),
        })
    }

    /// Sends once and reads at most `cap` bytes of body.
    pub(crate) async fn send(&self, way: Way<'_>, signed: Signed, cap: usize) -> Result<Reply> {
        match way {
            Way::Shared => {
                let shared = self.shared.get_or_try_init(|| Shared::new(&self.settings, &self.endpoint, &self.config))?;
                // Boxed, or calls on a lane would carry its state about, many times their own.
                Box::pin(shared.send(&self.endpoint, signed, cap, &self.buffers)).await
            }
            Way::Lane(lane) => lane.send(&self.endpoint, signed, cap, &self.buffers).await,
        }
    }

    /// What a caller that blocks drives its call with; `None` where there is no direct way.
    pub(crate) fn lanes(&self) -> Option<&Lanes> {
        self.lanes.as_ref()
    }

    /// Takes back a reply's buffer for the next one.
    pub(crate) fn reuse(&self, reply: Reply) {
        self.buffers.give_back(reply.body);
    }
}

/// Whether `text` can be a proxy's URL.
pub(crate) fn judge_proxy(text: &str) -> Result<()> {
    shared::proxy(text).map(drop)
}

/// Whether `pem` holds certificates.
pub(crate) fn judge_ca(pem: &[u8]) -> Result<()> {
    tls::certificates(pem).map(drop)
}

fn headers(headers: Vec<(&'static str, String)>) -> Result<HeaderMap> {
    let mut out = HeaderMap::with_capacity(headers.len() + 2);
    for (name, value) in headers {
        let mut value = HeaderValue::try_from(value)
            .map_err(|_| Error::new(Kind::Credentials, "the credentials hold characters that cannot stand in a header"))?;
        value.set_sensitive(matches!(name, "authorization" | "x-acs-security-token"));
        out.insert(HeaderName::from_static(name), value);
    }
    Ok(out)
}
