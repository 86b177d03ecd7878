use std::time::Duration;

use cloudauth_emulator::{Emulator, Options};

use super::raw::{ask, call, exchange, start};
use crate::client::{connect, get, send};

#[test]
fn attempts_have_their_times_connections_faults_and_codes() {
    let emulator = start("json-503:next=1");
    call(&emulator, "idocr200").send();
    std::thread::sleep(Duration::from_millis(30));
    let mut stream = connect(emulator.endpoint());
    exchange(&mut stream, &call(&emulator, "idocr200"));
    exchange(&mut stream, &call(&emulator, "idocr212"));
    let attempts = emulator.attempts_of("idocr200");
    let told: Vec<_> = attempts.iter().map(|one| (one.connection, one.fault, one.http_status, &*one.code)).collect();
    assert_eq!(told, [(1, Some("json-503"), 503, "ServiceUnavailable"), (2, None, 200, "Success")]);
    let apart = attempts[1].at.saturating_sub(attempts[0].at);
    assert!(apart >= Duration::from_millis(30) && apart < Duration::from_secs(5), "{apart:?}");
    assert!(attempts.iter().all(|attempt| attempt.action == "CheckResult"));
    assert_eq!(emulator.attempts().len(), 3);

    let stats = emulator.stats();
    assert_eq!((stats.connections, stats.requests, stats.attempts_forgotten), (2, 3, 0));
    assert_eq!(stats.faults, [("json-503", 1)].into());
    assert_eq!(stats.codes, [("ServiceUnavailable".into(), 1), ("Success".into(), 2)].into());
    assert_eq!(stats.application_bytes, stats.received_bytes, "without TLS all bytes are the application's");
}

#[test]
fn bytes_are_counted_to_the_byte() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let call = call(&emulator, "idocr200");
    let (target, headers, body) = call.signed();
    let mut request = Vec::new();
    crate::client::write(&mut request, call.method, &target, &headers, &body).unwrap();
    let seen = ask(&mut connect(emulator.endpoint()), &call);
    let stats = emulator.stats();
    assert_eq!((stats.received_bytes, stats.sent_bytes), (request.len() as u64, seen.bytes.len() as u64));
}

#[test]
fn a_call_that_came_again_is_told_from_a_new_one() {
    // The second one's reply is lost; the client cannot know whether it was carried out.
    let emulator = start("reset-before-headers:next=1,transaction=ekycpro200-no2");
    let begin = |biz: &str| {
        let parameters = [("ProductCode", "eKYC_PRO"), ("MerchantBizId", biz), ("MetaInfo", "{}")];
        crate::signer::Call::new(&emulator, crate::signer::Scheme::Acs3, "InitializeV2", &parameters).send();
    };
    for biz in ["order1", "order2", "order1"] {
        begin(biz);
    }
    let delete = |id: &str| {
        let parameters = [("TransactionId", id), ("DeleteType", "All")];
        let call = crate::signer::Call::new(&emulator, crate::signer::Scheme::Acs3, "DeleteVerifyResult", &parameters);
        ask(&mut connect(emulator.endpoint()), &call);
    };
    for id in ["ekycpro200-no1", "ekycpro200-no2", "ekycpro200-no2"] {
        delete(id);
    }
    let repeats: Vec<_> = emulator.attempts().iter().map(|attempt| attempt.repeat).collect();
    assert_eq!(repeats, [false, false, true, false, false, true]);
    assert_eq!(emulator.stats().repeats, [("DeleteVerifyResult", 1), ("InitializeV2", 1)].into());
    let told = get(&format!("{}/control/stats", emulator.endpoint())).json()["repeats"].clone();
    assert_eq!(told, serde_json::json!({"DeleteVerifyResult": 1, "InitializeV2": 1}));
    let attempts = get(&format!("{}/control/attempts", emulator.endpoint()));
    assert!(attempts.json()["attempts"][2]["repeat"] == true && !attempts.text().contains("order1"));
}

#[test]
fn counters_outlive_the_attempts_that_are_kept() {
    let emulator = Emulator::start(Options { attempts_kept: 10, ..Options::default() }).unwrap();
    let mut stream = connect(emulator.endpoint());
    for number in 0..150 {
        exchange(&mut stream, &call(&emulator, &format!("idocr200-no{number}")));
    }
    let stats = emulator.stats();
    assert_eq!((stats.requests, stats.attempts_forgotten), (150, 140));
    let kept = emulator.attempts();
    assert_eq!(kept.len(), 10);
    assert_eq!(&*kept[0].transaction_id, "idocr200-no140");
}

#[test]
fn control_calls_tell_the_same_and_begin_again() {
    let emulator = start("html-502:next=1");
    let endpoint = emulator.endpoint();
    call(&emulator, "idocr200").send();
    call(&emulator, "idocr212").send();
    let told = get(&format!("{endpoint}/control/stats")).json();
    assert_eq!((&told["requests"], &told["connections"]), (&2.into(), &3.into()), "its own connection is the third");
    assert_eq!(told["faults"], serde_json::json!({"html-502": 1}));
    assert_eq!(told["codes"], serde_json::json!({"": 1, "Success": 1}));
    let attempts = get(&format!("{endpoint}/control/attempts?transaction_id=idocr200")).json();
    let attempts = attempts["attempts"].as_array().unwrap();
    assert_eq!(attempts.len(), 1);
    let mut attempt = attempts[0].clone();
    assert!(attempt["at_seconds"].take().as_f64().unwrap() > 0.0);
    let expected = serde_json::json!({
        "at_seconds": null, "action": "CheckResult", "transaction_id": "idocr200", "repeat": false, "connection": 1,
        "fault": "html-502", "http_status": 502, "code": "",
    });
    assert_eq!(attempt, expected);
    assert_eq!(get(&format!("{endpoint}/control/attempts")).json()["attempts"].as_array().unwrap().len(), 2);

    let cleared = send(endpoint, "DELETE", "/control/stats", &[], b"").json();
    assert_eq!((&cleared["requests"], &cleared["faults"]), (&0.into(), &serde_json::json!({})));
    assert_eq!(emulator.attempts().len(), 0);
}
