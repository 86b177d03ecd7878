//! The list of `tests/calls/callback.json`, and statements about every callback.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use cloudauth_core::{Callback, Kind, Result, parse_callback};
use proptest::prelude::*;
use serde_json::{Value, json};

fn listed() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/calls/callback.json");
    let list: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    list["callbacks"].as_array().unwrap().clone()
}

fn parsed(case: &Value) -> Result<Callback> {
    let look_up = |id: &str| case["tokens"].get(id).and_then(Value::as_str).map(str::to_owned);
    if let Some(pairs) = case["pairs"].as_array() {
        let callback = Callback::from_pairs(pairs.iter().map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap())))?;
        callback.verify(case["token"].as_str().unwrap())?;
        return Ok(callback);
    }
    let query = case["query"].as_str().unwrap();
    match case["token"].as_str() {
        Some(token) => parse_callback(query, token),
        None => parse_callback(query, look_up),
    }
}

#[test]
fn every_callback_of_the_list_is_read_or_refused_as_it_says() {
    let cases = listed();
    assert!(cases.len() >= 30);
    for case in cases {
        match parsed(&case) {
            Ok(callback) => {
                let read = json!({"transaction_id": callback.transaction_id, "parameters": callback.parameters});
                assert_eq!(case["error"], Value::Null, "{}", case["name"]);
                assert_eq!(read["transaction_id"], case["transaction_id"], "{}", case["name"]);
                assert_eq!(read["parameters"], case["parameters"], "{}", case["name"]);
            }
            Err(error) => {
                let said = json!({"kind": error.kind().name(), "message": error.message()});
                assert_eq!(said, case["error"], "{}", case["name"]);
            }
        }
    }
}

// As C does it.
#[test]
fn a_callback_can_be_read_first_and_verified_later() {
    let callback = Callback::parse("transactionId=hks1&callbackToken=s3cr3t").unwrap();
    assert_eq!(callback.transaction_id, "hks1");
    assert!(callback.verify("s3cr3t").is_ok());
    assert_eq!(callback.verify("guess").unwrap_err().kind(), Kind::Authentication);
    assert_eq!(callback.verify(|_: &str| None).unwrap_err().kind(), Kind::Authentication);
}

#[test]
fn a_callback_has_at_most_16_kib() {
    let query = |length: usize| {
        let start = "transactionId=hks1&callbackToken=s3cr3t&a=";
        start.to_owned() + &"x".repeat(length - start.len())
    };
    assert!(parse_callback(&query(16 << 10), "s3cr3t").is_ok());
    let error = parse_callback(&query((16 << 10) + 1), "s3cr3t").unwrap_err();
    assert_eq!((error.kind(), error.message()), (Kind::InvalidArgument, "query: must have at most 16384 bytes"));
    // Pairs without end are not gathered first.
    let error = Callback::from_pairs(std::iter::repeat(("a", ""))).unwrap_err();
    assert_eq!(error.message(), "query: must have at most 16384 bytes");
}

#[test]
fn debug_and_messages_hide_what_came() {
    let callback = Callback::parse("transactionId=hks1&callbackToken=s3cr3t&passed=Y&chan=tai").unwrap();
    assert_eq!(format!("{callback:?}"), r#"Callback { parameters: ["passed", "transactionId"], .. }"#);
    let error = callback.verify("0ther").unwrap_err();
    let said = format!("{error} {error:?} {}", error.advice());
    assert!(!said.contains("s3cr3t") && !said.contains("0ther") && !said.contains("hks1"), "{said}");
    assert!(error.advice().contains("CheckResult"), "{}", error.advice());
}

/// Queries that are nearly callbacks.
fn query() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        Just("transactionId".to_owned()),
        Just("TRANSACTION_ID".to_owned()),
        Just("passed".to_owned()),
        Just("subCode".to_owned()),
        Just("callbackToken".to_owned()),
        Just("callback_token".to_owned()),
        ".{0,6}",
    ];
    let value =
        prop_oneof![Just("hks1".to_owned()), Just("s3cr3t".to_owned()), Just("Y".to_owned()), "[%+&=a-f0-9]{0,8}", ".{0,8}"];
    let pairs = prop::collection::vec((name, value), 0..6);
    (prop_oneof![Just(""), Just("?"), Just("/c?"), Just("https://h/c?")], pairs).prop_map(|(start, pairs)| {
        let pairs: Vec<_> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        start.to_owned() + &pairs.join("&")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_in_nothing_panics_and_nothing_is_a_verdict(text in any::<String>(), query in query()) {
        for query in [text, query] {
            if let Ok(callback) = parse_callback(&query, "s3cr3t") {
                // All that there is: an id that is there as a parameter too, and texts.
                let Callback { transaction_id, parameters, .. } = callback;
                let parameters: BTreeMap<String, String> = parameters;
                prop_assert_eq!(&parameters["transactionId"], &transaction_id);
                prop_assert!(!parameters.values().any(|value| value == "s3cr3t") || query.matches("s3cr3t").count() > 1);
            }
        }
    }

    #[test]
    fn no_token_but_the_right_one_is_taken(token in ".{0,12}", expected in ".{0,12}") {
        let callback = Callback::from_pairs([("transactionId", "hks1"), ("callbackToken", token.as_str())]);
        // A NUL is refused before.
        prop_assume!(!token.contains('\0'));
        let taken = callback.unwrap().verify(expected.as_str()).is_ok();
        prop_assert_eq!(taken, token == expected && !token.is_empty());
    }

    #[test]
    fn a_query_and_its_pairs_say_the_same(pairs in prop::collection::vec(("[a-zA-Z_ +%&=é]{0,8}", ".{0,8}"), 0..5)) {
        let mut pairs = pairs;
        pairs.extend([("transactionId".to_owned(), "hks1".to_owned()), ("callbackToken".to_owned(), "s3cr3t".to_owned())]);
        let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
        let read = |callback: Result<Callback>| callback.map(|callback| callback.parameters).map_err(|error| error.to_string());
        prop_assert_eq!(read(Callback::parse(&encoded)), read(Callback::from_pairs(pairs)));
    }
}
