//! The only place that does HTTP.
//!
//! A call that blocks takes a [`lane`]: a connection and a runtime of its own, both driven by the calling thread, so that no
//! other thread need wake. A call that is awaited takes a connection out of the [`pool`] of its runtime. Which way a call
//! takes makes no difference to what comes of it: both make their [`exchange`] on the same kind of connection.

mod connect;
mod exchange;
mod failure;
mod given;
mod lane;
mod latency;
mod lookup;
mod no_proxy;
mod plain;
mod pool;
mod probe;
mod proxy;
mod reaper;
mod reply;
mod resolver;
mod route;
mod slots;
mod socket;
mod stack;
mod tls;
mod trust;
mod tunnel;

pub(crate) use lane::Timer;
pub(crate) use plain::{Plain, send as send_plain};
pub(crate) use probe::{Probe, Unsecured};
pub(crate) use proxy::ProxyServer;
pub(crate) use reply::Reply;
pub use route::Proxy;
pub(crate) use route::Route;
pub(crate) use trust::Distrust;

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::catalogue::Kind;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::sign::{self, Signed};
use connect::Connector;
use exchange::Doubt;
use lane::{Lane, Lanes};
use latency::Latency;
use pool::Pool;
use slots::Slots;

/// How a client reaches its server.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) max_connections: usize,
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
    pool: Pool,
    slots: Slots,
    latency: Latency,
    idle_timeout: Duration,
}

/// Which kept connection a request may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reuse {
    /// Any: what is not answered on it can be sent again.
    Any,
    /// One that was used a moment ago: of a request that is lost on an older one, nobody knows whether it arrived.
    Young,
}

/// No server closes a connection sooner than that.
const YOUNG: Duration = Duration::from_secs(4);

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
            pool: Pool::new(settings.idle_timeout),
            slots: Slots::new(settings.max_connections),
            latency: Latency::default(),
            idle_timeout: settings.idle_timeout,
        })
    }

    /// Sends once and reads at most `cap` bytes of body. The caller holds a slot.
    pub(crate) async fn send(&self, way: Way<'_>, signed: Signed, cap: usize, reuse: Reuse) -> Result<Reply> {
        let request = exchange::request(&self.connector, &self.user_agent, signed)?;
        let longest = if reuse == Reuse::Any { Duration::MAX } else { YOUNG };
        let kept = match way {
            Way::Pool => self.pool.take(longest),
            Way::Lane(lane) => lane.take(longest),
        };
        if kept.is_none() {
            self.make_room();
        }
        // What has waited for long may have been forgotten by a router on the way, which tells nobody.
        let is_doubtful = kept.as_ref().is_some_and(|kept| reuse == Reuse::Any && kept.rested() >= self.idle_timeout / 4);
        let doubt = if is_doubtful { Doubt::After(self.latency.patience()) } else { Doubt::Never };
        let (reply, connection) = exchange::exchange(&self.connector, kept, request, cap, doubt, &self.latency).await;
        if let Some(mut connection) = connection {
            connection.rest();
            match way {
                Way::Pool => self.pool.keep(connection),
                Way::Lane(lane) => lane.keep(connection),
            }
        }
        reply
    }

    /// Closes idle connections until there may be one more.
    fn make_room(&self) {
        let (lanes, pool) = (self.lanes.idle(), self.pool.idle());
        while self.slots.are_exceeded(lanes.len() + pool.len()) {
            let evicted = if lanes.len() > pool.len() { lanes.evict() } else { pool.evict() };
            if !evicted {
                return;
            }
        }
    }

    /// The right to use a connection, which a call needs before it sends.
    pub(crate) fn slots(&self) -> &Slots {
        &self.slots
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

/// Whether `pem` holds certificates. The error ends a sentence that begins with where they stand.
pub(crate) fn validate_ca(pem: &[u8]) -> Result<(), String> {
    given::certificates(pem).map(drop)
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
