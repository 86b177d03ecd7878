use cloudauth_emulator::{Emulator, Options};
use serde_json::json;

use crate::client::{control, get, send};
use crate::signer::{Call, Scheme};

#[test]
fn the_clock_is_read_and_moved() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let before = get(&format!("{}/control/clock", emulator.endpoint())).json()["now"].as_str().unwrap().to_owned();
    let moved = control(emulator.endpoint(), "clock", &json!({"advance_seconds": 3600})).json();
    assert!(moved["now"].as_str().unwrap() > before.as_str());
    assert_eq!(Call::check(&emulator, Scheme::Acs3, "idocr200").send().code(), "InvalidTimeStamp.Expired");
    control(emulator.endpoint(), "clock", &json!({"advance_seconds": -3600}));
    assert_eq!(Call::check(&emulator, Scheme::Acs3, "idocr200").send().code(), "Success");
    for extreme in [i64::MAX, i64::MIN] {
        assert_eq!(control(emulator.endpoint(), "clock", &json!({"advance_seconds": extreme})).status, 200);
    }
}

#[test]
fn no_fault_is_applied_at_an_endpoint_of_its_own_and_nothing_counted() {
    let control_address = Some("127.0.0.1:0".parse().unwrap());
    let emulator = Emulator::start(Options { tls: true, control: control_address, ..Options::default() }).unwrap();
    let endpoint = emulator.control_endpoint().unwrap();
    assert!(emulator.ready_line().contains(&format!("\"control_endpoint\":\"{endpoint}\"")));
    let set = control(endpoint, "faults", &json!({"faults": ["tls-reset-in-handshake"]}));
    assert_eq!(set.status, 200);
    let stats = get(&format!("{endpoint}/control/stats")).json();
    for counter in ["connections", "application_bytes", "received_bytes", "handshakes"] {
        assert_eq!(stats[counter], 0, "{counter}");
    }
    assert_eq!(emulator.faults()[0].1, 0);
}

// Finding D6: a browser sends such a POST without asking first.
#[test]
fn a_foreign_page_moves_no_clock() {
    let options = Options { allow_hosts: vec!["emulator".to_owned()], ..Options::default() };
    let emulator = Emulator::start(options).unwrap();
    let post = |headers: &[(&str, &str)]| {
        let headers: Vec<_> = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        send(emulator.endpoint(), "POST", "/control/clock", &headers, br#"{"advance_seconds": 86400}"#).status
    };
    let now = || get(&format!("{}/control/clock", emulator.endpoint())).json()["now"].as_str().unwrap()[..10].to_owned();
    let before = now();
    assert_eq!(post(&[("content-type", "text/plain"), ("origin", "https://evil.example")]), 403);
    assert_eq!(post(&[("host", "evil.example")]), 403, "a rebound name");
    assert_eq!(send(emulator.endpoint(), "GET", "/", &[("host".into(), "evil.example".into())], b"").status, 403);
    assert_eq!(now(), before);
    assert_eq!(post(&[("host", "emulator")]), 200);
    assert_ne!(now(), before);
}

#[test]
fn recent_calls_are_listed() {
    let emulator = Emulator::start(Options::default()).unwrap();
    Call::check(&emulator, Scheme::Rpc1, "errorThrottlingApi").send();
    let list = get(&format!("{}/control/calls", emulator.endpoint())).json();
    let call = &list["calls"][0];
    assert_eq!((&call["action"], &call["signature"]), (&"CheckResult".into(), &"HMAC-SHA1".into()));
    assert_eq!((&call["http_status"], &call["code"], &call["connection"]), (&403.into(), &"Throttling.Api".into(), &1.into()));
    assert_eq!(list["calls"].as_array().unwrap().len(), 1, "control calls are not calls");
}

#[test]
fn what_is_wrong_is_said() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let endpoint = emulator.endpoint();
    let error = |reply: crate::client::Reply| (reply.status, reply.json()["error"].as_str().unwrap().to_owned());
    assert_eq!(error(control(endpoint, "clock", &json!({}))), (400, "advance_seconds: must be a whole number".into()));
    assert_eq!(error(control(endpoint, "clock", &json!({"advance_seconds": 1.5}))).0, 400);
    assert_eq!(error(control(endpoint, "clock", &json!([]))), (400, "the body must be a JSON object".into()));
    assert_eq!(error(control(endpoint, "finish", &json!({"sub_code": "200"}))), (400, "transaction_id: must be a text".into()));
    let unknown = control(endpoint, "finish", &json!({"transaction_id": "x", "sub_code": "200"}));
    assert_eq!(error(unknown), (400, "transaction_id: not one that Initialize gave".into()));
    assert_eq!(error(control(endpoint, "nothing", &json!({}))).0, 404);
    assert_eq!(error(get(&format!("{endpoint}/control/finish"))).0, 404);
    assert_eq!(error(get(&format!("{endpoint}/nothing"))).0, 404);
    let put = send(endpoint, "PUT", "/", &[], b"");
    assert_eq!((put.status, put.header("allow")), (405, Some("GET, POST")));
    assert_eq!(get(&format!("{endpoint}/healthz")).status, 200);
}
