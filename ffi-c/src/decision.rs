//! From a result to what a program should do first.

use std::ffi::c_char;
use std::ptr;

use cloudauth_core::{Error, Result, decide};

use crate::boundary::{self, place};
use crate::codes::cloudauth_action;
use crate::error::{cloudauth_error, fallible};
use crate::handle::{self, Handle};
use crate::result::cloudauth_result;
use crate::text::{self, cloudauth_text, cloudauth_text_list, terminated};

/// Advice on a result, with its reasons.
#[derive(Debug)]
pub struct cloudauth_decision {
    _opaque: (),
}

impl Handle for cloudauth_decision {
    type Object = Decision;
    const NAME: &'static str = "cloudauth_decision";
}

pub(crate) struct Decision {
    action: cloudauth_action,
    reasons: cloudauth_text_list,
    _views: Vec<cloudauth_text>,
    _texts: Vec<Box<[u8]>>,
}

impl Decision {
    fn of(passed: Option<bool>, sub_code: Option<&str>, score: Option<f64>, min_face_score: Option<f64>) -> Result<Self> {
        let decided = decide(passed, sub_code, score, min_face_score)?;
        let texts: Vec<_> = decided.reasons.iter().map(|reason| terminated(reason)).collect();
        let views: Vec<_> = texts.iter().map(|text| cloudauth_text::of(text)).collect();
        let reasons = cloudauth_text_list { items: views.as_ptr(), count: views.len() };
        Ok(Self { action: decided.action.into(), reasons, _views: views, _texts: texts })
    }
}

// SAFETY: nothing changes once it is made, and all that is pointed to is owned here.
unsafe impl Send for Decision {}
// SAFETY: as above.
unsafe impl Sync for Decision {}

/// Decides by the SubCode, and asks for a review wherever the parts of the result do not agree. `min_face_score`, 0 to 100,
/// is the merchant's own threshold, or NULL: it counts only where the result would be accepted, and a missing score is below
/// any threshold. Anything outside that scale is refused, and so is what lies between 0 and 1. On success `*decision` is a decision that the caller frees with cloudauth_decision_free.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_result_decision(
    result: *const cloudauth_result,
    min_face_score: *const f64,
    decision: *mut *mut cloudauth_decision,
) -> *mut cloudauth_error {
    fallible(|| {
        let decision = place(decision, "decision")?;
        let result = handle::get(result, "result")?;
        let result = &result.views.result;
        let score = result.face.as_ref().and_then(|face| face.comparison_score);
        // SAFETY: the caller's promise, as the header has it: NULL or a number.
        let min_face_score = unsafe { min_face_score.as_ref() }.copied();
        let made = Decision::of(result.passed, result.sub_code.as_deref(), score, min_face_score)?;
        // SAFETY: `place` saw to NULL and alignment; that the place may be written is the caller's promise.
        unsafe { decision.write(handle::give(made)) };
        Ok(())
    })
}

/// cloudauth_result_decision for a caller who has what it goes by, and no result: `passed` and `sub_code` of the result,
/// `comparison_score` of its face, each NULL where absent.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_decide(
    passed: *const bool,
    sub_code: *const c_char,
    comparison_score: *const f64,
    min_face_score: *const f64,
    decision: *mut *mut cloudauth_decision,
) -> *mut cloudauth_error {
    fallible(|| {
        let decision = place(decision, "decision")?;
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        let sub_code = unsafe { text::read(sub_code) }.map_err(|rule| Error::invalid_argument("sub_code", rule))?;
        // SAFETY: as above: NULL, or a flag or a number.
        let (passed, score, least) = unsafe { (passed.as_ref(), comparison_score.as_ref(), min_face_score.as_ref()) };
        let made = Decision::of(passed.copied(), sub_code.as_deref(), score.copied(), least.copied())?;
        // SAFETY: as in `cloudauth_result_decision`.
        unsafe { decision.write(handle::give(made)) };
        Ok(())
    })
}

/// What to do first; CLOUDAUTH_ACTION_NONE where the handle is no live decision.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_decision_action(decision: *const cloudauth_decision) -> cloudauth_action {
    boundary::value(None, || handle::find(decision).map(|decision| decision.action)).unwrap_or(cloudauth_action::None)
}

/// Why: one line each and at least one, without personal data. They live until the decision is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_decision_reasons(decision: *const cloudauth_decision) -> cloudauth_text_list {
    // SAFETY: NULL, or the decision's own view.
    unsafe { cloudauth_decision_reasons_view(decision).as_ref() }.copied().unwrap_or(cloudauth_text_list::NONE)
}

/// As cloudauth_decision_reasons, by pointer; NULL where the handle is no live decision.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_decision_reasons_view(decision: *const cloudauth_decision) -> *const cloudauth_text_list {
    boundary::value(None, || handle::find(decision).map(|decision| &raw const decision.reasons)).unwrap_or(ptr::null())
}

/// Frees a decision and its reasons. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_decision_free(decision: *mut cloudauth_decision) {
    boundary::value((), || drop(handle::take(decision)));
}

#[cfg(test)]
mod tests {
    use cloudauth_core::catalogue::Action::{Accept, Reject, Retry, Review};

    use crate::codes::cloudauth_action;

    #[test]
    fn actions_keep_their_numbers() {
        assert_eq!([Accept, Retry, Review, Reject].map(|action| cloudauth_action::from(action) as u32), [1, 2, 3, 4]);
    }
}
