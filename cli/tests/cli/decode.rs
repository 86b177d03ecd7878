use std::io::{Read, Write};
use std::process::Stdio;

use crate::support::{cloudauth, json, run, run_with_stdin};

const BODY: &str =
    r#"{"RequestId":"R-1","Code":"Success","Result":{"Passed":"N","SubCode":"205","ExtFaceInfo":"{\"faceAttack\":\"Y\"}"}}"#;

fn decode(body: &[u8]) -> crate::support::Run {
    run_with_stdin(&mut cloudauth(&["decode", "-"]), body)
}

#[test]
fn a_result_decodes_whether_passed_or_not() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), BODY).unwrap();
    let said = run(&["decode", file.path().to_str().unwrap()]).fine();
    assert!(said.starts_with(r#"{"request_id":"R-1","passed":false,"sub_code":"205","face":{"passed":null,"#), "{said}");
    assert_eq!(json(&said)["face"]["attack"], true);
    assert_eq!(decode(BODY.as_bytes()).fine(), said);
}

#[test]
fn what_is_no_result_gets_one_clear_line() {
    decode(b"{}").refused(7, "without a Code");
    decode(b"").refused(7, "an empty body");
    decode(b"<!DOCTYPE html><html><body>Bad gateway</body></html>").refused(7, "HTML or XML");
    decode(&BODY.as_bytes()[..BODY.len() - 9]).refused(7, "ends too early");
    decode("[".repeat(100_000).as_bytes()).refused(7, "nested too deep");
    decode("{\"Code\":".repeat(100_000).as_bytes()).refused(7, "nested too deep");
    decode(&[0; 64]).refused(7, "not JSON");
    decode(b"\"text\"").refused(7, "not an object");
    decode(br#"{"RequestId":"R-2","Code":"InternalError","Message":"x"}"#).refused(4, "InternalError");
    decode(br#"{"RequestId":"R-2","Code":"ProcessNotCompleted"}"#).refused(3, "request id R-2");
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    run(&["decode", "/does/not/exist.json"]).refused(6, "/does/not/exist.json: ");
    run(&["decode", "/"]).refused(6, "/: ");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = cloudauth(&["decode", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    // Gone before a byte of the body is sent, so before anything can be written.
    drop(child.stdout.take());
    child.stdin.take().expect("a pipe").write_all(BODY.as_bytes()).unwrap();
    let mut said = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}
