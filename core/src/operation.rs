//! What a client can be asked to do.

use std::borrow::Cow;

use crate::buffer::Buffer;
use crate::call::Call;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::operations;
use crate::reply::{self, Received};
use crate::request::{CHECK_RESULT, CheckResultRequest};
use crate::result::{CheckResult, Fields, Raw};
use crate::wait::{WaitForResult, WaitOptions};
use crate::worker::Job;

/// Something to ask of the service, as a value: [`CheckResultRequest`], [`Call`],
/// [`WaitForResult`]. [`Client::run`](crate::Client::run) awaits any of them,
/// [`blocking::Client::run`](crate::blocking::Client::run) blocks for it, and
/// [`blocking::Client::start`](crate::blocking::Client::start) does it in the background.
///
/// Only this crate implements it.
#[allow(private_interfaces, reason = "what keeps others from implementing it")]
pub trait Operation: Send + Sync + 'static {
    /// What a success gives.
    type Output: Send + 'static;

    /// Its name in the table, for logs.
    #[doc(hidden)]
    fn action(&self) -> &'static str;

    /// What to send, or which argument breaks which rule.
    #[doc(hidden)]
    fn to_call(&self, caller: &Caller<'_>) -> Result<Cow<'_, Call>>;

    /// Whether images may come, which need the larger of the two caps.
    #[doc(hidden)]
    fn returns_images(&self) -> bool {
        false
    }

    /// What the reply gives, or the error that it is.
    #[doc(hidden)]
    fn read(&self, reply: &Received<'_>) -> Result<Self::Output>;

    /// Says more of an error that `sent` came to.
    #[doc(hidden)]
    fn failed(&self, error: Error, _sent: &Call) -> Error {
        error
    }

    /// The call that can answer what this error to `sent` leaves open.
    #[doc(hidden)]
    fn follow_up(&self, _error: &Error, _sent: &Call) -> Option<Call> {
        None
    }

    /// Whether the reply's body is kept even where the client does not keep any.
    #[doc(hidden)]
    fn keeps_raw(&self) -> bool {
        false
    }

    /// Has what the reply gave hold the reply's body too, if it can.
    #[doc(hidden)]
    fn keep(_output: &mut Self::Output, _body: Buffer) {}

    /// Whether what the reply gave is still to change.
    #[doc(hidden)]
    fn is_pending(_output: &Self::Output) -> bool {
        false
    }

    /// How to wait for the person; `None` for an operation that is done once.
    #[doc(hidden)]
    fn wait(&self) -> Option<&WaitOptions> {
        None
    }

    /// What to do where it is more than a call; `None` for a call.
    #[doc(hidden)]
    fn job(&self) -> Option<Job<Self::Output>> {
        None
    }
}

#[allow(private_interfaces, reason = "as in the trait")]
impl Operation for CheckResultRequest {
    type Output = CheckResult;

    fn action(&self) -> &'static str {
        CHECK_RESULT
    }

    fn to_call(&self, _: &Caller<'_>) -> Result<Cow<'_, Call>> {
        self.to_call().map(Cow::Owned)
    }

    fn returns_images(&self) -> bool {
        self.returns_images()
    }

    fn read(&self, reply: &Received<'_>) -> Result<CheckResult> {
        reply::check_result(reply.head, reply.body, reply.nonce, reply.string_to_sign)
    }

    fn keeps_raw(&self) -> bool {
        self.keep_raw
    }

    fn keep(output: &mut CheckResult, body: Buffer) {
        output.raw = Raw::of(body);
    }
}

#[allow(private_interfaces, reason = "as in the trait")]
impl Operation for WaitForResult {
    type Output = CheckResult;

    fn action(&self) -> &'static str {
        CHECK_RESULT
    }

    fn to_call(&self, caller: &Caller<'_>) -> Result<Cow<'_, Call>> {
        Operation::to_call(&self.request, caller)
    }

    fn returns_images(&self) -> bool {
        self.request.returns_images()
    }

    fn read(&self, reply: &Received<'_>) -> Result<CheckResult> {
        self.request.read(reply)
    }

    fn keep(output: &mut CheckResult, body: Buffer) {
        CheckResultRequest::keep(output, body);
    }

    fn is_pending(output: &CheckResult) -> bool {
        output.is_pending()
    }

    fn wait(&self) -> Option<&WaitOptions> {
        Some(&self.options)
    }
}

#[allow(private_interfaces, reason = "as in the trait")]
impl Operation for Call {
    type Output = Fields;

    fn action(&self) -> &'static str {
        operations::operation(Call::action(self)).map_or("unlisted", |spec| spec.action)
    }

    fn to_call(&self, _: &Caller<'_>) -> Result<Cow<'_, Call>> {
        Ok(Cow::Borrowed(self))
    }

    fn read(&self, reply: &Received<'_>) -> Result<Fields> {
        reply::call(reply)
    }
}
