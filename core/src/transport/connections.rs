//! Where a request finds its connection, and where that one goes afterwards.

use std::time::Duration;

use http::HeaderValue;

use super::connect::Connector;
use super::exchange::{self, Doubt};
use super::lane::{Lane, Lanes};
use super::latency::Latency;
use super::pool::Pool;
use super::reply::Reply;
use super::request::Request;
use super::settings::Settings;
use super::slots::{Slot, Slots};
use crate::buffer::Buffer;
use crate::endpoint::Endpoint;
use crate::error::Result;

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
        let Transport { connector, user_agent, latency, idle_timeout, pool, .. } = self.transport;
        let request = request.into_http(connector, user_agent)?;
        let longest = if reuse == Reuse::Any { Duration::MAX } else { YOUNG };
        let kept = self.lane.map_or_else(|| pool.take(longest), |lane| lane.take(longest));
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
                None => pool.keep(connection),
                Some(lane) => lane.keep(connection),
            }
        }
        Ok(Reply { head: head?, body })
    }
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
}
