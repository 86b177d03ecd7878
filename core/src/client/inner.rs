//! What a client is made of.

use std::sync::Arc;
use std::time::Instant;

use super::counters::Counters;
use super::events::Events;
use super::limits::Limits;
use crate::clock::{Clock, Skew};
use crate::credentials::Provider;
use crate::decode::lift::Nonce;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::quota::Quota;
use crate::retry::{Budget, Policy};
use crate::runtime::PerProcess;
use crate::sign::Signature;
use crate::transport::{Settings, Transport};

/// What the clones of a client share.
pub(super) struct Inner {
    pub(super) endpoint: Endpoint,
    pub(super) signature: Signature,
    pub(super) provider: Arc<dyn Provider>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) lift_nonce: Nonce,
    pub(super) settings: Settings,
    pub(super) limits: Limits,
    pub(super) policy: Policy,
    pub(super) budget: Budget,
    pub(super) quota: Arc<dyn Quota>,
    pub(super) skew: Skew,
    pub(super) counters: Counters,
    /// `None` where nobody listens.
    pub(super) events: Option<Events>,
    pub(super) begun: Instant,
    pub(super) transport: PerProcess<Transport>,
}

impl Inner {
    pub(super) fn transport(&self) -> Result<&Transport> {
        self.transport.get_or_try_init(|| Transport::new(&self.settings, &self.endpoint))
    }
}
