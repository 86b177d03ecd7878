use super::answer::Answer;
use super::parameters::{invalid, merchant_biz_id, required};
use crate::clock::Moment;
use crate::codes::{PROCESS_NOT_COMPLETED, Refusal, TRANSACTION_ID_INVALID};
use crate::request::Request;
use crate::scenario::{Plan, Scenario};
use crate::service::Service;
use crate::shapes::{self, Scene};
use crate::state::RESULT_LIFE;
use crate::video_links::there;

/// `CheckResult`: a recorded case, an initialized verification, or a scenario, by its `TransactionId`.
pub(super) fn answer(service: &Service, request: &Request, request_id: &str) -> Result<Answer, Refusal> {
    merchant_biz_id(request)?;
    let transaction_id = required(request, "TransactionId")?;
    let with_images = match request.parameter("IsReturnImage") {
        None | Some("" | "N") => false,
        Some("Y") => true,
        Some(_) => return Err(invalid("IsReturnImage", "it must be Y or N")),
    };
    if let Some(case) = service.cases.get(transaction_id) {
        return Ok(Answer { reply: case.reply.clone(), code: case.code.clone() });
    }
    let now = service.now();
    let (plan, ended) = find(service, transaction_id, now)?;
    // What is deleted is no longer known. The documents do not say which code that gives.
    if now > ended.plus(RESULT_LIFE) {
        return Err((&TRANSACTION_ID_INVALID).into());
    }
    let video_url = (plan.variant.has_face() && there(Some(ended), now))
        .then(|| service.video_links.link(&service.endpoint, transaction_id, now));
    let scene = Scene { plan: &plan, pictures: with_images.then_some(&service.pictures), video_url: video_url.as_deref() };
    Ok(Answer::success(shapes::body(request_id, &scene)))
}

/// The verification's outcome and when it ended.
fn find(service: &Service, transaction_id: &str, now: Moment) -> Result<(Plan, Moment), Refusal> {
    let mut state = service.state();
    if let Some(transaction) = state.transaction(transaction_id) {
        let end = transaction.end.ok_or(&PROCESS_NOT_COMPLETED)?;
        let plan = Plan::new(transaction.variant, end.sub_code, transaction.document);
        return Ok((plan, end.at));
    }
    let plan = match Scenario::parse(transaction_id).ok_or(&TRANSACTION_ID_INVALID)? {
        Scenario::Error(code) => return Err(code.into()),
        Scenario::Pending(times, _) if state.still_pending(transaction_id, times) => {
            return Err((&PROCESS_NOT_COMPLETED).into());
        }
        Scenario::Pending(_, plan) | Scenario::Result(plan) => plan,
    };
    let ended = state.scenario_end(transaction_id, now);
    Ok((plan, ended))
}
