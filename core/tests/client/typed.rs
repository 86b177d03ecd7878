//! The lists of typed operations in `tests/calls`: what each sends, and what its reply gives.

use std::net::TcpListener;

use crate::recorder::{listed, sent, wanted};
use crate::support::builder;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudauth_core::typed::{Argument, DeleteResultRequest, KeepAliveRequest, TypedRequest, VerifyLogRequest, typed};
use cloudauth_core::{Kind, blocking};
use serde_json::{Value, json};

fn server() -> (TcpListener, blocking::Client) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    // One that is sent again finds nobody who answers.
    let client = builder(&format!("http://{}", listener.local_addr().unwrap())).max_attempts(1).build_blocking().unwrap();
    (listener, client)
}

/// The cases of every list.
fn all_cases() -> Vec<Value> {
    ["typed.json", "initialize.json"].iter().flat_map(|list| listed(list, "cases")).collect()
}

fn request(case: &Value) -> TypedRequest {
    let mut request = TypedRequest::new(case["operation"].as_str().unwrap()).unwrap();
    for (name, value) in case["arguments"].as_object().unwrap() {
        match value["base64"].as_str() {
            Some(picture) => request.set(name, STANDARD.decode(picture).unwrap()),
            None => request.set(name, value.clone()),
        }
    }
    for (name, value) in case["parameters"].as_object().into_iter().flatten() {
        request.add_parameter(name, value.as_str().unwrap());
    }
    request.set_unchecked(case["unchecked"] == true);
    request
}

#[test]
fn every_case_arrives_and_gives_what_it_says() {
    for case in all_cases() {
        let (listener, client) = server();
        let name = &case["name"];
        let options = cloudauth_core::CallOptions::default();
        if let Some(message) = case["error"].as_str() {
            let error = client.run(&request(&case), &options).unwrap_err();
            assert_eq!((error.to_string(), error.kind()), (message.replace('`', ""), Kind::InvalidArgument), "{name}");
            continue;
        }
        let (body, status) = match &case["reply"] {
            Value::Null => (json!({"Code": "Success"}), 200),
            reply => (reply.clone(), case["status"].as_u64().unwrap_or(200)),
        };
        let mut outcome = None;
        let arrived = sent(&listener, status.try_into().unwrap(), &body.to_string(), || {
            outcome = Some(client.run(&request(&case), &options));
        });
        assert_eq!(arrived, (wanted(&case, "query"), wanted(&case, "form")), "{name}");
        match (outcome.unwrap(), &case["fails"]) {
            (Ok(reply), Value::Null) if case["gives"].is_object() => {
                assert_eq!(Value::from(reply.to_object()), case["gives"], "{name}");
            }
            (Ok(_), Value::Null) => assert!(case["reply"].is_null(), "{name}: what the reply gives is missing"),
            (Err(error), fails) => {
                let seen = json!({"kind": error.kind().name(), "code": error.code()});
                assert_eq!((&seen, error.attempts()), (fails, 1), "{name}: {error}");
            }
            (Ok(_), fails) => panic!("{name}: must fail with {fails}"),
        }
    }
}

#[test]
fn every_operation_has_cases() {
    let cases = all_cases();
    for spec in cloudauth_core::typed::TYPED {
        // What does not come from the reply differs from call to call.
        let is_whole = |case: &Value| case["gives"].is_object() || spec.fields.iter().any(|field| field.from.is_none());
        assert!(cases.iter().any(|case| case["operation"] == spec.name && is_whole(case)), "{}", spec.name);
    }
    assert_eq!(TypedRequest::new("check").unwrap_err().to_string(), "operation: there is no typed operation of this name");
}

/// Answers one call with `result`.
fn answered<T>(result: &Value, call: impl FnOnce(&blocking::Client) -> cloudauth_core::Result<T>) -> T {
    let (listener, client) = server();
    let body = json!({"Code": "Success", "RequestId": "R-1", "Result": result}).to_string();
    let mut outcome = None;
    sent(&listener, 200, &body, || outcome = Some(call(&client)));
    outcome.unwrap().unwrap()
}

#[test]
fn rusts_own_types_hold_what_the_table_reads() {
    let alive = answered(&json!({"Result": "SUCCESS"}), |client| client.keep_alive(&KeepAliveRequest::new()));
    assert_eq!((alive.request_id.as_str(), alive.answer.as_deref()), ("R-1", Some("SUCCESS")));
    let request = DeleteResultRequest::new("hks1", "All").after_query(false);
    let deletion = answered(&json!({"TransactionId": "hks1", "DeleteResult": "N", "FailReason": "F", "New": 1}), |client| {
        client.delete_result(&request)
    });
    assert_eq!((deletion.transaction_id.as_deref(), deletion.deleted), (Some("hks1"), Some(false)));
    assert_eq!((deletion.fail_reason.as_deref(), &deletion.extra["New"]), (Some("F"), &json!(1)));
    let log = answered(
        &json!({"VerifyStatus": "2", "LogInfo": ["a"], "LogStatisticsInfo": "{\"ocrEditTimes\":1}", "Passed": 7}),
        |client| client.verify_log(&VerifyLogRequest::new("order1", "hks1")),
    );
    assert_eq!((log.verify_status, log.log), (Some(2), Some(vec!["a".to_owned()])));
    assert_eq!((log.statistics, log.problems.len()), (Some(json!({"ocrEditTimes": 1})), 1));
}

#[test]
fn printing_shows_nothing_of_a_person() {
    let request = DeleteResultRequest::new("hks1", "All").after_query(false);
    assert_eq!(format!("{request:?}"), "delete_result { transaction_id: …, delete_type: \"All\", after_query: false, .. }");
    let typo = DeleteResultRequest::new("hks1", "Chan Tai Man");
    assert_eq!(format!("{typo:?}"), "delete_result { transaction_id: …, delete_type: …, .. }");
    assert!(!format!("{:?}", Argument::from("Chan")).contains("Chan"));
    let result = json!({"DeleteResult": "Y", "TransactionId": "hks1", "FailReason": "Chan", "Name": "Chan"});
    let deletion = answered(&result, |client| client.delete_result(&request));
    assert_eq!(
        format!("{deletion:?}"),
        "Deletion { request_id: \"R-1\", deleted: Some(true), transaction_id: …, fail_reason: …, extra: …, .. }"
    );
    let mut by_name = TypedRequest::new("delete_result").unwrap();
    by_name.set("transaction_id", "hks1");
    by_name.set("delete_type", "All");
    let reply = answered(&result, |client| client.run(&by_name, &cloudauth_core::CallOptions::default()));
    assert_eq!(
        format!("{reply:?}"),
        "Deletion { request_id: \"R-1\", transaction_id: …, deleted: Bool(true), fail_reason: …, .. }"
    );
    assert_eq!(typed("delete_result").map(|spec| spec.action), Some("DeleteVerifyResult"));
}
