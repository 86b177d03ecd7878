use crate::clock::Moment;
use crate::codes::{Code, TRANSACTION_ID_INVALID};
use crate::scenario::{Plan, Scenario};
use crate::state::State;
use crate::verification::{End, InterruptPage, Kept, Progress, RESULT_LIFE};

/// The verification that a call is about: one that `Initialize` began, or a scenario.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) begun: Moment,
    pub(super) progress: Progress,
    /// Its result, if there is one by now.
    pub(super) plan: Plan,
    pub(super) kept: Kept,
}

/// Looks a `TransactionId` up. An id that is not known and one that is too old give the same code, of which the
/// documents say nothing; so does a scenario that asks for a code of its own.
pub(super) fn lookup(state: &mut State, transaction_id: &str, now: Moment) -> Result<Found, &'static Code> {
    if let Some(transaction) = state.transaction(transaction_id) {
        let end = transaction.progress.end();
        let mut plan = Plan::new(transaction.variant, end.map_or("200", |end| end.sub_code), transaction.document);
        plan.standard = transaction.standard;
        plan.pending = end.is_none();
        let found = Found { begun: transaction.begun, progress: transaction.progress, plan, kept: transaction.kept };
        return if transaction.gone(now) { Err(&TRANSACTION_ID_INVALID) } else { Ok(found) };
    }
    let plan = match Scenario::parse(transaction_id).ok_or(&TRANSACTION_ID_INVALID)? {
        Scenario::Error(code) => return Err(code),
        Scenario::Pending(times, plan) if state.still_pending(transaction_id, times) => {
            let progress = Progress::At(InterruptPage::Face);
            return Ok(Found { begun: now, progress, plan, kept: Kept::default() });
        }
        Scenario::Pending(_, plan) | Scenario::Result(plan) => plan,
    };
    let asked = state.scenario(transaction_id, now);
    if now > asked.ended.plus(RESULT_LIFE) {
        return Err(&TRANSACTION_ID_INVALID);
    }
    let progress = Progress::Finished(End { at: asked.ended, sub_code: plan.sub_code });
    Ok(Found { begun: asked.ended, progress, plan, kept: asked.kept })
}
