//! What a client can be asked to do.

use std::borrow::Cow;

use crate::call::Call;
use crate::error::Result;
use crate::reply::Received;
use crate::wait::WaitOptions;

/// Something to ask of the service, as a value: [`CheckResultRequest`](crate::CheckResultRequest), [`Call`],
/// [`WaitForResult`](crate::WaitForResult). [`Client::run`](crate::Client::run) awaits any of them,
/// [`blocking::Client::run`](crate::blocking::Client::run) blocks for it, and
/// [`blocking::Client::start`](crate::blocking::Client::start) does it in the background.
///
/// Only this crate implements it.
#[allow(private_interfaces, reason = "what keeps others from implementing it")]
pub trait Operation: Send + Sync + 'static {
    /// What a success gives.
    type Output: Send + 'static;

    /// Its name in the API, for logs: one of the table's.
    #[doc(hidden)]
    fn action(&self) -> &'static str;

    /// What to send, or which argument breaks which rule.
    #[doc(hidden)]
    fn to_call(&self) -> Result<Cow<'_, Call>>;

    /// Whether images may come, which need the larger of the two caps.
    #[doc(hidden)]
    fn returns_images(&self) -> bool {
        false
    }

    /// What the reply gives, or the error that it is.
    #[doc(hidden)]
    fn read(&self, reply: &Received<'_>) -> Result<Self::Output>;

    /// How to wait for the person; `None` for an operation that is done once.
    #[doc(hidden)]
    fn wait(&self) -> Option<&WaitOptions> {
        None
    }
}
