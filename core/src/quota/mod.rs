//! How fast requests go out: permits, taken before every request.

mod adapt;
mod counts;
mod limited;
mod limiter;
mod local;
mod pace;
mod per_action;
#[cfg(feature = "quota-redis")]
mod shared;

pub(crate) use counts::Counts;
pub(crate) use limited::Limited;
pub use limiter::{BlockingLimiter, Limiter, LimiterTurn, LimiterTurns, WaitFuture};
pub(crate) use local::Local;
pub(crate) use pace::Pace;
#[cfg(feature = "quota-redis")]
pub(crate) use shared::{QuotaServer, Shared};

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use crate::call_context::CallContext;
use crate::error::Result;

/// Hands out permits to send. A client has one of its own; one that is shared by machines can stand in its place.
pub trait Quota: fmt::Debug + Send + Sync {
    /// Waits until the request may be sent. Dropped where the call ends first, and is then as if it had not been
    /// asked.
    ///
    /// # Errors
    /// No permit can be had, such as where the quota's own server is down: the call ends with this error, and sends nothing.
    fn acquire<'a>(&'a self, request: PermitRequest<'a>) -> PermitFuture<'a>;

    /// The same where nobody need wait. `None`, the default, has [`acquire`](Self::acquire) awaited instead.
    fn acquire_now(&self, request: PermitRequest<'_>) -> Option<Permit> {
        let _ = request;
        None
    }

    /// What became of the request that got `permit`; nothing is reported of one that got no answer.
    fn report(&self, action: &str, permit: Permit, admitted: Admitted);
}

/// A request that is about to be sent.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PermitRequest<'a> {
    /// The operation's name, such as `CheckResult`.
    pub action: &'a str,
    /// What [`CallOptions::context`](crate::CallOptions::context) gave its call.
    pub context: Option<&'a CallContext>,
    /// Whether the thread that asks is the one of a caller that blocks.
    pub blocks: bool,
}

/// A permit in the making.
pub type PermitFuture<'a> = Pin<Box<dyn Future<Output = Result<Permit>> + Send + 'a>>;

/// A permit to send one request. The number is its quota's own, to know it again by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permit(pub u64);

/// Whether the service took a request, as far as its quota goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admitted {
    Yes,
    /// It was throttled.
    No,
}
