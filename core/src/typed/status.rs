//! Where a verification stands: one question of two calls.

use std::time::SystemTime;

use super::hook::Hook;
use super::{Arguments, TypedReply, TypedSpec, started, typed};
use crate::call::Call;
use crate::caller::Caller;
use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::journey::{self, LogOutcome, ResultOutcome, VerifyFacts, classify_status};
use crate::reply::{self, Received};
use crate::request::CHECK_RESULT;
use crate::result::Value;

pub(super) struct Status;

impl Hook for Status {
    fn prepare(&self, arguments: &Arguments, call: Call, caller: &Caller<'_>) -> Result<Call> {
        let started = started::given_here(arguments, caller)?;
        let ids = |call: Call, (parameter, field)| call.parameter(parameter, started.text(field).unwrap_or_default());
        Ok(IDS.into_iter().fold(call, ids).parameter("IsReturnImage", "N"))
    }

    fn read(&self, arguments: &Arguments, reply: &Received<'_>) -> Result<TypedReply> {
        let started = began(&started::given(arguments)?)?;
        // Of a machine whose clock is wrong, nobody's time is over sooner.
        let now = reply.head.date.unwrap_or_else(|| reply.caller.clock.now());
        let (request_id, result, log) = if reply.call.action() == CHECK_RESULT {
            let (request_id, result) = result(reply)?;
            (request_id, result, None)
        } else {
            let (request_id, log) = log(reply)?;
            (request_id, ResultOutcome::NotCompleted, Some(log))
        };
        let mut read = TypedReply::empty(arguments.spec());
        read.request_id = request_id;
        let journey::Status { state, page, error_code, reason } = classify_status(started, now, result, log.as_ref());
        read.set("state", state.name().into());
        read.set("reason", reason.into());
        for (name, text) in [("page", page), ("error_code", error_code)] {
            if let Some(text) = text {
                read.set(name, text.into());
            }
        }
        Ok(read)
    }

    fn follow_up(&self, error: &Error, sent: &Call) -> Option<Call> {
        if error.kind() != Kind::NotCompleted || sent.action() != CHECK_RESULT {
            return None;
        }
        let ids = |call: Call, (parameter, _)| call.parameter(parameter, sent.get(parameter).unwrap_or_default());
        Some(IDS.into_iter().fold(Call::new(log_spec().action), ids))
    }
}

/// Parameters of both calls, and the fields of `started` that they are.
const IDS: [(&str, &str); 2] = [("MerchantBizId", "merchant_biz_id"), ("TransactionId", "transaction_id")];

fn log_spec() -> &'static TypedSpec {
    typed("verify_log").expect("the table has it")
}

fn began(started: &TypedReply) -> Result<SystemTime> {
    let text = started.text("initialized_at").unwrap_or_default();
    humantime::parse_rfc3339(text).map_err(|_| Error::invalid_argument("started", "initialized_at: must be a time"))
}

/// What `CheckResult` says, with its request id, or the error that says nothing of the transaction or leaves it to the log.
fn result(reply: &Received<'_>) -> Result<(String, ResultOutcome)> {
    let result = reply::check_result(reply.head, reply.body, reply.nonce, reply.string_to_sign);
    match (ResultOutcome::of(&result), result) {
        (Some(outcome), Ok(result)) => Ok((result.request_id, outcome)),
        (Some(outcome), Err(error)) if !outcome.needs_log() => Ok((request_id(&error), outcome)),
        (_, Err(error)) => Err(error),
        (None, Ok(_)) => Err(Error::new(Kind::Internal, "a result that says nothing of its transaction")),
    }
}

/// What `CheckVerifyLog` says, with its request id, or the error that says nothing of the log.
fn log(reply: &Received<'_>) -> Result<(String, LogOutcome)> {
    match TypedReply::read(log_spec(), reply) {
        Ok(log) => {
            let text = |name| log.text(name).map(str::to_owned);
            let facts = VerifyFacts {
                verify_status: log.get("verify_status").and_then(Value::as_i64),
                error_code: text("verify_error_code"),
                page: text("interrupt_page_en"),
            };
            Ok((log.request_id, LogOutcome::Log(facts)))
        }
        Err(error) => LogOutcome::of_error(&error).map(|outcome| (request_id(&error), outcome)).ok_or(error),
    }
}

fn request_id(error: &Error) -> String {
    error.request_id().unwrap_or_default().to_owned()
}
