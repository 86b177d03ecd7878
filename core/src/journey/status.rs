//! Where a transaction stands.

use std::time::SystemTime;

use super::lifetimes::{RESULT_LIFETIME, START_LIFETIME};
use super::outcome::{LogOutcome, ResultOutcome, VerifyFacts, age};
use crate::catalogue;
use crate::identifier;
use crate::result::redacted::redacted_debug;

/// Where a transaction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// The log has no beginning, and the person may still begin.
    NotBegun,
    /// The person may be at it, and has not finished.
    InProgress,
    /// The verdict is still to come: `Passed` is `P`.
    Pending,
    /// The result is there.
    Finished,
    /// The person began and broke off.
    Abandoned,
    /// The person never began, and the time is over.
    Expired,
    /// The service knows no such transaction, or no longer.
    Gone,
    /// Not to be told; the reason says why.
    Unknown,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::NotBegun,
        Self::InProgress,
        Self::Pending,
        Self::Finished,
        Self::Abandoned,
        Self::Expired,
        Self::Gone,
        Self::Unknown,
    ];

    /// The name in every language, such as `in_progress`.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotBegun => "not_begun",
            Self::InProgress => "in_progress",
            Self::Pending => "pending",
            Self::Finished => "finished",
            Self::Abandoned => "abandoned",
            Self::Expired => "expired",
            Self::Gone => "gone",
            Self::Unknown => "unknown",
        }
    }
}

/// Where a transaction stands, and why this is said of it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    pub state: State,
    /// Of an abandoned one, the page where the person stopped, such as `OCR_SCAN`, where the log has it.
    pub page: Option<String>,
    /// Of an abandoned one, the code that the client ended with, such as `1006`, where the log has it.
    pub error_code: Option<String>,
    /// Why, in one line; no personal data.
    pub reason: &'static str,
}

redacted_debug!(Status: state, error_code = code, reason; page);

/// The service's text, where it can be a code of the client.
#[allow(clippy::ref_option, reason = "called with a reference to a field")]
fn code(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(identifier::sub_code)
}

/// Where a transaction stands that began at `started`, from the outcomes of `CheckResult` and, where
/// [`needs_log`](ResultOutcome::needs_log) says so, `CheckVerifyLog`; `None` where the log was not asked for.
///
/// The service's clients may be at work for as long as the transaction lives, and its logs arrive late. Before 30 minutes are over, a
/// log therefore proves nothing: only a beginning that is missing is said, with that reserve. Outcomes that contradict each other, and
/// those that no document describes, give [`State::Unknown`].
pub fn classify_status(started: SystemTime, now: SystemTime, result: ResultOutcome, log: Option<&LogOutcome>) -> Status {
    let age = age(started, now);
    match result {
        ResultOutcome::Finished => status(State::Finished, "CheckResult has the result."),
        ResultOutcome::Pending => status(State::Pending, "CheckResult has a result whose Passed is P: the verdict comes later."),
        ResultOutcome::Empty => {
            status(State::Unknown, "CheckResult has a result with nothing in it, which may be what a deletion leaves.")
        }
        ResultOutcome::NoTransaction if age > RESULT_LIFETIME => {
            status(State::Gone, "The service keeps nothing for longer than 30 days.")
        }
        ResultOutcome::NoTransaction => {
            status(State::Gone, "The service knows no such transaction: deleted, or of another account or region.")
        }
        ResultOutcome::NotCompleted if age < START_LIFETIME => before_its_end(log),
        ResultOutcome::NotCompleted => after_its_end(log),
    }
}

fn before_its_end(log: Option<&LogOutcome>) -> Status {
    match log {
        Some(LogOutcome::Log(VerifyFacts { verify_status: Some(NOT_BEGUN), .. })) => {
            status(State::NotBegun, "The log has no beginning yet; it may be late.")
        }
        _ => status(State::InProgress, "The person has not finished; the log proves nothing before 30 minutes are over."),
    }
}

fn after_its_end(log: Option<&LogOutcome>) -> Status {
    let facts = match log {
        Some(LogOutcome::Log(facts)) => facts,
        Some(LogOutcome::Refused) => return status(State::Unknown, "The log was refused: the key may not call CheckVerifyLog."),
        Some(LogOutcome::Missing) | None => return status(State::Unknown, "There is no log."),
    };
    match (facts.verify_status, facts.error_code.as_deref()) {
        (Some(FINISHED), _) => {
            status(State::Unknown, "The log says that the person finished, and CheckResult that they did not.")
        }
        (Some(BROKEN_OFF), Some("1000" | "1001")) => {
            status(State::Unknown, "The log says both that the person finished and that they broke off.")
        }
        (Some(BROKEN_OFF), code) => abandoned(facts, code),
        (Some(NOT_BEGUN), _) => status(State::Expired, "The person never began, and the 30 minutes are over."),
        _ => status(State::Unknown, "The log does not say whether the person began."),
    }
}

/// Values of `VerifyStatus`.
const FINISHED: i64 = 0;
const BROKEN_OFF: i64 = 1;
const NOT_BEGUN: i64 = 2;

fn abandoned(facts: &VerifyFacts, code: Option<&str>) -> Status {
    let reason = match code {
        None => "The log does not say why.",
        Some(code) => catalogue::client_code(code).map_or("The log has a code that is not known.", |entry| entry.meaning),
    };
    Status { page: facts.page.clone(), error_code: facts.error_code.clone(), ..status(State::Abandoned, reason) }
}

fn status(state: State, reason: &'static str) -> Status {
    Status { state, page: None, error_code: None, reason }
}
