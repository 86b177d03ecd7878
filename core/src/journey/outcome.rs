//! What two replies say of where a transaction stands.

use std::time::{Duration, SystemTime};

use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::result::CheckResult;
use crate::result::redacted::redacted_debug;

/// How long ago a transaction began. A start that is ahead of this machine's clock was just now.
pub(super) fn age(started: SystemTime, now: SystemTime) -> Duration {
    now.duration_since(started).unwrap_or_default()
}

/// What `CheckResult` says of where a transaction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResultOutcome {
    /// A result with a verdict or a `SubCode`, whichever.
    Finished,
    /// A result whose verdict is still to come.
    Pending,
    /// A result with neither.
    Empty,
    /// The verification is not completed.
    NotCompleted,
    /// The service knows no such transaction.
    NoTransaction,
}

impl ResultOutcome {
    /// What the reply says; `None` where it is an error that says nothing of the transaction, such as a network that is down.
    pub fn of(reply: &Result<CheckResult>) -> Option<Self> {
        match reply {
            Ok(result) if result.is_pending() => Some(Self::Pending),
            Ok(result) if result.passed.is_some() || result.sub_code.is_some() => Some(Self::Finished),
            Ok(_) => Some(Self::Empty),
            Err(error) if error.kind() == Kind::NotCompleted => Some(Self::NotCompleted),
            Err(error) if error.code() == Some("TransactionIdInvalid") => Some(Self::NoTransaction),
            Err(_) => None,
        }
    }

    /// Whether the log can say more.
    pub fn needs_log(self) -> bool {
        self == Self::NotCompleted
    }
}

/// What `CheckVerifyLog` says of where a transaction stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LogOutcome {
    Log(VerifyFacts),
    /// There is none of this transaction.
    Missing,
    /// The key may not ask for it.
    Refused,
}

impl LogOutcome {
    /// What an error of `CheckVerifyLog` says; `None` where it says nothing of the log, such as a network that is down.
    pub fn of_error(error: &Error) -> Option<Self> {
        match error.kind() {
            Kind::AccessDenied => Some(Self::Refused),
            // No document lists the operation's codes. One that is not known is of the log too, if it is no fault of the service.
            Kind::InvalidRequest | Kind::NotCompleted => Some(Self::Missing),
            Kind::Service if !error.retryable() => Some(Self::Missing),
            _ => None,
        }
    }
}

/// What a log has of these.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct VerifyFacts {
    /// `VerifyStatus`: 0 finished, 1 broken off, 2 not begun.
    pub verify_status: Option<i64>,
    /// `VerifyErrorCode`, such as `1006`.
    pub error_code: Option<String>,
    /// `InterruptPageEn`, such as `OCR_SCAN`.
    pub page: Option<String>,
}

redacted_debug!(VerifyFacts: verify_status; error_code, page);
