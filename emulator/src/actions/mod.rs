//! What the emulator does once the gateway let a request through.

mod answer;
mod check_result;
mod initialize;
mod parameters;

use crate::codes::Refusal;
use crate::request::Request;
use crate::service::Service;
pub(crate) use answer::Answer;

/// The operations that the emulator knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Initialize,
    CheckResult,
}

impl Action {
    pub(crate) fn named(name: &str) -> Option<Action> {
        [Action::Initialize, Action::CheckResult].into_iter().find(|action| action.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Action::Initialize => "Initialize",
            Action::CheckResult => "CheckResult",
        }
    }

    pub(crate) fn answer(self, service: &Service, request: &Request, request_id: &str) -> Result<Answer, Refusal> {
        match self {
            Action::Initialize => initialize::answer(service, request, request_id),
            Action::CheckResult => check_result::answer(service, request, request_id),
        }
    }
}
