use std::net::TcpListener;
use std::time::{Duration, Instant};

use cloudauth_emulator::{Emulator, Options};

use crate::support::{Run, emulator, finish, json, replaying, run_with_stdin, served};

fn check(emulator: &Emulator, transaction: &str, more: &[&str]) -> Run {
    finish(&mut served(emulator, &[&["check", transaction, "--biz", "biz1"], more].concat()))
}

#[test]
fn json_is_the_canonical_line() {
    let emulator = emulator();
    let said = check(&emulator, "ekycpro200", &[]).fine();
    assert!(said.starts_with("{\"request_id\":\"") && said.ends_with("}\n"), "{said}");
    assert_eq!(said.lines().count(), 1);
    let result = json(&said);
    assert_eq!((&result["passed"], &result["sub_code"]), (&true.into(), &"200".into()));
    assert!(result["face"]["image"].is_null(), "no picture unless asked for");
    assert_eq!(emulator.calls().last().unwrap().signature, "ACS3-HMAC-SHA256");
}

#[test]
fn the_table_has_the_verdict_and_what_stands_behind_it() {
    let emulator = emulator();
    let said = check(&emulator, "ekycpro200", &["--format", "table"]).fine();
    let values: Vec<_> = said.lines().map(|line| line.rsplit("  ").next().unwrap()).collect();
    assert_eq!(values[..3], ["PASSED", "The verification passed.", "accept"], "{said}");
    assert!(said.contains("comparison   99.12\n") && said.contains("page 01      passed;"), "{said}");

    let run = check(&emulator, "idocr212", &["--format", "table"]);
    assert_eq!(run.code, Some(1));
    for words in ["NOT PASSED", "212  ", "reject", "forgery: SCREEN_REMARK", "advice  "] {
        assert!(run.stdout.contains(words), "{words}: {run:?}");
    }
}

#[test]
fn the_table_names_nobody_unless_asked_to() {
    let emulator = emulator();
    let result = json(&check(&emulator, "ekycpro200-CHN01001", &[]).fine());
    let identity = result["document"]["pages"]["01"]["identity"].as_object().unwrap();
    let texts: Vec<_> = identity.values().filter_map(|value| value.as_str()).filter(|text| text.len() > 3).collect();
    assert!(texts.len() >= 4, "{identity:?}");

    let without = check(&emulator, "ekycpro200-CHN01001", &["--format", "table"]).fine();
    let with = check(&emulator, "ekycpro200-CHN01001", &["--format", "table", "--show-identity"]).fine();
    for text in texts {
        assert!(!without.contains(text), "{text}: {without}");
        assert!(with.contains(text), "{text}: {with}");
    }
}

#[test]
fn each_outcome_has_its_exit_code() {
    let emulator = emulator();
    let not_passed = check(&emulator, "ekycpro205", &[]);
    assert_eq!((not_passed.code, not_passed.stderr.as_str()), (Some(1), ""), "{not_passed:?}");
    assert_eq!(json(&not_passed.stdout)["passed"], false);
    check(&emulator, "pending1", &[]).refused(3, "ProcessNotCompleted");
    check(&emulator, "errorThrottlingApi", &[]).refused(4, "Throttling.Api");
    check(&emulator, "errorInternalError", &[]).refused(4, "HTTP status 500");
    check(&emulator, "hks00000000000000000000000000000", &[]).refused(4, "TransactionIdInvalid");
    let wrong = finish(served(&emulator, &["check", "ekycpro200", "--biz", "b"]).env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "no"));
    wrong.refused(4, "the access key secret is wrong");
}

#[test]
fn no_verdict_is_no_pass() {
    let emulator = replaying(r#"{"RequestId":"r","Code":"Success","Result":{"SubCode":"\u001b[2J"}}"#);
    let run = check(&emulator, "case", &["--format", "table"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stdout.starts_with("verdict     UNKNOWN\n"), "{run:?}");
    assert!(!run.stdout.contains('\u{1b}'), "the service's text moves no cursor: {run:?}");
}

#[test]
fn a_pending_verdict_is_not_completed_yet() {
    let emulator = replaying(r#"{"RequestId":"r","Code":"Success","Result":{"Passed":"P","SubCode":"200"}}"#);
    let run = check(&emulator, "case", &["--format", "table"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(3), ""), "{run:?}");
    assert!(run.stdout.starts_with("verdict     PENDING\n") && run.stdout.contains("decision    review\n"), "{run:?}");
}

#[test]
fn a_doubt_stands_with_the_decision_and_the_meaning_stands_once() {
    let emulator = replaying(r#"{"RequestId":"r","Code":"Success","Result":{"Passed":"N","SubCode":"200"}}"#);
    let said = check(&emulator, "case", &["--format", "table"]).stdout;
    assert!(said.contains("decision    review\n            Passed is N, but"), "{said}");
    assert_eq!(said.matches("The verification passed.").count(), 1, "{said}");
}

#[test]
fn a_problem_is_told_without_the_value() {
    let emulator = replaying(
        r#"{"RequestId":"r","Code":"Success","Result":{"Passed":"Y","SubCode":"200","ExtFaceInfo":{"faceQuality":"canary"}}}"#,
    );
    let said = check(&emulator, "case", &["--format", "table"]).fine();
    assert!(said.contains("ExtFaceInfo.faceQuality: not a number"), "{said}");
    assert!(!said.contains("canary"), "{said}");
}

#[test]
fn what_is_no_reply_is_not_understood() {
    check(&replaying("<html>login</html>"), "case", &[]).refused(7, "HTML or XML");
    check(&replaying("{\"Code\":\"Success\",\"Resu"), "case", &[]).refused(7, "ends too early");
}

#[test]
fn a_server_that_does_not_answer_costs_no_more_than_the_timeout() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let begun = Instant::now();
    let emulator = emulator();
    let args = ["check", "t", "--biz", "b", "--endpoint", &endpoint, "--timeout", "0.3"];
    finish(&mut served(&emulator, &args)).refused(5, "300 ms");
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());

    drop(silent);
    finish(&mut served(&emulator, &args)).refused(5, &endpoint);
    assert!(emulator.calls().is_empty(), "--endpoint goes before the environment");
}

#[test]
fn keys_come_from_files_and_stdin_and_go_with_either_signature() {
    let token = "token0123";
    let options = Options { security_token: Some(token.to_owned()), ..Options::default() };
    let emulator = Emulator::start(options).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let token_file = folder.path().join("token");
    std::fs::write(&token_file, format!("{token}\r\n")).unwrap();
    for signature in ["acs3", "rpc1"] {
        let mut command = crate::support::cloudauth(&[
            "check",
            "faceliveness200",
            "--biz",
            "b",
            "--endpoint",
            emulator.endpoint(),
            "--signature",
            signature,
            "--access-key-id",
            emulator.access_key_id(),
            "--access-key-secret-file",
            "-",
            "--security-token-file",
            token_file.to_str().unwrap(),
        ]);
        run_with_stdin(&mut command, format!("{}\n", emulator.access_key_secret()).as_bytes()).fine();
    }
    let signatures: Vec<_> = emulator.calls().iter().map(|call| call.signature).collect();
    assert_eq!(signatures, ["ACS3-HMAC-SHA256", "HMAC-SHA1"]);
}

#[test]
fn a_certificate_is_trusted_only_where_it_is_given() {
    let emulator = Emulator::start(Options { tls: true, ..Options::default() }).unwrap();
    let ca = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(ca.path(), emulator.ca_pem().unwrap()).unwrap();
    check(&emulator, "faceverification200", &["--ca-file", ca.path().to_str().unwrap()]).fine();
    check(&emulator, "faceverification200", &[]).refused(5, emulator.endpoint());
}
