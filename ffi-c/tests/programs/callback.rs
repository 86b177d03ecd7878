//! The list of `tests/calls/callback.json`, in C and C++.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use crate::support::{Program, folder, sample};

#[test]
fn every_callback_of_the_list_is_read_or_refused_as_it_says() {
    let programs = [Program::new("callback", &["callback.c"]), Program::new("callback-cpp", &["callback.cpp"])];
    let list: Value = serde_json::from_str(&fs::read_to_string(folder("tests/calls/callback.json")).unwrap()).unwrap();
    let cases = list["callbacks"].as_array().unwrap();
    assert!(cases.len() >= 30);
    for (case, program) in sample(cases.iter().collect()).flat_map(|case| programs.iter().map(move |program| (case, program))) {
        let printed = program.output(&arguments(case));
        let texts: Vec<&str> = printed.split_terminator('\0').collect();
        if case["error"].is_object() {
            assert_eq!(json!({"kind": texts[0], "message": texts[1]}), case["error"], "{}", case["name"]);
        } else {
            let parameters: BTreeMap<_, _> = texts[1..].chunks(2).map(|pair| (pair[0], pair[1])).collect();
            assert_eq!(texts[0], case["transaction_id"], "{}", case["name"]);
            assert_eq!(json!(parameters), case["parameters"], "{}", case["name"]);
        }
    }
}

/// As the programs take them.
fn arguments(case: &Value) -> Vec<&str> {
    let tokens: Vec<_> = match case["tokens"].as_object() {
        Some(tokens) => tokens.iter().flat_map(|(id, token)| [id.as_str(), token.as_str().unwrap()]).collect(),
        None => vec!["", case["token"].as_str().unwrap()],
    };
    let given: Vec<_> = match case["pairs"].as_array() {
        Some(pairs) => pairs.iter().flat_map(|pair| pair.as_array().unwrap()).map(|text| text.as_str().unwrap()).collect(),
        None => vec![case["query"].as_str().unwrap()],
    };
    let count = ["0", "1", "2"][tokens.len() / 2];
    [vec![count], tokens, given].concat()
}
