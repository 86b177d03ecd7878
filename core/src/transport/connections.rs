//! Where a request finds its connection, and where that one goes afterwards.

use std::time::Duration;

use http::HeaderValue;

use super::connect::{Connection, Connector};
use super::exchange::{self, Doubt};
use super::lane::{Lane, Lanes};
use super::latency::Latency;
use super::pool::Pool;
use super::reply::Reply;
use super::request::Request;
use super::settings::Settings;
use super::slots::{Slot, Slots};
use super::warm::Warm;
use crate::buffer::Buffer;
use crate::catalogue::Kind;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};

/// Connections of one process to one server.
#[derive(Debug)]
pub(crate) struct Transport {
    connector: Connector,
    user_agent: HeaderValue,
    lanes: Lanes,
    pool: Pool,
    warm: Warm,
    slots: Slots,
    latency: Latency,
    idle_timeout: Duration,
    keep_warm: Option<Duration>,
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
/// Nor one that is used as often as the service advises, every 5 s.
const YOUNG_IF_WARM: Duration = Duration::from_secs(6);
/// The least time that a keepalive has to be answered in.
const KEEPALIVE_PATIENCE: Duration = Duration::from_secs(1);

/// The connections of one call: its lane's, or those of the pool. Chosen where the call begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Channel<'a> {
    transport: &'a Transport,
    lane: Option<&'a Lane>,
}

impl Channel<'_> {
    /// Whether the call has a thread for itself.
    pub(crate) fn blocks(&self) -> bool {
        self.lane.is_some()
    }

    /// The right to send. Whoever made a lane's call has it already.
    pub(crate) async fn slot(&self) -> Option<Slot<'_>> {
        if self.blocks() { None } else { Some(self.transport.slots.take().await) }
    }

    /// Sends once and reads at most `cap` bytes of body. The caller holds a slot.
    pub(crate) async fn send(&self, request: Request, cap: usize, reuse: Reuse) -> Result<Reply> {
        let Transport { connector, user_agent, latency, idle_timeout, pool, warm, .. } = self.transport;
        let request = request.into_http(connector, user_agent)?;
        let kept = self.take(reuse);
        if kept.is_none() {
            self.transport.make_room();
        }
        // What has waited for long may have been forgotten by a router on the way, which tells nobody.
        let is_doubtful = kept.as_ref().is_some_and(|kept| reuse == Reuse::Any && kept.rested() >= *idle_timeout / 4);
        let doubt = if is_doubtful { Doubt::After(latency.patience()) } else { Doubt::Never };
        let mut body = Buffer::default();
        let (head, connection) = exchange::exchange(connector, kept, request, &mut body, cap, doubt, latency).await;
        if let Some(mut connection) = connection {
            connection.rest();
            match self.lane {
                _ if connection.is_warm() => warm.keep(connection),
                None => pool.keep(connection),
                Some(lane) => lane.keep(connection),
            }
        }
        Ok(Reply { head: head?, body })
    }

    /// A kept connection: the call's own where that was used a moment ago, else a warm one, else its own however old.
    fn take(&self, reuse: Reuse) -> Option<Connection> {
        let Transport { pool, warm, keep_warm, .. } = self.transport;
        let own = |longest| self.lane.map_or_else(|| pool.take(longest), |lane| lane.take(longest));
        let (longest, longest_if_warm) = match (reuse, keep_warm) {
            (Reuse::Any, _) => (Duration::MAX, Duration::MAX),
            (Reuse::Young, None) => (YOUNG, YOUNG),
            (Reuse::Young, Some(period)) => (YOUNG, (*period).clamp(YOUNG, YOUNG_IF_WARM)),
        };
        let fresh = longest.min(self.transport.fresh());
        let kept = own(fresh).or_else(|| warm.take(longest_if_warm)).or_else(|| own(longest));
        if let Some(lane) = self.lane {
            lane.clear();
        }
        kept
    }
}

impl Transport {
    pub(crate) fn new(settings: &Settings, endpoint: &Endpoint) -> Result<Self> {
        Ok(Self {
            connector: Connector::new(endpoint, settings)?,
            user_agent: settings.user_agent.clone(),
            lanes: Lanes::new(settings.idle_timeout),
            pool: Pool::new(settings.idle_timeout),
            warm: Warm::new(settings.idle_timeout),
            slots: Slots::new(settings.max_connections),
            latency: Latency::default(),
            idle_timeout: settings.idle_timeout,
            keep_warm: settings.keep_warm,
        })
    }

    /// For a call that is awaited.
    pub(crate) fn pooled(&self) -> Channel<'_> {
        Channel { transport: self, lane: None }
    }

    /// Runs a call that blocks, to its end. The caller holds a slot, and its thread must not be driving a runtime already.
    pub(crate) fn on_lane<T>(&self, call: impl AsyncFnOnce(Channel<'_>) -> T) -> Result<T> {
        self.lanes.run(async |lane| call(Channel { transport: self, lane: Some(lane) }).await)
    }

    /// Closes idle connections until there may be one more.
    fn make_room(&self) {
        let (lanes, pool, warm) = (self.lanes.idle(), self.pool.idle(), self.warm.idle());
        while self.slots.are_exceeded(lanes.len() + pool.len() + warm.len()) {
            let evicted = if lanes.len() > pool.len() { lanes.evict() } else { pool.evict() };
            if !evicted && !warm.evict() {
                return;
            }
        }
    }

    /// How many warm connections are open, those in use included.
    pub(crate) fn warm(&self) -> usize {
        self.warm.open()
    }

    /// How many warm connections wait, and have done so for less than `longest`.
    pub(crate) fn warm_younger(&self, longest: Duration) -> usize {
        self.warm.younger(longest)
    }

    /// Whether a warm connection waits, and has done so for `shortest` at least.
    pub(crate) fn has_warm(&self, shortest: Duration) -> bool {
        self.warm.idle().count(|connection| connection.rested() >= shortest) > 0
    }

    /// Makes one more warm connection, unless calls use all that there may be. For the I/O thread.
    pub(crate) async fn warm_up(&self) -> Result<()> {
        let connected = self.slots.lend(async {
            self.make_room();
            self.connector.connect().await.map(|connection| self.warm.keep(connection))
        });
        connected.await.unwrap_or(Ok(()))
    }

    /// The same, unless a warm connection is ready.
    pub(crate) async fn connect_ahead(&self) -> Result<()> {
        if self.warm.younger(self.fresh()) > 0 { Ok(()) } else { self.warm_up().await }
    }

    /// A connection that has waited for less is as good as a new one.
    fn fresh(&self) -> Duration {
        self.keep_warm.unwrap_or(YOUNG)
    }

    /// Sends `request` on a warm connection that has waited for `shortest` at least. `None` where there is none, or a call
    /// needs it. For the I/O thread.
    pub(crate) async fn keep_alive(&self, request: Request, cap: usize, shortest: Duration) -> Option<Result<Reply>> {
        let Self { connector, user_agent, warm, .. } = self;
        let kept = self.slots.lend(async {
            let kept = warm.take_old(shortest)?;
            let request = match request.into_http(connector, user_agent) {
                Ok(request) => request,
                Err(error) => return Some(Err(error)),
            };
            let mut body = Buffer::default();
            let exchange = exchange::exchange(connector, Some(kept), request, &mut body, cap, Doubt::Never, &warm.latency);
            let limit = warm.latency.patience().max(KEEPALIVE_PATIENCE);
            let Ok((head, connection)) = tokio::time::timeout(limit, exchange).await else {
                return Some(Err(Error::new(Kind::Timeout, format!("no reply within {} ms", limit.as_millis()))));
            };
            if let Some(mut connection) = connection {
                connection.rest();
                warm.keep(connection);
            }
            Some(head.map(|head| Reply { head, body }))
        });
        kept.await.flatten()
    }

    /// The right to use a connection, which a call needs before it sends.
    pub(crate) fn slots(&self) -> &Slots {
        &self.slots
    }

    /// How many connections were made.
    pub(crate) fn connections(&self) -> u64 {
        self.connector.made()
    }
}
