//! The list of `tests/calls`: what a call of any operation sends, and where.

use std::net::TcpListener;

use crate::recorder::{SUCCESS, listed, sent, wanted};
use crate::support::{builder, request};
use cloudauth_core::{Call, Kind, blocking};

fn server() -> (TcpListener, blocking::Client) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = builder(&format!("http://{}", listener.local_addr().unwrap())).build_blocking().unwrap();
    (listener, client)
}

#[test]
fn every_call_of_the_list_arrives_or_is_refused_as_it_says() {
    let (listener, client) = server();
    for case in listed("cases.json", "calls") {
        let call = Call::new(case["action"].as_str().unwrap());
        let call = if case["unchecked"] == true { call.unchecked() } else { call };
        let given = case["parameters"].as_object().unwrap();
        let call = given.iter().fold(call, |call, (name, value)| call.value(name, value).unwrap());
        if let Some(message) = case["error"].as_str() {
            let error = client.call(&call).unwrap_err();
            assert_eq!((error.to_string().as_str(), error.kind()), (message, Kind::InvalidArgument), "{}", case["name"]);
        } else {
            let arrived = sent(&listener, 200, SUCCESS, || drop(client.call(&call).unwrap()));
            assert_eq!(arrived, (wanted(&case, "query"), wanted(&case, "form")), "{}", case["name"]);
        }
    }
}

#[test]
fn a_request_for_a_result_takes_values_and_newer_parameters() {
    let (listener, client) = server();
    let newer = || request("t").value("Newer", &serde_json::json!(["x", 1])).unwrap();
    let refused = client.check_result(&newer()).unwrap_err();
    assert_eq!(refused.to_string(), "parameter 1: CheckResult has no such parameter; newer ones need unchecked");
    let (query, _) = sent(&listener, 200, SUCCESS, || drop(client.check_result(&newer().unchecked()).unwrap()));
    assert_eq!(query["Newer"], r#"["x",1]"#);
}
