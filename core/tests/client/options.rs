//! Options by name, and the names that each language reads in errors.

use std::sync::Arc;
use std::time::Duration;

use cloudauth_core::credentials::{CredentialsFuture, Provider};
use cloudauth_core::options::{self, OPTIONS, OptionKind};
use cloudauth_core::spelling::Language;
use cloudauth_core::{CheckResultRequest, Client, ClientBuilder, Environment, Error, Kind};
use serde_json::Value;

use crate::support::language_named;

fn cases(of: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../../../tests/options/cases.json")).unwrap();
    all[of].as_array().unwrap().clone()
}

/// Nothing but keys and a region.
fn builder() -> ClientBuilder {
    Client::builder()
        .environment(Environment::given::<String, String>([]))
        .access_key("id", "secret", None)
        .region("ap-southeast-1")
}

fn assert_spelled(case: &Value, error: &Error) {
    assert_eq!((error.kind(), error.attempts()), (Kind::InvalidArgument, 0), "{error}");
    assert_eq!(error.message(), error.message_in(Language::Rust));
    for (language, name) in case["names"].as_object().unwrap() {
        let language = language_named(language);
        let expected = format!("{}: {}", name.as_str().unwrap(), case["rule"].as_str().unwrap());
        assert_eq!(error.message_in(language), expected, "{language:?}");
    }
}

// Finding G7.
#[test]
fn errors_name_an_option_as_each_language_does() {
    for case in cases("options") {
        let (mut builder, name) = (builder(), case["name"].as_str().unwrap());
        let taken = match &case["value"] {
            Value::Number(number) => builder.set(name, number.as_i64()),
            text => builder.set(name, text.as_str()),
        };
        assert_spelled(&case, &taken.and_then(|()| builder.build()).expect_err(name));
    }
}

// Finding G7.
#[test]
fn errors_name_a_field_as_each_language_does() {
    let client = builder().endpoint("http://127.0.0.1:9").build_blocking().unwrap();
    for case in cases("requests") {
        let value = case["value"].as_str().unwrap();
        let request = match case["name"].as_str().unwrap() {
            "merchant_biz_id" => CheckResultRequest::new(value, "t"),
            _ => CheckResultRequest::new("b", value),
        };
        assert_spelled(&case, &client.check_result(&request).expect_err(value));
    }
}

// Finding G7.
#[test]
fn advice_names_options_as_each_language_does() {
    let too_large = Error::no_memory("a reply");
    assert_eq!(too_large.advice_in(Language::Java), "Raise maxBodyBytes if replies of this size are expected.");
    assert_eq!(too_large.advice_in(Language::Go), "Raise WithMaxBodyBytes if replies of this size are expected.");
}

// Finding K2.
#[test]
fn every_option_of_the_table_can_be_set() {
    for option in OPTIONS {
        let good: options::Value = match option.kind {
            OptionKind::Flag => true.into(),
            OptionKind::DurationMs => Duration::from_secs(1).into(),
            OptionKind::Bytes | OptionKind::Count => 1_i64.into(),
            _ => "text".into(),
        };
        let wrong: options::Value = if option.kind == OptionKind::Flag { 1_i64.into() } else { true.into() };
        let mut builder = builder();
        for value in [good, options::Value::Default] {
            builder.set(option.name, value).unwrap_or_else(|error| panic!("{error}"));
        }
        let error = builder.set(option.name, wrong).expect_err(option.name);
        assert!(error.message_in(Language::C).starts_with(&format!("{}: must be ", option.name)), "{error}");
    }
}

#[test]
fn numbers_are_held_against_what_they_count() {
    let set = |name: &str, value: options::Value| builder().set(name, value).err().map(|error| error.to_string());
    assert_eq!(set("qps", 0_i64.into()), None);
    assert_eq!(set("timeout_ms", u64::MAX.into()), None);
    assert_eq!(set("timeout_ms", (i128::from(u64::MAX) + 1).into()).unwrap(), "timeout: is larger than this machine can hold");
    assert_eq!(set("max_attempts", i128::MAX.into()).unwrap(), "max_attempts: is larger than this machine can hold");
    assert_eq!(set("idle_timeout_ms", (-1_i64).into()).unwrap(), "idle_timeout: must not be negative");
    // Zero is the library's choice, and no time at all is a time.
    let mut builder = builder();
    builder.set("max_attempts", 0_i64).unwrap();
    builder.set("connect_timeout_ms", 0_i64).unwrap();
    assert!(builder.clone().build().is_ok());
    builder.set("connect_timeout_ms", Duration::ZERO).unwrap();
    assert_eq!(builder.build().unwrap_err().message(), "connect_timeout: must be longer than nothing");
}

#[test]
fn an_unknown_option_is_told_with_the_nearest() {
    let set = |name: &str| builder().set(name, "x").unwrap_err();
    assert_eq!(set("reigon").to_string(), "reigon: is no option; did you mean region?");
    assert_eq!(set("ca_fil").message_in(Language::Java), "ca_fil: is no option; did you mean caFile?");
    assert_eq!(set("0123456789").to_string(), "option: there is none of this name; docs/options.md lists them");
}

#[test]
fn a_source_of_keys_goes_without_keys() {
    #[derive(Debug)]
    struct Source;
    impl Provider for Source {
        fn name(&self) -> &'static str {
            "source"
        }
        fn credentials(&self) -> CredentialsFuture<'_> {
            unreachable!("nobody asks")
        }
    }
    let mut builder = builder().credentials(Arc::new(Source));
    let error = builder.clone().build().unwrap_err();
    assert_eq!(error.message_in(Language::C), "credentials_callback: cannot be given together with an access key");
    builder.set("access_key_id", options::Value::Default).unwrap();
    assert!(builder.clone().build().is_err(), "a secret is a part of a key");
    builder.set("access_key_secret", options::Value::Default).unwrap();
    assert!(builder.build().is_ok());
}

#[test]
fn max_concurrency_is_the_clients() {
    let with = |calls| builder().max_concurrency(calls).build_blocking();
    assert_eq!(with(3).unwrap().max_concurrency(), 3);
    assert_eq!(builder().build().unwrap().max_concurrency(), 16);
    assert_eq!(with(0).unwrap_err().message(), "max_concurrency: must be 1 at least");
}
