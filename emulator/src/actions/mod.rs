//! What the emulator does once the gateway let a request through.

mod answer;
mod check_result;
mod check_verify_log;
mod delete_verify_result;
mod initialize;
mod keepalive;
mod lookup;
mod parameters;
mod rules;
mod verify_log;

use crate::codes::Refusal;
use crate::request::Request;
use crate::samples::{Sample, sample};
use crate::service::Service;
pub(crate) use answer::Answer;

/// The operations that the emulator knows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Action {
    Initialize,
    InitializeV2,
    CheckResult,
    CheckVerifyLog,
    DeleteVerifyResult,
    KeepaliveIntl,
    /// Any other operation of the API: answered, not carried out.
    Sample(&'static Sample),
}

impl Action {
    const CARRIED_OUT: [Action; 6] = [
        Action::Initialize,
        Action::InitializeV2,
        Action::CheckResult,
        Action::CheckVerifyLog,
        Action::DeleteVerifyResult,
        Action::KeepaliveIntl,
    ];

    pub(crate) fn named(name: &str) -> Option<Action> {
        let carried_out = Action::CARRIED_OUT.into_iter().find(|action| action.name() == name);
        carried_out.or_else(|| sample(name).map(Action::Sample))
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Action::Initialize => "Initialize",
            Action::InitializeV2 => "InitializeV2",
            Action::CheckResult => "CheckResult",
            Action::CheckVerifyLog => "CheckVerifyLog",
            Action::DeleteVerifyResult => "DeleteVerifyResult",
            Action::KeepaliveIntl => "KeepaliveIntl",
            Action::Sample(sample) => sample.action,
        }
    }

    pub(crate) fn answer(self, service: &Service, request: &Request, request_id: &str) -> Result<Answer, Refusal> {
        match self {
            Action::Initialize | Action::InitializeV2 => initialize::answer(service, request, request_id),
            Action::CheckResult => check_result::answer(service, request, request_id),
            Action::CheckVerifyLog => check_verify_log::answer(service, request, request_id),
            Action::DeleteVerifyResult => delete_verify_result::answer(service, request, request_id),
            Action::KeepaliveIntl => Ok(keepalive::answer(request_id)),
            Action::Sample(sample) => Ok(Answer::sample(&sample.body(request_id))),
        }
    }
}
