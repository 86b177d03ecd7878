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

/// Deletes what the service keeps of a verification, for good. Store the result first. It is never sent twice: where no
/// reply came, nobody knows whether it was done.
///
/// What it is given is checked when the call is made.
#[derive(Clone, PartialEq)]
pub struct DeleteResultRequest(TypedRequest);

impl DeleteResultRequest {
    /// - `transaction_id`: the service's id of the verification, as the start gave it to the server.
    /// - `delete_type`: what to delete: `Img` all pictures, `Text` all the rest, `All` both.
    pub fn new(transaction_id: impl Into<String>, delete_type: impl Into<String>) -> Self {
        let mut request = TypedRequest::of("delete_result");
        request.set("transaction_id", transaction_id.into());
        request.set("delete_type", delete_type.into());
        Self(request)
    }

    /// `DeleteAfterQuery`: delete only if the result was fetched before; yes unless told otherwise.
    #[must_use]
    pub fn after_query(mut self, after_query: bool) -> Self {
        self.0.set("after_query", after_query);
        self
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
impl Operation for DeleteResultRequest {
    type Output = Deletion;

    fn action(&self) -> &'static str {
        Operation::action(&self.0)
    }

    fn to_call(&self, caller: &Caller<'_>) -> Result<Cow<'_, Call>> {
        Operation::to_call(&self.0, caller)
    }

    fn read(&self, reply: &Received<'_>) -> Result<Deletion> {
        self.0.read(reply).map(Deletion::from)
    }

    fn failed(&self, error: Error, sent: &Call) -> Error {
        self.0.failed(error, sent)
    }

    fn follow_up(&self, error: &Error, sent: &Call) -> Option<Call> {
        self.0.follow_up(error, sent)
    }

    fn job(&self) -> Option<Job<Deletion>> {
        let job = self.0.job()?;
        Some(Box::new(|worker| job(worker).map(Deletion::from)))
    }
}

impl std::fmt::Debug for DeleteResultRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What [`DeleteResultRequest`] gave.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deletion {
    /// `RequestId`: the service's id of this call; empty where it sent none.
    pub request_id: String,
    /// `Result.TransactionId`: the service's id of the verification.
    pub transaction_id: Option<String>,
    /// `Result.DeleteResult`: it is deleted; this, and not the reply's code, says so.
    pub deleted: Option<bool>,
    /// `Result.FailReason`: why it is not, such as `NEED_QUERY_VERIFY_RESULT`; only a sibling service documents it.
    /// NOT_DELETE_REPEATEDLY after a lost reply: the first call did it.
    pub fail_reason: Option<String>,
    /// Every other field of `Result`, JSON text in it decoded.
    pub extra: Fields,
    /// What could not be decoded; the rest of the reply stands.
    pub problems: Vec<Problem>,
}

redacted_debug!(Deletion: request_id, deleted; transaction_id, fail_reason, extra, problems);

impl From<TypedReply> for Deletion {
    fn from(mut reply: TypedReply) -> Self {
        let mut values = reply.take();
        Self {
            transaction_id: read::text(values.next()),
            deleted: read::flag(values.next()),
            fail_reason: read::text(values.next()),
            request_id: reply.request_id,
            extra: reply.extra,
            problems: reply.problems,
        }
    }
}
