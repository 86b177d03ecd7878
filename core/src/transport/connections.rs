//! Where a request finds its connection, and where that one goes afterwards.

use std::time::Duration;

use http::HeaderValue;

use super::connect::Connector;
use super::exchange::{self, Doubt};
use super::lane::{Lane, Lanes};
use super::latency::Latency;
use super::pool::Pool;
use super::reply::Reply;
use super::settings::Settings;
use super::slots::Slots;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::sign::Signed;

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

/// Where a call's requests find their connections.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ConnectionSource<'a> {
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
    pub(crate) async fn send(&self, source: ConnectionSource<'_>, signed: Signed, cap: usize, reuse: Reuse) -> Result<Reply> {
        let request = exchange::request(&self.connector, &self.user_agent, signed)?;
        let longest = if reuse == Reuse::Any { Duration::MAX } else { YOUNG };
        let kept = match source {
            ConnectionSource::Pool => self.pool.take(longest),
            ConnectionSource::Lane(lane) => lane.take(longest),
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
            match source {
                ConnectionSource::Pool => self.pool.keep(connection),
                ConnectionSource::Lane(lane) => lane.keep(connection),
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
