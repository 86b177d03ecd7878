//! What an attempt to fetch means for the transaction, and for the run.

use cloudauth_core::{CheckResult, Error, Kind, decide};
use cloudauth_ledger::{Ending, Outcome};

use crate::exit::Failure;

/// What an attempt to fetch a transaction's result came to.
#[derive(Debug)]
pub(crate) enum Answer {
    /// This is final.
    Ended(Box<Outcome>),
    /// It was asked where it stands.
    Stands(Box<Standing>),
    /// Asking another time may help. Core has retried already.
    Later { kind: Kind, code: Option<String> },
    /// The object store failed for now.
    Unfiled(Failure),
    /// The call was cancelled: as if it had not been.
    Cancelled,
    /// No transaction would fare better.
    Stop(Failure),
}

/// Where a transaction stands, and why this is said of it.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) state: String,
    /// Where no result will come.
    pub(crate) ending: Option<Outcome>,
    pub(crate) page: Option<String>,
    pub(crate) error_code: Option<String>,
    pub(crate) reason: Option<String>,
}

impl Answer {
    pub(crate) fn of(fetched: Result<CheckResult, Error>) -> Self {
        match fetched {
            Ok(result) if result.is_pending() => Self::pending(),
            Ok(result) => Self::Ended(Box::new(outcome(&result))),
            Err(error) => Self::failed(error),
        }
    }

    /// The verdict is still to come.
    pub(super) fn pending() -> Self {
        Self::Later { kind: Kind::NotCompleted, code: None }
    }

    pub(super) fn failed(error: Error) -> Self {
        let (kind, code) = (error.kind(), error.code().map(str::to_owned));
        match Meaning::of(kind, error.retryable()) {
            Meaning::Cancelled => Self::Cancelled,
            Meaning::Stop => Self::Stop(error.into()),
            Meaning::Later => Self::Later { kind, code },
            Meaning::Final => {
                let is_gone = code.as_deref() == Some("TransactionIdInvalid");
                Self::Ended(Box::new(Outcome {
                    kind: Some(kind.name().to_owned()),
                    code,
                    request_id: error.request_id().map(str::to_owned),
                    ..Outcome::new(if is_gone { Ending::Gone } else { Ending::Failed })
                }))
            }
        }
    }

    /// Where an object store failed; nothing is final by that.
    pub(super) fn of_store(failure: Failure) -> Self {
        match failure.kind() {
            Kind::Cancelled => Self::Cancelled,
            Kind::Network | Kind::Timeout | Kind::Tls | Kind::Unavailable | Kind::Protocol => Self::Unfiled(failure),
            _ => Self::Stop(failure),
        }
    }

    /// Whether it says that the service, or the object store, cannot be reached, or is down.
    pub(crate) fn is_unreachable(&self) -> bool {
        let down = [Kind::Network, Kind::Tls, Kind::Timeout, Kind::Unavailable];
        matches!(self, Self::Unfiled(_)) || matches!(self, Self::Later { kind, .. } if down.contains(kind))
    }
}

/// What a kind of error means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Final,
    Later,
    Cancelled,
    Stop,
}

impl Meaning {
    fn of(kind: Kind, retryable: bool) -> Self {
        match kind {
            Kind::Cancelled => Self::Cancelled,
            Kind::Credentials | Kind::Authentication | Kind::AccessDenied | Kind::Io | Kind::Forked => Self::Stop,
            Kind::InvalidArgument | Kind::InvalidRequest | Kind::Service | Kind::TooLarge if !retryable => Self::Final,
            // Also `protocol`: somebody else may have answered, such as a proxy.
            _ => Self::Later,
        }
    }
}

/// Of a result with a verdict.
fn outcome(result: &CheckResult) -> Outcome {
    let face_score = result.face.as_ref().and_then(|face| face.comparison_score);
    let request_id = Some(result.request_id.clone()).filter(|id| !id.is_empty());
    Outcome { request_id, ..verdict(result.passed, result.sub_code.clone(), face_score) }
}

pub(super) fn verdict(passed: Option<bool>, sub_code: Option<String>, face_score: Option<f64>) -> Outcome {
    let decision = decide(passed, sub_code.as_deref(), face_score, None);
    let action = decision.ok().map(|decision| decision.action.name().to_owned());
    Outcome { passed, sub_code, action, face_score, ..Outcome::new(Ending::Fetched) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_error_is_final_or_for_later_or_ends_the_run() {
        let meanings = [
            ("invalid_argument", Meaning::Final),
            ("credentials", Meaning::Stop),
            ("authentication", Meaning::Stop),
            ("access_denied", Meaning::Stop),
            ("invalid_request", Meaning::Final),
            ("not_completed", Meaning::Later),
            ("throttled", Meaning::Later),
            ("unavailable", Meaning::Later),
            ("service", Meaning::Final),
            ("network", Meaning::Later),
            ("tls", Meaning::Later),
            ("timeout", Meaning::Later),
            ("cancelled", Meaning::Cancelled),
            ("protocol", Meaning::Later),
            ("too_large", Meaning::Final),
            ("blocked", Meaning::Later),
            ("io", Meaning::Stop),
            ("internal", Meaning::Later),
            ("forked", Meaning::Stop),
        ];
        for (kind, meaning) in meanings {
            assert_eq!(Meaning::of(Kind::from_name(kind).unwrap(), false), meaning, "{kind}");
        }
        assert_eq!(Meaning::of(Kind::Service, true), Meaning::Later, "its status said so");
        assert_eq!(Kind::ALL.len(), meanings.len(), "a new kind stands above");
    }
}
