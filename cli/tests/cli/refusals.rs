//! Bad input at every door: the field is named, and nothing is sent.

use crate::support::{cloudauth, emulator, finish, run, served};

#[test]
fn nothing_is_sent_where_an_argument_breaks_a_rule() {
    let emulator = emulator();
    let endpoint = emulator.endpoint();
    let long = "a".repeat(33);
    let long_id = "t".repeat(129);
    let doors: &[(&[&str], &str)] = &[
        (&["check", "t", "--biz", &long], "--biz: "),
        (&["check", "t", "--biz", ""], "--biz: "),
        (&["check", "t", "--biz", "a-b"], "--biz: "),
        (&["check", "", "--biz", "b"], "TRANSACTION: "),
        (&["check", "a b", "--biz", "b"], "TRANSACTION: "),
        (&["check", &long_id, "--biz", "b"], "TRANSACTION: "),
        (&["check", "t", "--biz", "b", "--region", "eu-nowhere-1"], "--region: must be one of"),
        (&["check", "t", "--biz", "b", "--network", "moon"], "--network"),
        (&["check", "t", "--biz", "b", "--signature", "md5"], "--signature"),
        (&["check", "t", "--biz", "b", "--timeout", "0"], "--timeout"),
        (&["check", "t", "--biz", "b", "--timeout", "-1"], "more than 0"),
        (&["check", "t", "--biz", "b", "--timeout", "soon"], "--timeout"),
        (&["check", "t", "--biz", "b", "--format", "xml"], "--format"),
        (&["check", "t", "--biz", "b", "--proxy", "ftp://x"], "--proxy: "),
        (&["check", "t", "--biz", "b", "--ca-file", "/does/not/exist"], "--ca-file: /does/not/exist cannot be read"),
        (&["check", "t", "--biz", "b", "--ca-file", "/dev/zero"], "--ca-file: /dev/zero is not a regular file"),
        (&["check", "t", "--biz", "b", "--endpoint", "/tmp"], "--endpoint: must name a host"),
        (&["check", "t", "--biz", "b", "--no-such-option"], "--no-such-option"),
        (&["check", "t", "--biz", "b", "--endpoint", "http://192.0.2.1"], "--endpoint: plain http"),
        (&["check", "t", "--biz", "b", "--endpoint", "https://h/path"], "--endpoint: "),
        (&["check", "t", "--biz", "b", "--endpoint", ""], "--endpoint: "),
        (&["check", "t"], "--biz"),
        (&["check", "--biz", "b"], "<TRANSACTION>"),
        (&["check", "t", "--biz", "b", "--access-key-id", "k"], "--access-key-secret-file"),
        (&["check", "t", "--biz", "b", "--security-token-file", "/dev/null"], "--access-key-id"),
        (&["nonsense"], "nonsense"),
    ];
    for (arguments, words) in doors {
        finish(&mut served(&emulator, arguments)).refused(2, words);
    }
    finish(served(&emulator, &["check", "t", "--biz", "b"]).env("CLOUDAUTH_LOG", "loud")).refused(2, "CLOUDAUTH_LOG: ");
    finish(served(&emulator, &["check", "t", "--biz", "b"]).env("CLOUDAUTH_ENDPOINT", "ftp://x"))
        .refused(2, "CLOUDAUTH_ENDPOINT");
    // Finding B2.
    finish(served(&emulator, &["check", "t", "--biz", "b"]).env("HTTPS_PROXY", "::junk::")).refused(2, "HTTPS_PROXY: ");
    assert!(emulator.calls().is_empty(), "{endpoint}");
}

#[test]
fn without_a_place_or_keys_it_says_what_to_give() {
    let nowhere = run(&["check", "t", "--biz", "b"]);
    for id in ["--region: ", "ap-southeast-1", "ap-southeast-3", "ap-southeast-5", "cn-hongkong"] {
        nowhere.refused(2, id);
    }
    run(&["check", "t", "--biz", "b", "--region", "ap-southeast-1"]).refused(2, "ALIBABA_CLOUD_ACCESS_KEY_ID");
    let mut half = cloudauth(&["check", "t", "--biz", "b", "--region", "ap-southeast-1"]);
    finish(half.env("ALIBABA_CLOUD_ACCESS_KEY_ID", "k")).refused(2, "ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set");
}

// Finding G5: the system's loader would read a device to its end, which does not come.
#[test]
fn a_bundle_of_certificates_that_is_no_file_is_refused() {
    let mut command = cloudauth(&["check", "t", "--biz", "b", "--region", "cn-hongkong", "--proxy", "http://127.0.0.1:1"]);
    command.env("SSL_CERT_FILE", "/dev/zero").env("ALIBABA_CLOUD_ACCESS_KEY_ID", "k").env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s");
    finish(&mut command).refused(2, "SSL_CERT_FILE: /dev/zero is not a regular file");
}

#[test]
fn what_nobody_serves_cannot_be_reached() {
    let emulator = emulator();
    let arguments = ["check", "t", "--biz", "b", "--endpoint", "http://127.0.0.1:1"];
    finish(&mut served(&emulator, &arguments)).refused(5, "http://127.0.0.1:1");
}

#[test]
fn every_command_explains_itself() {
    for command in ["demo", "check", "decode", "explain", "call", "doctor", "emulator"] {
        let help = run(&[command, "--help"]).fine();
        assert!(help.contains("Exit codes:") && help.contains("Usage: cloudauth"), "{help}");
    }
    let help = run(&["--help"]).fine();
    assert!(help.contains("Examples:") && help.contains("CLOUDAUTH_ENDPOINT"), "{help}");
    assert!(run(&["--version"]).fine().starts_with("cloudauth "));
    let bare = run(&[]);
    assert_eq!((bare.code, bare.stdout.as_str()), (Some(2), ""));
    assert!(bare.stderr.contains("Usage: cloudauth"), "{bare:?}");
}
