//! What the emulator does once the gateway let a request through.

mod check_result;
mod initialize;

use crate::codes::{INVALID_PARAMETER, MISSING_PARAMETER, Refusal};
use crate::reply::Reply;
use crate::request::Request;
use crate::service::Service;

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

/// A reply, and the `Code` in its body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) reply: Reply,
    pub(crate) code: String,
}

impl Answer {
    fn success(body: String) -> Answer {
        let reply = Reply::new(hyper::StatusCode::OK, "application/json;charset=utf-8", body);
        Answer { reply, code: "Success".to_owned() }
    }
}

/// A parameter that must be there.
fn required<'a>(request: &'a Request, name: &str) -> Result<&'a str, Refusal> {
    request
        .parameter(name)
        .filter(|value| !value.is_empty())
        .ok_or_else(|| Refusal::new(&MISSING_PARAMETER, format!("The parameter {name} is missing.")))
}

/// Refuses a parameter's value without repeating it.
fn invalid(name: &str, rule: &str) -> Refusal {
    Refusal::new(&INVALID_PARAMETER, format!("The parameter {name} is invalid: {rule}."))
}

/// The merchant's own id: 1 to 32 letters and digits.
fn merchant_biz_id(request: &Request) -> Result<&str, Refusal> {
    let id = required(request, "MerchantBizId")?;
    let plain = id.len() <= 32 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if plain { Ok(id) } else { Err(invalid("MerchantBizId", "it must be 1 to 32 letters and digits")) }
}
