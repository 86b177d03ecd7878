//! The list of `tests/calls/status.json`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cloudauth_core::catalogue::kind_of;
use cloudauth_core::decode;
use cloudauth_core::journey::{LogOutcome, ResultOutcome, State, VerifyFacts, classify_status};
use cloudauth_core::{Error, Kind};
use serde_json::{Value, json};

fn listed() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/calls/status.json");
    let list: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    list["statuses"].as_array().unwrap().clone()
}

fn log(reply: &Value) -> Option<LogOutcome> {
    if reply.is_null() {
        return None;
    }
    let text = |name: &str| match &reply["Result"][name] {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    if reply["Code"] == "Success" {
        return Some(LogOutcome::Log(VerifyFacts {
            verify_status: text("VerifyStatus").map(|number| number.parse().unwrap()),
            error_code: text("VerifyErrorCode"),
            page: text("InterruptPageEn"),
        }));
    }
    // A reply of CheckResult with the same code is the same error.
    let error = decode(reply.to_string().as_bytes()).unwrap_err();
    Some(LogOutcome::of_error(&error).unwrap())
}

fn started() -> SystemTime {
    UNIX_EPOCH + Duration::from_hours(500_000)
}

#[test]
fn every_pair_of_the_list_gives_its_state() {
    let cases = listed();
    assert!(cases.len() >= 25);
    let mut seen = BTreeSet::new();
    for case in cases {
        let minutes = case["minutes"].as_i64().unwrap();
        let distance = Duration::from_mins(minutes.unsigned_abs());
        let now = if minutes < 0 { started() - distance } else { started() + distance };
        let result = ResultOutcome::of(&decode(case["result"].to_string().as_bytes())).unwrap();
        let status = classify_status(started(), now, result, log(&case["log"]).as_ref());
        let said = json!({
            "state": status.state.name(), "page": status.page, "error_code": status.error_code, "reason": status.reason,
        });
        for key in ["state", "page", "error_code", "reason"] {
            assert_eq!(said[key], case[key], "{}", case["name"]);
        }
        seen.insert(status.state.name());
    }
    assert_eq!(seen, State::ALL.iter().map(|state| state.name()).collect());
}

#[test]
fn a_second_before_30_minutes_the_log_proves_nothing() {
    let log = LogOutcome::Log(VerifyFacts { verify_status: Some(1), error_code: Some("1006".to_owned()), page: None });
    let state = |seconds| {
        classify_status(started(), started() + Duration::from_secs(seconds), ResultOutcome::NotCompleted, Some(&log)).state
    };
    assert_eq!([state(1799), state(1800)], [State::InProgress, State::Abandoned]);
}

#[test]
fn only_what_is_not_completed_needs_the_log() {
    assert!(ResultOutcome::NotCompleted.needs_log());
    for outcome in [ResultOutcome::Finished, ResultOutcome::Pending, ResultOutcome::Empty, ResultOutcome::NoTransaction] {
        assert!(!outcome.needs_log());
    }
}

#[test]
fn errors_that_say_nothing_of_the_transaction_are_no_outcome() {
    for code in
        ["Throttling.Api", "ServiceUnavailable", "SignatureDoesNotMatch", "Forbidden.RAMUserAccessDenied", "MissingParameter"]
    {
        let reply = decode(json!({"Code": code}).to_string().as_bytes());
        assert_eq!(reply.as_ref().unwrap_err().kind(), kind_of(code));
        assert_eq!(ResultOutcome::of(&reply), None, "{code}");
    }
    for code in ["Throttling.Api", "ServiceUnavailable", "SignatureDoesNotMatch"] {
        let error = decode(json!({"Code": code}).to_string().as_bytes()).unwrap_err();
        assert_eq!(LogOutcome::of_error(&error), None, "{code}");
    }
    assert_eq!(LogOutcome::of_error(&Error::refused("x")), None);
    assert_eq!(Error::refused("x").kind(), Kind::InvalidArgument);
}

#[test]
fn debug_shows_no_page() {
    let facts = || VerifyFacts { verify_status: Some(1), error_code: Some("1006".to_owned()), page: Some("Chan".to_owned()) };
    let late = started() + Duration::from_hours(1);
    let status = classify_status(started(), late, ResultOutcome::NotCompleted, Some(&LogOutcome::Log(facts())));
    let said = format!("{status:?} {:?}", facts());
    assert!(said.contains("Abandoned") && said.contains("1006") && !said.contains("Chan"), "{said}");
}
