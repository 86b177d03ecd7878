//! What a client is made of.

use std::sync::{Arc, Weak};
use std::time::Instant;

use super::counters::Counters;
use super::events::Events;
use super::keeper::Keeper;
use super::limits::Limits;
use crate::call::Call;
use crate::clock::{self, Clock, Skew};
use crate::credentials::{Credentials, Provider};
use crate::decode::lift::Nonce;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::operations::API_VERSION;
use crate::quota::Quota;
use crate::retry::{Budget, Policy};
use crate::runtime::PerProcess;
use crate::sign::{self, Signature, Signed, Unsigned};
use crate::transport::{Settings, Transport};

/// What the clones of a client share.
pub(super) struct Inner {
    /// Itself, for what goes on in the background.
    pub(super) own: Weak<Inner>,
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
    pub(super) keeper: PerProcess<Arc<Keeper>>,
}

impl Inner {
    pub(super) fn transport(&self) -> Result<&Transport> {
        self.transport.get_or_try_init(|| Transport::new(&self.settings, &self.endpoint))
    }

    /// A number from 0 to 1, by which pauses are spread.
    pub(super) fn chance(&self) -> Result<f64> {
        let [high, low, ..] = self.clock.random()?;
        Ok(f64::from(u16::from_be_bytes([high, low])) / f64::from(u16::MAX))
    }

    /// Signs a request of `call` that is to be sent now.
    pub(super) fn sign(&self, call: &Call, credentials: &Credentials) -> Result<Signed> {
        let (query, form) = call.placed();
        let unsigned = Unsigned {
            host: self.endpoint.host(),
            action: call.action(),
            version: API_VERSION,
            query: &query,
            form: &form,
            date: &clock::signing_date(self.skew.corrected(&*self.clock)),
            nonce: &clock::nonce(&*self.clock)?,
        };
        Ok(sign::sign(self.signature, &unsigned, credentials))
    }
}
