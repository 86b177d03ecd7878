//! What a result comes to, in the catalogue's words.

use cloudauth_core::{CheckResult, catalogue, decide, shown_request_id};

use super::section::{Block, Fact, Section, Tone};

pub(super) fn section(result: &CheckResult) -> Section {
    let (tone, word) = match result.passed {
        Some(true) => (Tone::Good, "Passed"),
        Some(false) => (Tone::Bad, "Not passed"),
        None if result.is_pending() => (Tone::Unsure, "Pending"),
        None => (Tone::Unsure, "No verdict"),
    };
    Section { title: "Verdict", blocks: vec![Block::Verdict { tone, word: word.to_owned() }, Block::Facts(facts(result))] }
}

fn facts(result: &CheckResult) -> Vec<Fact> {
    let sub_code = result.sub_code.as_deref();
    let score = result.face.as_ref().and_then(|face| face.comparison_score);
    let mut facts = Vec::new();
    // Only a threshold can be refused, and there is none.
    if let Ok(decision) = decide(result.passed, sub_code, score, None) {
        facts.push(Fact::new("Decision", decision.action.name()));
        facts.extend(decision.reasons.into_iter().map(|reason| Fact::new("Reason", reason)));
    }
    if let Some(entry) = sub_code.and_then(catalogue::sub_code) {
        facts.extend(entry.cause.map(|cause| Fact::new("Cause", cause)));
        facts.push(Fact::new("What to do", entry.advice));
        facts.push(Fact::new("Billed", if entry.billed { "yes" } else { "no" }));
    }
    if !result.request_id.is_empty() {
        facts.push(Fact::new("Request id", shown_request_id(&result.request_id)));
    }
    facts
}
