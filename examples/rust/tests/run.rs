//! The three programs, against an emulator in this process.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use cloudauth_emulator::{Emulator, Options};

struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn run(emulator: &Emulator, program: &str, arguments: &[&str]) -> Run {
    let output = Command::new(program)
        .args(arguments)
        .env_clear()
        .env("CLOUDAUTH_ENDPOINT", emulator.endpoint())
        .env("ALIBABA_CLOUD_ACCESS_KEY_ID", emulator.access_key_id())
        .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", emulator.access_key_secret())
        .output()
        .expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

fn emulator() -> Emulator {
    Emulator::start(Options::default()).expect("the emulator starts")
}

#[test]
fn check_prints_verdict_and_decision() {
    let emulator = emulator();
    let check = |transaction: &str| run(&emulator, env!("CARGO_BIN_EXE_check"), &[transaction]);
    let passed = check("ekycpro200");
    assert_eq!((passed.code, passed.stderr.as_str()), (Some(0), ""));
    assert_eq!(passed.stdout, "passed: Some(true)\ndecision: accept (SubCode 200: The verification passed.)\n");
    assert_eq!(check("faceliveness205").code, Some(1));
    let refused = check("errorThrottlingApi");
    assert_eq!((refused.code, refused.stdout.as_str()), (Some(4), ""));
    assert!(refused.stderr.starts_with("throttled: "), "{}", refused.stderr);
}

#[test]
fn async_has_twenty_in_flight_and_cancels_one() {
    let emulator = emulator();
    let done = run(&emulator, env!("CARGO_BIN_EXE_async"), &["faceverification200"]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(0), "19 done, 1 cancelled\n"), "{}", done.stderr);
    assert_eq!(emulator.calls().iter().filter(|call| call.http_status == 200).count(), 19);
    assert_eq!(run(&emulator, env!("CARGO_BIN_EXE_async"), &["errorInternalError"]).code, Some(1));
}

#[test]
fn archive_files_pictures_and_result() {
    let emulator = emulator();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("evidence");
    let archive = || run(&emulator, env!("CARGO_BIN_EXE_archive"), &["ekycpro200", folder.to_str().unwrap()]);
    let done = archive();
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
    for (name, start) in
        [("face.jpg", &b"\xFF\xD8\xFF"[..]), ("document-01.jpg", b"\xFF\xD8\xFF"), ("result.json", b"{\"request_id\":")]
    {
        let path = folder.join(name);
        assert!(std::fs::read(&path).unwrap().starts_with(start), "{name}");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
        assert!(done.stdout.contains(name), "{}", done.stdout);
    }
    let again = archive();
    assert_eq!(again.code, Some(1), "evidence is not overwritten");
}
