//! A call that wants a permit.

use tokio::sync::oneshot;

use crate::refusal::Refusal;
use crate::worker::Permit;

/// The way back to a call; it is closed where the call ended first.
pub(crate) type Waiter = oneshot::Sender<Result<Permit, Denied>>;

/// Why a call gets no permit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denied {
    /// The driver has ended.
    Ended,
    /// The server refuses this client, and always has.
    Refused(Refusal),
}

/// A call that wants a permit.
#[derive(Debug)]
pub(crate) struct Wish {
    pub(crate) action: String,
    pub(crate) rate: u64,
    pub(crate) waiter: Waiter,
}
