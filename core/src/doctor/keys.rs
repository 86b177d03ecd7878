//! Keys: which source gave them, and why the others did not.

use super::finding::{Check, Finding};
use crate::catalogue::Kind;
use crate::credentials::{SourceReport, SourceState};

/// One finding a source, in the order in which they were asked; and one more where none gave keys.
pub(super) fn assess(reports: &[SourceReport]) -> Vec<Finding> {
    let used = reports.iter().find(|report| report.state == SourceState::Used);
    let each = |report: &SourceReport| {
        let what = report.reason.as_str();
        let finding = match (report.state, used) {
            (SourceState::Used, _) => Finding::ok(Check::Credentials, what),
            (SourceState::Absent | SourceState::NotAsked, _) => Finding::skipped(Check::Credentials, what),
            (SourceState::Failed, Some(used)) => {
                let advice = format!("Calls are signed with the keys of {}. Mend this source if its keys were meant.", used.name);
                Finding::warn(Check::Credentials, what, advice)
            }
            (SourceState::Failed, None) => {
                let advice = "Mend this source, or give keys by another one.";
                Finding::fail(Check::Credentials, Kind::Credentials, what, advice)
            }
        };
        finding.about(&report.name)
    };
    let mut findings: Vec<_> = reports.iter().map(each).collect();
    if used.is_none() {
        findings.push(Finding::fail(Check::Credentials, Kind::Credentials, "no source gave keys", Kind::Credentials.advice()));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;

    fn states(reports: &[(&str, SourceState)]) -> Vec<(Option<String>, State)> {
        let reports: Vec<_> = reports.iter().map(|(name, state)| SourceReport::new(name, *state, "why")).collect();
        assess(&reports).into_iter().map(|finding| (finding.subject, finding.state)).collect()
    }

    #[test]
    fn a_source_that_fails_matters_as_much_as_there_are_others() {
        use SourceState::{Absent, Failed, NotAsked, Used};
        let name = |name: &str| Some(name.to_owned());
        assert_eq!(
            states(&[("a", Absent), ("b", Failed), ("c", Used), ("d", NotAsked)]),
            [(name("a"), State::Skipped), (name("b"), State::Warn), (name("c"), State::Ok), (name("d"), State::Skipped)]
        );
        assert_eq!(
            states(&[("a", Absent), ("b", Failed)]),
            [(name("a"), State::Skipped), (name("b"), State::Fail), (None, State::Fail)]
        );
        assert_eq!(states(&[]), [(None, State::Fail)]);
    }
}
