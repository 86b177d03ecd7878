//! What a report says of a receipt: what was asked to be deleted at the service, and what it answered. No more than that.

use cloudauth_core::{catalogue, shown_request_id};
use serde_json::Value;

use super::section::{Block, Fact, Section};

pub(super) fn section(receipt: &Value) -> Option<Section> {
    let all = entries(receipt, "requests").iter().flat_map(|request| {
        let what = match request["delete_type"].as_str() {
            Some("All") => "pictures and all the rest",
            Some("Img") => "the pictures",
            Some("Text") => "all but the pictures",
            _ => "something else",
        };
        let outcome = match request["outcome"].as_str() {
            Some("deleted") => "the service said that it is deleted",
            Some("refused") => "the service refused it",
            _ => "no reply came",
        };
        let checks = entries(request, "checks").iter().flat_map(check);
        facts("Asked to delete", &format!("{what}: {outcome}"), request).into_iter().chain(checks)
    });
    Section::of("Deletion", Block::facts(all.collect()).into_iter().collect())
}

fn check(check: &Value) -> Vec<Fact> {
    let outcome = match check["outcome"].as_str() {
        Some("absent") => "the service knows no such transaction",
        Some("without_pictures") => "a result came, without its pictures",
        Some("still_there") => "it was still there",
        _ => "the answer says nothing of it",
    };
    facts("Asked for the result afterwards", outcome, check)
}

fn entries<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().map_or(&[], Vec::as_slice)
}

fn facts(label: &str, outcome: &str, entry: &Value) -> Vec<Fact> {
    let time = entry["asked_at"].as_str().and_then(|time| humantime::parse_rfc3339(time).ok());
    let time = time.map(|time| format!("{}, ", humantime::format_rfc3339_seconds(time))).unwrap_or_default();
    let code = entry["code"].as_str().and_then(catalogue::response_code).map(|entry| Fact::new("Code", entry.code));
    let request_id = entry["request_id"].as_str().map(|id| Fact::new("Request id", shown_request_id(id)));
    [Some(Fact::new(label, format!("{time}{outcome}"))), code, request_id].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(receipt: &Value) -> Vec<String> {
        let Some(section) = section(receipt) else { return Vec::new() };
        let [Block::Facts(facts)] = &section.blocks[..] else { panic!("{section:?}") };
        facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value)).collect()
    }

    #[test]
    fn it_says_what_was_asked_and_answered() {
        let request = |outcome: &str| json!({"asked_at": "2026-03-01T10:00:00Z", "delete_type": "All", "outcome": outcome, "code": "Success", "request_id": "R-1"});
        let mut receipt = json!({"requests": [request("unknown"), request("deleted")]});
        receipt["requests"][1]["checks"] = json!([{"outcome": "absent", "code": "Chan"}]);
        assert_eq!(
            said(&receipt),
            [
                "Asked to delete: 2026-03-01T10:00:00Z, pictures and all the rest: no reply came",
                "Code: Success",
                "Request id: R-1",
                "Asked to delete: 2026-03-01T10:00:00Z, pictures and all the rest: the service said that it is deleted",
                "Code: Success",
                "Request id: R-1",
                "Asked for the result afterwards: the service knows no such transaction",
            ]
        );
        assert!(said(&json!({"requests": []})).is_empty());
    }
}
