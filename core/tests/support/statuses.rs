//! The list of `tests/calls/status.json`, end to end.

use std::net::TcpListener;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::recorder::{all_sent, list, listed, wanted};

/// The cases that a client can meet.
pub(crate) fn cases() -> Vec<Value> {
    let cases: Vec<_> = listed("status.json", "statuses").into_iter().filter(|case| case["pure"] != true).collect();
    assert!(cases.len() >= 60, "found {}", cases.len());
    cases
}

/// Answers `ask`, which is given the start of a case and gives its status, and expects what the list says: of the calls as well.
pub(crate) fn assert_status(listener: &TcpListener, case: &Value, ask: impl FnOnce(Value) -> Value) {
    let (name, list) = (&case["name"], list("status.json"));
    let mut started = list["started"].clone();
    started["endpoint"] = format!("http://{}", listener.local_addr().unwrap()).into();
    started["initialized_at"] = humantime::format_rfc3339_seconds(began(case)).to_string().into();
    let given = [&case["result"], &case["log"]].into_iter().filter(|reply| !reply.is_null());
    let replies: Vec<_> = given.map(|reply| (reply["http"].as_u64().unwrap().try_into().unwrap(), reply.to_string())).collect();
    let arrived = all_sent(listener, &replies, || {
        let status = ask(started);
        // Here, so that nobody waits for a call that was forgotten.
        for key in ["state", "page", "error_code", "reason"] {
            assert_eq!(status[key], case[key], "{name}: {key}");
        }
    });
    let sent = list["sent"].as_array().unwrap().iter().take(replies.len());
    assert_eq!(arrived, sent.map(|call| (wanted(call, "query"), wanted(call, "form"))).collect::<Vec<_>>(), "{name}");
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "{name}: a call too many");
    listener.set_nonblocking(false).unwrap();
}

fn began(case: &Value) -> SystemTime {
    let (minutes, now) = (case["minutes"].as_i64().unwrap(), SystemTime::now());
    let distance = Duration::from_mins(minutes.unsigned_abs());
    if minutes < 0 { now + distance } else { now - distance }
}
