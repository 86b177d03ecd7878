//! How fast requests go out: permits, taken before every request.

mod adapt;
mod local;
mod pace;

pub(crate) use local::Local;
pub(crate) use pace::Pace;

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use crate::error::Result;

/// Hands out permits to send. A client has one of its own; one that is shared by machines can stand in its place.
pub trait Quota: fmt::Debug + Send + Sync {
    /// Waits until a request of `action` may be sent. Dropped where the call ends first, and is then as if it had not been
    /// asked.
    ///
    /// # Errors
    /// No permit can be had, such as where the quota's own server is down: the call ends with this error, and sends nothing.
    fn acquire<'a>(&'a self, action: &'a str) -> PermitFuture<'a>;

    /// What became of the request that got `permit`; nothing is reported of one that got no answer.
    fn report(&self, action: &str, permit: Permit, admitted: Admitted);
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
