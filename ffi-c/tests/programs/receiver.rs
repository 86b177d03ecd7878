//! The list `receivers` of `tests/calls/video.json`, in C and C++.

use std::cell::Cell;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Program, emulator};
use crate::transfers::{Transfer, every_case};
use crate::typed::arguments;

#[test]
fn every_transfer_ends_as_the_list_says() {
    run(&Program::new("receiver", &["receiver.c", "canonical.c", "sha256.c"]), &["blocking", "background", "queue"], false);
}

#[test]
fn every_transfer_ends_as_the_list_says_in_cpp() {
    let program = Program::new("receiver-cpp", &["receiver.cpp"]);
    run(&program, &["blocking", "async", "start"], true);
    program.run(&[emulator(None).endpoint(), "causes", "0", "0"]);
}

fn run(program: &Program, ways: &[&str], one_target: bool) {
    let turn = Cell::new(0);
    every_case(|case, file| {
        if one_target && case["both"] == true {
            // The types leave no room for it.
            let refused = (case["fails"].as_str().unwrap().to_owned(), case["message"].as_str().unwrap().replace('`', ""));
            return Transfer { outcome: Some(Err(refused)), ..Transfer::default() };
        }
        turn.set(turn.get() + 1);
        transfer(
            &program.output(&given(case, file, ways[turn.get() % ways.len()]).iter().map(String::as_str).collect::<Vec<_>>()),
        )
    });
}

fn given(case: &Value, file: &Path, way: &str) -> Vec<String> {
    let mut call = json!({"operation": "download_video", "arguments": case["arguments"]});
    if case["file"] == true {
        call["arguments"]["to"] = file.to_str().unwrap().into();
    }
    let at = |name: &str| case[name].as_u64().unwrap_or_default().to_string();
    let mut given = vec!["http://127.0.0.1:1".to_owned(), way.to_owned(), at("receiver_fails_at"), at("progress_fails_at")];
    // Without what precedes the arguments of a typed call.
    given.extend(arguments(&call).into_iter().skip(2));
    if case["file"] != true || case["both"] == true {
        given.extend(["receiver", "-", "-"].map(str::to_owned));
    }
    given
}

/// What a program printed.
fn transfer(printed: &str) -> Transfer {
    let lines: Vec<&str> = printed.lines().collect();
    let [outcome, bytes, progress, caused] = lines[..] else { panic!("{printed}") };
    let outcome = match serde_json::from_str(outcome) {
        Ok(reply) => Ok(reply),
        Err(_) => outcome.split_once(' ').map(|(kind, message)| Err((kind.to_owned(), message.to_owned()))).unwrap(),
    };
    let hex = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    let number = |text: &str| text.parse().unwrap();
    let both = |pair: &str| pair.split_once('/').map(|(received, total)| (number(received), number(total))).unwrap();
    Transfer {
        outcome: Some(outcome),
        received: bytes.as_bytes().chunks(2).map(hex).collect(),
        progress: progress.split_whitespace().map(both).collect(),
        caused: caused == "caused",
    }
}
