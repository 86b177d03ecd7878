use serde_json::json;

use crate::support::{cloudauth, finish, json, run, run_with_stdin};

const QUERY: &str = "callbackToken=canary&transactionId=hks1&passed=Y&subCode=200";

fn token_file(token: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), token).unwrap();
    file
}

#[test]
fn a_callback_is_read_and_its_token_compared() {
    let file = token_file("canary\n");
    let option = ["--token-file", file.path().to_str().unwrap()];
    let parameters = json!({"transactionId": "hks1", "passed": "Y", "subcode": "200"});
    let read = json!({"transaction_id": "hks1", "parameters": parameters, "token_verified": true});
    assert_eq!(json(&run(&["callback", "parse", QUERY, option[0], option[1]]).fine()), read);
    let url = format!("https://merchant.example/callback?{QUERY}\n");
    let arguments = ["callback", "parse", "-", option[0], option[1]];
    assert_eq!(json(&run_with_stdin(&mut cloudauth(&arguments), url.as_bytes()).fine()), read);
    let unverified = json(&run(&["callback", "parse", QUERY]).fine());
    assert_eq!((&unverified["token_verified"], &unverified["parameters"]), (&json!(false), &read["parameters"]));
}

#[test]
fn another_token_is_refused_and_none_is_shown() {
    let refused = |file: &str, query: &str, code, words| {
        let run = finish(&mut cloudauth(&["callback", "parse", query, "--token-file", file]));
        run.refused(code, words);
        assert!(!run.stderr.contains("canary"), "{run:?}");
    };
    let other = token_file("canaries");
    let other = other.path().to_str().unwrap();
    refused(other, QUERY, 4, "the callback token is not the expected one");
    refused(other, "transactionId=hks1", 4, "has no callback token");
    refused(other, "passed=Y&callbackToken=canary", 2, "QUERY: has no transactionId");
    refused(other, "transactionId=canary%", 2, "QUERY: has a % that");
    refused("/does/not/exist", QUERY, 6, "/does/not/exist");
    refused(token_file("").path().to_str().unwrap(), QUERY, 2, "--token-file: the file is empty");
    refused("-", "-", 2, "--token-file: stdin is taken");
}
