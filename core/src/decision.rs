//! From a result to what a merchant's program should do first.

use crate::catalogue::{self, Action};
use crate::error::{Error, Result};
use crate::identifier::{self, HIDDEN};

/// Advice on a finished verification. The verdict itself is the service's `Passed`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What to do first.
    pub action: Action,
    /// Why, one line each and at least one; no personal data.
    pub reasons: Vec<String>,
}

/// Decides by the `SubCode`, and asks for a review whenever the parts of a result do not agree.
///
/// `comparison_score` and `min_face_score` run from 0 to 100; the threshold counts only where the
/// result would be accepted, and a missing score is below any threshold.
///
/// # Errors
/// Kind `invalid_argument`: a threshold outside 0 to 100, or between 0 and 1, which belongs to another scale.
pub fn decide(
    passed: Option<bool>,
    sub_code: Option<&str>,
    comparison_score: Option<f64>,
    min_face_score: Option<f64>,
) -> Result<Decision> {
    min_face_score.map_or(Ok(()), validate)?;
    let mut reasons = Vec::new();
    let known = match sub_code {
        None | Some("") => {
            reasons.push("The result has no SubCode.".to_owned());
            None
        }
        Some(code) => {
            let known = catalogue::sub_code(code);
            reasons.push(match known {
                Some(entry) => format!("SubCode {code}: {}", entry.meaning),
                None => unknown(code),
            });
            known
        }
    };
    let mut action = known.map_or(Action::Review, |entry| entry.action);
    if let Some(doubt) = contradiction(passed, action) {
        reasons.push(doubt);
        action = Action::Review;
    }
    if let (Action::Accept, Some(least)) = (action, min_face_score)
        && let Some(doubt) = below(comparison_score, least)
    {
        reasons.push(doubt);
        action = Action::Review;
    }
    Ok(Decision { action, reasons })
}

fn validate(least: f64) -> Result<()> {
    let refuse = |rule| Err(Error::invalid_argument("min_face_score", rule));
    if !(0.0..=100.0).contains(&least) {
        return refuse("must be 0 to 100");
    }
    if 0.0 < least && least < 1.0 {
        return refuse("must be 0, or 1 to 100: the scale ends at 100, not at 1");
    }
    Ok(())
}

fn unknown(code: &str) -> String {
    match identifier::sub_code(code) {
        HIDDEN => "The SubCode is not in the catalogue.".to_owned(),
        shown => format!("SubCode {shown} is not in the catalogue."),
    }
}

fn contradiction(passed: Option<bool>, action: Action) -> Option<String> {
    let reason = match (passed, action) {
        (None, _) => "The result does not say whether the verification passed.",
        (Some(true), Action::Retry | Action::Reject) => "Passed is Y, but the SubCode stands for a failure.",
        (Some(false), Action::Accept) => "Passed is N, but the SubCode stands for success.",
        _ => return None,
    };
    Some(reason.to_owned())
}

fn below(score: Option<f64>, least: f64) -> Option<String> {
    match score {
        Some(score) if score >= least => None,
        Some(score) => Some(format!("The face comparison score {score} is below the threshold {least}.")),
        None => Some(format!("There is no face comparison score to hold against the threshold {least}.")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, decide};
    use crate::catalogue;

    const PASS: Option<bool> = Some(true);
    const FAIL: Option<bool> = Some(false);

    #[track_caller]
    fn holds(given: (Option<bool>, Option<&str>, Option<f64>, Option<f64>), action: Action, reasons: &[&str]) {
        let decision = decide(given.0, given.1, given.2, given.3).unwrap();
        assert_eq!(decision.action, action);
        assert_eq!(decision.reasons, reasons);
    }

    #[test]
    fn a_pass_is_accepted() {
        let reasons = ["SubCode 200: The verification passed."];
        holds((PASS, Some("200"), None, None), Action::Accept, &reasons);
        holds((PASS, Some("200"), Some(90.0), Some(90.0)), Action::Accept, &reasons);
        holds((PASS, Some("200"), Some(1.0), None), Action::Accept, &reasons);
    }

    #[test]
    fn a_failure_follows_the_catalogue() {
        for entry in catalogue::sub_codes() {
            if entry.action != Action::Accept {
                let decision = decide(FAIL, Some(entry.code), None, Some(95.0)).unwrap();
                assert_eq!(decision.action, entry.action, "{}", entry.code);
                assert_eq!(decision.reasons.len(), 1, "{}", entry.code);
                assert!(decision.reasons[0].contains(entry.meaning), "{}", entry.code);
            }
        }
    }

    #[test]
    fn a_pass_to_be_reviewed_is_no_contradiction() {
        let reasons = ["SubCode 218: The verification passed, but the authoritative source could not be asked."];
        holds((PASS, Some("218"), None, None), Action::Review, &reasons);
    }

    #[test]
    fn a_sub_code_that_is_missing_or_unknown_is_reviewed() {
        let missing = ["The result has no SubCode."];
        holds((PASS, None, None, None), Action::Review, &missing);
        holds((FAIL, Some(""), None, None), Action::Review, &missing);
        let unknown = ["SubCode 299 is not in the catalogue."];
        holds((PASS, Some("299"), None, None), Action::Review, &unknown);
        let odd = ["The SubCode is not in the catalogue."];
        holds((PASS, Some("Chan Tai Man"), None, None), Action::Review, &odd);
    }

    #[test]
    fn contradictions_are_reviewed() {
        for code in ["204", "205"] {
            let decision = decide(PASS, Some(code), None, None).unwrap();
            assert_eq!(decision.action, Action::Review, "{code}");
            assert_eq!(decision.reasons[1], "Passed is Y, but the SubCode stands for a failure.");
        }
        holds(
            (FAIL, Some("200"), None, None),
            Action::Review,
            &["SubCode 200: The verification passed.", "Passed is N, but the SubCode stands for success."],
        );
    }

    #[test]
    fn a_result_that_does_not_say_is_reviewed() {
        for code in ["200", "205", "204", "209"] {
            let decision = decide(None, Some(code), Some(99.0), None).unwrap();
            assert_eq!(decision.action, Action::Review, "{code}");
            assert_eq!(decision.reasons[1], "The result does not say whether the verification passed.");
        }
    }

    #[test]
    fn a_score_under_the_threshold_is_reviewed() {
        let passed = "SubCode 200: The verification passed.";
        holds(
            (PASS, Some("200"), Some(89.99), Some(92.5)),
            Action::Review,
            &[passed, "The face comparison score 89.99 is below the threshold 92.5."],
        );
        holds(
            (PASS, Some("200"), None, Some(80.0)),
            Action::Review,
            &[passed, "There is no face comparison score to hold against the threshold 80."],
        );
    }

    // Finding G3
    #[test]
    fn a_threshold_that_is_none_is_refused_whatever_the_result() {
        let refused = |least: f64| {
            [PASS, FAIL].map(|passed| decide(passed, Some("200"), Some(99.0), Some(least)).expect_err("no threshold").to_string())
        };
        for least in [-5.0, -0.1, 100.1, 101.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(refused(least), ["min_face_score: must be 0 to 100"; 2], "{least}");
        }
        for least in [0.9, 0.01, 0.999, f64::MIN_POSITIVE] {
            assert_eq!(refused(least), ["min_face_score: must be 0, or 1 to 100: the scale ends at 100, not at 1"; 2], "{least}");
        }
        for least in [0.0, -0.0, 1.0, 90.0, 100.0] {
            assert!(decide(PASS, Some("200"), Some(100.0), Some(least)).is_ok_and(|decision| decision.action == Action::Accept));
        }
    }
}
