// Generated from core/schema/typed by `cargo xtask generate`; do not edit.

use std::borrow::Cow;

use crate::call::Call;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::reply::Received;
use crate::result::redacted::redacted_debug;
use crate::result::{Fields, Problem};
use crate::typed::read;
use crate::typed::{TypedReply, TypedRequest};
use crate::worker::Job;

/// Does nothing but answer. It keeps a connection ready; the service advises one every 5 seconds where calls are rare.
///
/// What it is given is checked when the call is made.
#[derive(Clone, PartialEq)]
pub struct KeepAliveRequest(TypedRequest);

impl KeepAliveRequest {
    #[allow(clippy::new_without_default, reason = "as the requests that take arguments")]
    #[must_use]
    pub fn new() -> Self {
        let request = TypedRequest::of("keep_alive");
        Self(request)
    }

    /// Any other parameter of the operation, by its name in the API. What is not in the table of operations is an error, unless
    /// [`unchecked`](Self::unchecked).
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.add_parameter(name, value);
        self
    }

    /// Lets through what the rules of this version refuse.
    #[must_use]
    pub fn unchecked(mut self) -> Self {
        self.0.set_unchecked(true);
        self
    }
}

#[allow(private_interfaces, reason = "as in the trait")]
impl Operation for KeepAliveRequest {
    type Output = KeepAlive;

    fn action(&self) -> &'static str {
        Operation::action(&self.0)
    }

    fn to_call(&self, caller: &Caller<'_>) -> Result<Cow<'_, Call>> {
        Operation::to_call(&self.0, caller)
    }

    fn read(&self, reply: &Received<'_>) -> Result<KeepAlive> {
        self.0.read(reply).map(KeepAlive::from)
    }

    fn failed(&self, error: Error, sent: &Call) -> Error {
        self.0.failed(error, sent)
    }

    fn follow_up(&self, error: &Error, sent: &Call) -> Option<Call> {
        self.0.follow_up(error, sent)
    }

    fn job(&self) -> Option<Job<KeepAlive>> {
        let job = self.0.job()?;
        Some(Box::new(|worker| job(worker).map(KeepAlive::from)))
    }
}

impl std::fmt::Debug for KeepAliveRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What [`KeepAliveRequest`] gave.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeepAlive {
    /// `RequestId`: the service's id of this call; empty where it sent none.
    pub request_id: String,
    /// `Result.Result`: `SUCCESS`.
    pub answer: Option<String>,
    /// Every other field of `Result`, JSON text in it decoded.
    pub extra: Fields,
    /// What could not be decoded; the rest of the reply stands.
    pub problems: Vec<Problem>,
}

redacted_debug!(KeepAlive: request_id, answer; extra, problems);

impl From<TypedReply> for KeepAlive {
    fn from(mut reply: TypedReply) -> Self {
        let mut values = reply.take();
        Self { answer: read::text(values.next()), request_id: reply.request_id, extra: reply.extra, problems: reply.problems }
    }
}
