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

/// Says where a verification stands, by CheckResult. Where that leaves it open, CheckVerifyLog is asked as well, within the
/// same call.
///
/// What it is given is checked when the call is made.
#[derive(Clone, PartialEq)]
pub struct StatusRequest(TypedRequest);

impl StatusRequest {
    /// - `started`: what `initialize` gave at the same region or endpoint: its JSON, or the reply as an object.
    pub fn new(started: impl Into<crate::result::Value>) -> Self {
        let mut request = TypedRequest::of("status");
        request.set("started", started.into());
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
impl Operation for StatusRequest {
    type Output = Status;

    fn action(&self) -> &'static str {
        Operation::action(&self.0)
    }

    fn to_call(&self, caller: &Caller<'_>) -> Result<Cow<'_, Call>> {
        Operation::to_call(&self.0, caller)
    }

    fn read(&self, reply: &Received<'_>) -> Result<Status> {
        self.0.read(reply).map(Status::from)
    }

    fn failed(&self, error: Error, sent: &Call) -> Error {
        self.0.failed(error, sent)
    }

    fn follow_up(&self, error: &Error, sent: &Call) -> Option<Call> {
        self.0.follow_up(error, sent)
    }

    fn job(&self) -> Option<Job<Status>> {
        let job = self.0.job()?;
        Some(Box::new(|worker| job(worker).map(Status::from)))
    }
}

impl std::fmt::Debug for StatusRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What [`StatusRequest`] gave.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// `RequestId`: the service's id of this call; empty where it sent none.
    pub request_id: String,
    /// `not_begun`: the log has no beginning yet; it may be late. `in_progress`: the person has not finished. `pending`: the
    /// verdict is still to come. `finished`: the result is there. `abandoned`: the person broke off. `expired`: the person
    /// never began, and the time is over. `gone`: the service knows no such transaction, or no longer. `unknown`: it cannot be
    /// told.
    pub state: Option<String>,
    /// Of an abandoned one, the page where the person stopped, such as `OCR_SCAN`, where the log has it.
    pub page: Option<String>,
    /// Of an abandoned one, the client's code, such as `1006`, where the log has it; `explain` knows more.
    pub error_code: Option<String>,
    /// Why this is said of it, in one line.
    pub reason: Option<String>,
    /// Every other field of `Result`, JSON text in it decoded.
    pub extra: Fields,
    /// What could not be decoded; the rest of the reply stands.
    pub problems: Vec<Problem>,
}

redacted_debug!(Status: request_id, state, reason; page, error_code, extra, problems);

impl From<TypedReply> for Status {
    fn from(mut reply: TypedReply) -> Self {
        let mut values = reply.take();
        Self {
            state: read::text(values.next()),
            page: read::text(values.next()),
            error_code: read::text(values.next()),
            reason: read::text(values.next()),
            request_id: reply.request_id,
            extra: reply.extra,
            problems: reply.problems,
        }
    }
}
