//! The only place that does HTTP.
//!
//! A call that blocks takes a [`lane`]: a connection and a runtime of its own, both driven by the calling thread, so that no
//! other thread need wake. A call that is awaited takes a connection out of the [`pool`] of its runtime. Which way a call
//! takes makes no difference to what comes of it: both make their [`exchange`] on the same kind of connection.

mod connect;
mod exchange;
mod failure;
mod lane;
mod no_proxy;
mod plain;
mod pool;
mod probe;
mod proxy;
mod reply;
mod route;
mod socket;
mod stack;
mod tls;
mod trust;
mod tunnel;

pub(crate) use plain::{Plain, send as send_plain};
pub(crate) use probe::{Probe, Unsecured};
pub(crate) use proxy::ProxyServer;
pub(crate) use reply::Reply;
pub use route::Proxy;
pub(crate) use route::Route;
pub(crate) use trust::Distrust;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::catalogue::Kind;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::sign::{self, Signed};
use connect::Connector;
use lane::{Lane, Lanes};
use pool::Pool;

/// How a client reaches its server.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) route: Route,
    /// More certificate authorities to trust, PEM.
    pub(crate) ca_pem: Option<Vec<u8>>,
    pub(crate) user_agent: HeaderValue,
}

/// Connections of one process to one server.
#[derive(Debug)]
pub(crate) struct Transport {
    connector: Connector,
    user_agent: HeaderValue,
    lanes: Lanes,
    pool: Arc<Pool>,
}

/// The way that a call's requests take.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way<'a> {
    Pool,
    Lane(&'a Lane),
}

impl Transport {
    pub(crate) fn new(settings: &Settings, endpoint: &Endpoint) -> Result<Self> {
        Ok(Self {
            connector: Connector::new(endpoint, settings)?,
            user_agent: settings.user_agent.clone(),
            lanes: Lanes::new(settings.idle_timeout),
            pool: Arc::new(Pool::new(settings.idle_timeout)),
        })
    }

    /// Sends once and reads at most `cap` bytes of body.
    pub(crate) async fn send(&self, way: Way<'_>, signed: Signed, cap: usize) -> Result<Reply> {
        let request = exchange::request(&self.connector, &self.user_agent, signed)?;
        let kept = match way {
            Way::Pool => self.pool.take(),
            Way::Lane(lane) => lane.take(),
        };
        let (reply, connection) = exchange::exchange(&self.connector, kept, request, cap).await?;
        match (way, connection) {
            (Way::Pool, Some(connection)) => self.pool.keep(connection),
            (Way::Lane(lane), Some(connection)) => lane.keep(connection),
            (_, None) => {}
        }
        Ok(reply)
    }

    /// How many connections were made.
    pub(crate) fn connections(&self) -> u64 {
        self.connector.made()
    }

    /// What a caller that blocks drives its call with.
    pub(crate) fn lanes(&self) -> &Lanes {
        &self.lanes
    }
}

/// Whether `pem` holds certificates.
pub(crate) fn judge_ca(pem: &[u8]) -> Result<()> {
    tls::certificates(pem).map(drop)
}

/// The text as bytes that are wiped once the last of them is let go, and not copied before.
fn wiped(text: Zeroizing<String>) -> Bytes {
    if text.is_empty() { Bytes::new() } else { Bytes::from_owner(text) }
}

fn headers(headers: Vec<(&'static str, String)>) -> Result<HeaderMap> {
    let mut out = HeaderMap::with_capacity(headers.len() + 2);
    for (name, value) in headers {
        let token = sign::is_token(name) || name == "x-aliyun-ecs-metadata-token";
        let value = if token { HeaderValue::from_maybe_shared(wiped(Zeroizing::new(value))) } else { value.try_into() };
        let mut value =
            value.map_err(|_| Error::new(Kind::Credentials, "the credentials hold characters that cannot stand in a header"))?;
        value.set_sensitive(token || name == "authorization");
        out.insert(HeaderName::from_static(name), value);
    }
    Ok(out)
}
