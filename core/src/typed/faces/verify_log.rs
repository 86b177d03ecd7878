// Generated from core/schema/typed by `cargo xtask generate`; do not edit.

use std::borrow::Cow;

use crate::call::Call;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::reply::Received;
use crate::result::redacted::redacted_debug;
use crate::result::{Fields, Problem, Value};
use crate::typed::read;
use crate::typed::{TypedReply, TypedRequest};
use crate::worker::Job;

/// Fetches what the end user did. The service has it about 30 minutes after the start, for 30 days, and only for products
/// with a client.
///
/// What it is given is checked when the call is made.
#[derive(Clone, PartialEq)]
pub struct VerifyLogRequest(TypedRequest);

impl VerifyLogRequest {
    /// - `merchant_biz_id`: the merchant's own id of the verification, as it was given at the start.
    /// - `transaction_id`: the service's id of the verification, as the start gave it to the server.
    pub fn new(merchant_biz_id: impl Into<String>, transaction_id: impl Into<String>) -> Self {
        let mut request = TypedRequest::of("verify_log");
        request.set("merchant_biz_id", merchant_biz_id.into());
        request.set("transaction_id", transaction_id.into());
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
impl Operation for VerifyLogRequest {
    type Output = VerifyLog;

    fn action(&self) -> &'static str {
        Operation::action(&self.0)
    }

    fn to_call(&self, caller: &Caller<'_>) -> Result<Cow<'_, Call>> {
        Operation::to_call(&self.0, caller)
    }

    fn read(&self, reply: &Received<'_>) -> Result<VerifyLog> {
        self.0.read(reply).map(VerifyLog::from)
    }

    fn failed(&self, error: Error, sent: &Call) -> Error {
        self.0.failed(error, sent)
    }

    fn follow_up(&self, error: &Error, sent: &Call) -> Option<Call> {
        self.0.follow_up(error, sent)
    }

    fn job(&self) -> Option<Job<VerifyLog>> {
        let job = self.0.job()?;
        Some(Box::new(|worker| job(worker).map(VerifyLog::from)))
    }
}

impl std::fmt::Debug for VerifyLogRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What [`VerifyLogRequest`] gave.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifyLog {
    /// `RequestId`: the service's id of this call; empty where it sent none.
    pub request_id: String,
    /// `Result.VerifyStatus`: 0 finished, 1 broken off, 2 not begun.
    pub verify_status: Option<i64>,
    /// `Result.Passed`: the person passed, as in the result; only `check_result` decides.
    pub passed: Option<bool>,
    /// `Result.SubCode`: the reason behind the verdict, as in the result; `explain` knows more.
    pub sub_code: Option<String>,
    /// `Result.VerifyErrorCode`: why it ended, by the client's codes, such as `1006`: the person left.
    pub verify_error_code: Option<String>,
    /// `Result.InterruptPage`: the last page, in Chinese.
    pub interrupt_page: Option<String>,
    /// `Result.InterruptPageEn`: the last page: LOADING, GUIDE, OCR_SCAN, OCR_RESULT, NFC_INPUT, NFC_READ or FACE.
    pub interrupt_page_en: Option<String>,
    /// `Result.LogInfo`: what happened, a line each, in Chinese.
    pub log: Option<Vec<String>>,
    /// `Result.LogInfoEn`: what happened, a line each, such as `2026-03-01 10:00:00 FACE_ENTER`; no time zone is documented.
    pub log_en: Option<Vec<String>>,
    /// `Result.LogStatisticsInfo`: how often and how long, by the service's names.
    pub statistics: Option<Value>,
    /// `Result.ExtInfo`: further data.
    pub ext_info: Option<Value>,
    /// Every other field of `Result`, JSON text in it decoded.
    pub extra: Fields,
    /// What could not be decoded; the rest of the reply stands.
    pub problems: Vec<Problem>,
}

redacted_debug!(VerifyLog: request_id, verify_status, passed; sub_code, verify_error_code, interrupt_page, interrupt_page_en, log, log_en, statistics, ext_info, extra, problems);

impl From<TypedReply> for VerifyLog {
    fn from(mut reply: TypedReply) -> Self {
        let mut values = reply.take();
        Self {
            verify_status: read::integer(values.next()),
            passed: read::flag(values.next()),
            sub_code: read::text(values.next()),
            verify_error_code: read::text(values.next()),
            interrupt_page: read::text(values.next()),
            interrupt_page_en: read::text(values.next()),
            log: read::lines(values.next()),
            log_en: read::lines(values.next()),
            statistics: read::value(values.next()),
            ext_info: read::value(values.next()),
            request_id: reply.request_id,
            extra: reply.extra,
            problems: reply.problems,
        }
    }
}
