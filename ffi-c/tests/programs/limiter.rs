//! The list of `tests/calls/limiter.json`, in C and C++.

use serde_json::Value;

use crate::recorder::listed;
use crate::support::{Program, emulator};

#[test]
fn every_limiter_ends_as_the_list_says() {
    let program = Program::new("limiter", &["limiter.c"]);
    run(&program, &["blocking", "background", "start"]);
    program.run(&[emulator(None).endpoint(), "rules"]);
}

#[test]
fn every_limiter_ends_as_the_list_says_in_cpp() {
    run(&Program::new("limiter-cpp", &["limiter.cpp"]), &["blocking", "background", "start"]);
}

fn run(program: &Program, ways: &[&str]) {
    let emulator = emulator(None);
    // Under a tool that is slow, each case goes one way.
    let is_slow = std::env::var_os("CLOUDAUTH_TEST_RUNNER").is_some();
    for (turn, case) in listed("limiter.json", "limits").iter().enumerate() {
        let (first, count) = if is_slow { (turn % ways.len(), 1) } else { (0, ways.len()) };
        for way in &ways[first..first + count] {
            assert_ends(program, emulator.endpoint(), case, way, if is_slow { 5 } else { 1 });
        }
    }
}

/// `slower`: by how much limits of time are longer.
fn assert_ends(program: &Program, endpoint: &str, case: &Value, way: &str, slower: u64) {
    let name = format!("{} ({way})", case["name"]);
    let what = if case["waits"] == true { "wait" } else { "check" };
    let (what, of) = case["action"].as_str().map_or((what, &case["transaction"]), |_| ("call", &case["action"]));
    let attempts = case["max_attempts"].as_u64().unwrap_or(1).to_string();
    let timeout = (case["timeout_ms"].as_u64().unwrap_or(30_000) * slower).to_string();
    let answer = |answer: &Value| match answer.as_str().and_then(|text| text.strip_prefix("blocks ")) {
        Some(milliseconds) => format!("blocks {}", milliseconds.parse::<u64>().unwrap() * slower),
        None => answer.to_string().replace('"', ""),
    };
    let answers: Vec<String> = case["answers"].as_array().map_or_else(Vec::new, |answers| answers.iter().map(answer).collect());
    let mut arguments = vec![endpoint, way, what, of.as_str().unwrap(), &attempts, &timeout];
    arguments.extend(answers.iter().map(String::as_str));
    let printed: Value = serde_json::from_str(&program.output(&arguments)).unwrap();
    assert_eq!(printed["asked"], case["asked"], "{name}");
    assert_eq!(printed["requests"], case["requests"], "{name}");
    assert_eq!(printed["fails"], case["fails"], "{name}");
    assert_eq!(printed["caused"], case["caused"] == true, "{name}");
    assert!(printed["ms"].as_u64() >= Some(case["at_least_ms"].as_u64().unwrap_or(0)), "{name}: {printed}");
}
