//! A secret is seen nowhere, whatever the level of the log and however the call ends.

use cloudauth_emulator::{Emulator, Options};

use crate::support::{Run, finish, run_with_stdin, served};

const SECRET: &str = "canarysecret";
const TOKEN: &str = "canarytoken";

fn guarded() -> Emulator {
    let options = Options { access_key_secret: SECRET.to_owned(), security_token: Some(TOKEN.to_owned()), ..Options::default() };
    Emulator::start(options).unwrap()
}

#[track_caller]
fn clean(run: &Run) {
    assert!(!run.stdout.contains("canary") && !run.stderr.contains("canary"), "{run:?}");
}

#[test]
fn logs_and_messages_hold_none() {
    let emulator = guarded();
    for transaction in ["ekycpro200", "errorSignatureDoesNotMatch", "errorInternalError", "pending9", "canary"] {
        for signature in ["acs3", "rpc1"] {
            let mut command = served(&emulator, &["check", transaction, "--biz", "b", "--signature", signature]);
            command.env("ALIBABA_CLOUD_SECURITY_TOKEN", TOKEN).env("CLOUDAUTH_LOG", "trace");
            let run = finish(&mut command);
            assert!(run.stderr.contains("cloudauth_core") && run.stderr.contains("CheckResult"), "there is a log: {run:?}");
            for other in ["hyper", "rustls"] {
                assert!(!run.stderr.contains(other), "{other} has its say: {run:?}");
            }
            clean(&run);
        }
    }
    assert_eq!(emulator.calls().iter().filter(|call| call.http_status == 200).count(), 2, "the keys were right");
}

#[test]
fn a_wrong_secret_is_not_repeated() {
    let emulator = guarded();
    for signature in ["acs3", "rpc1"] {
        let mut command = served(&emulator, &["check", "ekycpro200", "--biz", "b", "--signature", signature]);
        command.env("ALIBABA_CLOUD_SECURITY_TOKEN", TOKEN).env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "canarywrong");
        let run = finish(&mut command);
        run.refused(4, "SignatureDoesNotMatch");
        clean(&run);
    }
}

#[test]
fn a_secret_that_cannot_be_used_is_not_repeated() {
    let emulator = guarded();
    let keys = ["check", "t", "--biz", "b", "--access-key-id", "k", "--access-key-secret-file", "-"];
    for (secret, words) in
        [(&b"canary secret"[..], "--access-key-secret-file: "), (b"", "--access-key-secret-file: "), (b"canary\xFF", "UTF-8")]
    {
        let run = run_with_stdin(&mut served(&emulator, &keys), secret);
        run.refused(2, words);
        clean(&run);
    }
    let both = [&keys[..], &["--security-token-file", "-"]].concat();
    finish(&mut served(&emulator, &both)).refused(2, "--security-token-file: ");
    finish(&mut served(&emulator, &[&keys[..7], &["/does/not/exist"]].concat())).refused(6, "/does/not/exist");
    assert!(emulator.calls().is_empty());
}

#[test]
fn a_secret_is_not_taken_as_an_argument() {
    let emulator = guarded();
    for arguments in [
        ["--access-key-secret=canary", "--biz=b"],
        ["--security-token=canary", "--biz=b"],
        ["--proxy=http://u:canary@h", "--biz=b"],
    ] {
        let run = finish(&mut served(&emulator, &[&["check", "t"][..], &arguments].concat()));
        run.refused(2, "--");
        clean(&run);
    }
}
