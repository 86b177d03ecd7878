use super::answer::Answer;
use super::lookup::{Found, lookup};
use super::parameters::{invalid, merchant_biz_id, required};
use crate::clock::Moment;
use crate::codes::{Code, PROCESS_NOT_COMPLETED, Refusal, TRANSACTION_ID_INVALID};
use crate::request::Request;
use crate::service::Service;
use crate::shapes::{self, Scene};
use crate::state::State;
use crate::verification::Progress;
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
    let Found { progress, plan, kept, .. } = read(&mut service.state(), transaction_id, now)?;
    let video_url = (plan.variant.has_face() && kept.pictures() && there(progress.ended(), now))
        .then(|| service.video_links.link(&service.endpoint, transaction_id, now));
    let pictures = (with_images && kept.pictures()).then_some(&service.pictures);
    let scene = Scene { plan: &plan, pictures, text: kept.text(), video_url: video_url.as_deref() };
    Ok(Answer::success(shapes::body(request_id, &scene)))
}

/// The verification, once the person is done; it then counts as read.
fn read(state: &mut State, transaction_id: &str, now: Moment) -> Result<Found, &'static Code> {
    let found = lookup(state, transaction_id, now)?;
    if !matches!(found.progress, Progress::Pending(_) | Progress::Finished(_)) {
        state.asked_in_vain(transaction_id);
        return Err(&PROCESS_NOT_COMPLETED);
    }
    // A deleted result is taken to be no longer known, as one that is too old.
    if found.kept.nothing() {
        return Err(&TRANSACTION_ID_INVALID);
    }
    if let Some(kept) = state.kept_mut(transaction_id) {
        kept.note_read();
    }
    Ok(found)
}
