//! The lists of typed operations in `tests/calls`, in C.

use std::net::TcpListener;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::recorder::{listed, sent, wanted};
use crate::statuses::{self, assert_status};
use crate::support::{Program, sample};

/// An argument as the program takes it: how, name, value.
fn given(name: &str, value: &Value) -> Vec<[String; 3]> {
    let one = |kind: &str, value: String| [kind.to_owned(), name.to_owned(), value];
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![one("text", text.clone())],
        Value::Bool(flag) => vec![one("flag", flag.to_string())],
        Value::Number(number) => vec![one("integer", number.to_string())],
        Value::Array(items) => items.iter().map(|item| one("item", item.as_str().unwrap().to_owned())).collect(),
        Value::Object(fields) => match fields.get("base64").and_then(Value::as_str) {
            Some(picture) => {
                let bytes = STANDARD.decode(picture).unwrap();
                vec![one("bytes", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat())]
            }
            None => vec![one("text", value.to_string())],
        },
    }
}

pub(crate) fn arguments(case: &Value) -> Vec<String> {
    let checked = if case["unchecked"] == true { "unchecked" } else { "checked" };
    let mut arguments = vec![checked.to_owned(), case["operation"].as_str().unwrap().to_owned()];
    for (name, value) in case["arguments"].as_object().unwrap() {
        arguments.extend(given(name, value).concat());
    }
    for (name, value) in case["parameters"].as_object().into_iter().flatten() {
        arguments.extend(["parameter".to_owned(), name.clone(), value.as_str().unwrap().to_owned()]);
    }
    arguments
}

fn all() -> Vec<Value> {
    ["typed.json", "initialize.json"].iter().flat_map(|list| listed(list, "cases")).collect()
}

#[test]
fn every_case_arrives_and_gives_what_it_says() {
    let (program, ways) = (Program::new("typed", &["typed.c", "canonical.c", "sha256.c"]), ["blocking", "background", "queue"]);
    run(&program, &ways, all());
    run_statuses(&program, &ways);
}

#[test]
fn every_case_arrives_and_gives_what_it_says_in_cpp() {
    let mut cases = all();
    cases.retain(|case| case["by_name"] != true);
    let (program, ways) = (Program::new("typed-cpp", &["typed.cpp"]), ["blocking", "async", "start", "queue"]);
    run(&program, &ways, cases);
    run_statuses(&program, &ways);
}

/// What the program prints of a case's call.
fn printed(program: &Program, endpoint: &str, way: &str, case: &Value) -> String {
    let arguments = arguments(case);
    program.output(&[endpoint, way].into_iter().chain(arguments.iter().map(String::as_str)).collect::<Vec<_>>())
}

fn run_statuses(program: &Program, ways: &[&str]) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    for (case, way) in sample(statuses::cases()).zip(ways.iter().cycle()) {
        assert_status(&listener, &case, |started| {
            let call = json!({"operation": "status", "arguments": {"started": started}});
            serde_json::from_str(&printed(program, &endpoint, way, &call)).unwrap()
        });
    }
}

fn run(program: &Program, ways: &[&str], cases: Vec<Value>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    for (case, way) in sample(cases).zip(ways.iter().cycle()) {
        let (name, call) = (&case["name"], || printed(program, &endpoint, way, &case));
        if let Some(message) = case["error"].as_str() {
            assert_eq!(call(), format!("invalid_argument - {}\n", message.replace('`', "")), "{name}");
            continue;
        }
        let (body, status) = match &case["reply"] {
            Value::Null => (json!({"Code": "Success"}), 200),
            reply => (reply.clone(), case["status"].as_u64().unwrap_or(200)),
        };
        let mut printed = String::new();
        let arrived = sent(&listener, status.try_into().unwrap(), &body.to_string(), || printed = call());
        assert_eq!(arrived, (wanted(&case, "query"), wanted(&case, "form")), "{name}");
        if let Some(kind) = case["fails"]["kind"].as_str() {
            let wanted = format!("{kind} {} ", case["fails"]["code"].as_str().unwrap_or("-"));
            assert!(printed.starts_with(&wanted), "{name}: {printed}");
        } else if case["gives"].is_object() {
            assert_eq!(serde_json::from_str::<Value>(&printed).unwrap(), case["gives"], "{name}");
        }
    }
}
