//! Each thing that keeps calls from working, told so that a person can act on it.

use std::fs;
use std::process::Command;
use std::time::Duration;

use cloudauth_emulator::{Emulator, Options};
use serde_json::Value;

use crate::support::{Run, cloudauth, emulator, finish, json, served};

/// An emulator with TLS, in which this goes wrong; and where the certificate to trust is.
fn secured(fault: Option<&str>) -> (Emulator, String) {
    let faults = fault.iter().map(|fault| fault.parse().expect("a fault")).collect();
    let emulator = Emulator::start(Options { tls: true, faults, ..Options::default() }).expect("the emulator starts");
    let ca_file = json(&emulator.ready_line())["ca_file"].as_str().expect("a path").to_owned();
    (emulator, ca_file)
}

fn spoilt(fault: &str) -> Emulator {
    let faults = vec![fault.parse().expect("a fault")];
    Emulator::start(Options { faults, ..Options::default() }).expect("the emulator starts")
}

/// Runs `command`, which is `doctor`, for programs: ends with the exit code that it tells, and says nothing else.
#[track_caller]
fn findings(command: &mut Command, code: i32) -> Vec<Value> {
    let run = finish(command.args(["--format", "json"]));
    clean(&run);
    assert_eq!((run.code, run.stderr.as_str(), run.stdout.lines().count()), (Some(code), "", 1), "{run:?}");
    let report = json(&run.stdout);
    assert_eq!(report["exit_code"], code, "{report}");
    report["findings"].as_array().expect("findings").clone()
}

#[track_caller]
fn clean(run: &Run) {
    assert!(!run.stdout.contains("canary") && !run.stderr.contains("canary"), "{run:?}");
}

/// The first finding of a check has this state, and says these words, be it of how things stand or of what to do.
#[track_caller]
fn says(findings: &[Value], check: &str, state: &str, words: &[&str]) {
    let finding = findings.iter().find(|finding| finding["check"] == check).expect(check);
    assert_eq!(finding["state"], state, "{findings:#?}");
    let said = format!("{} {}", finding["what"].as_str().unwrap(), finding["advice"].as_str().unwrap_or_default());
    for word in words {
        assert!(said.contains(word), "{word}: {said}");
    }
    let wants_advice = matches!(state, "warn" | "fail");
    assert_eq!((finding["advice"].is_string(), finding["kind"].is_string()), (wants_advice, state == "fail"), "{finding}");
}

#[test]
fn all_is_well() {
    let (emulator, ca_file) = secured(None);
    for signature in ["acs3", "rpc1"] {
        let options = ["doctor", "--ca-file", &ca_file, "--signature", signature];
        let all = findings(&mut served(&emulator, &options), 0);
        assert!(all.iter().all(|finding| finding["state"] == "ok" || finding["state"] == "skipped"), "{all:#?}");
        says(&all, "credentials", "ok", &["lasting keys"]);
        says(&all, "endpoint", "ok", &[emulator.endpoint(), "CLOUDAUTH_ENDPOINT"]);
        says(&all, "proxy", "ok", &["on this machine"]);
        says(&all, "dns", "skipped", &["127.0.0.1 is an address"]);
        says(&all, "tcp", "ok", &["connected in"]);
        says(&all, "tls", "ok", &["TLS 1.3"]);
        says(&all, "call", "ok", &["keys and signature are accepted", "TransactionIdInvalid"]);
        says(&all, "permission", "ok", &["permitted"]);
        says(&all, "clock", "ok", &["agrees with the server's"]);
        assert!(all.iter().all(|finding| finding["check"] != "latency"), "an endpoint leaves the regions in peace: {all:#?}");
    }
    let calls = emulator.calls();
    let calls: Vec<_> = calls.iter().map(|call| (call.action, call.code.as_str())).collect();
    let once =
        [("CheckResult", "TransactionIdInvalid"), ("CheckVerifyLog", "TransactionIdInvalid"), ("KeepaliveIntl", "Success")];
    assert_eq!(calls, [once, once].concat(), "none that does anything");

    let table = finish(&mut served(&emulator, &["doctor", "--ca-file", &ca_file])).fine();
    assert!(table.contains("\nok    call         keys and signature are accepted"), "{table}");
    assert!(table.ends_with("\n\nAll well.\n"), "{table}");
}

#[test]
fn no_credentials() {
    let emulator = emulator();
    let home = tempfile::tempdir().unwrap();
    let mut command = cloudauth(&["doctor", "--endpoint", emulator.endpoint()]);
    let all = findings(command.env("HOME", home.path()), 2);
    let sources: Vec<_> = all.iter().filter(|finding| finding["check"] == "credentials").collect();
    let names = ["environment", "oidc", "cli_profile", "ini_profile", "ecs_metadata", "credentials_uri"];
    for (source, (name, why)) in sources.iter().zip(names.iter().zip([
        "ALIBABA_CLOUD_ACCESS_KEY_ID is not set",
        "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
        ".aliyun/config.json does not exist",
        ".alibabacloud/credentials does not exist",
        "ALIBABA_CLOUD_ECS_METADATA_DISABLED is true",
        "ALIBABA_CLOUD_CREDENTIALS_URI is not set",
    ])) {
        assert!(source["subject"] == *name && source["state"] == "skipped", "{source}");
        assert!(source["what"].as_str().unwrap().contains(why), "{source}");
    }
    assert_eq!(sources.len(), names.len() + 1);
    let last = sources.last().unwrap();
    assert!(last["state"] == "fail" && last["kind"] == "credentials" && last["what"] == "no source gave keys", "{last}");
    assert!(last["advice"].as_str().unwrap().contains("ALIBABA_CLOUD_ACCESS_KEY_SECRET"), "{last}");
    says(&all, "call", "skipped", &["no keys to sign with"]);
    says(&all, "permission", "skipped", &["no keys to sign with"]);
    says(&all, "clock", "ok", &["agrees"]);
    assert!(emulator.calls().iter().all(|call| call.action != "CheckResult"), "{:?}", emulator.calls());

    let mut half = cloudauth(&["doctor", "--endpoint", emulator.endpoint()]);
    let all = findings(half.env("ALIBABA_CLOUD_ACCESS_KEY_ID", "canary"), 2);
    says(&all, "credentials", "fail", &["ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set"]);
}

#[test]
fn a_source_that_fails_is_named_beside_the_one_that_is_used() {
    let emulator = emulator();
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join(".aliyun")).unwrap();
    fs::write(home.path().join(".aliyun/config.json"), r#"{"current":"a","profiles":[{"name":"a","mode":"canary"}]}"#).unwrap();
    fs::create_dir(home.path().join(".alibabacloud")).unwrap();
    let (id, secret) = (emulator.access_key_id(), emulator.access_key_secret());
    let text = format!("[default]\ntype = access_key\naccess_key_id = {id}\naccess_key_secret = {secret}\n");
    fs::write(home.path().join(".alibabacloud/credentials"), text).unwrap();
    let run = finish(cloudauth(&["doctor", "--endpoint", emulator.endpoint()]).env("HOME", home.path()));
    assert_eq!(run.code, Some(0), "{run:?}");
    for line in [
        "warn  credentials  cli_profile: ",
        "  what to do: Calls are signed with the keys of ini_profile.",
        "\nok    credentials  ini_profile: lasting keys\n-     credentials  ecs_metadata: ini_profile has keys at hand\n",
        "\n\nCalls work: 1 warning\n",
    ] {
        assert!(run.stdout.contains(line), "{line}: {run:?}");
    }
    assert!(!run.stdout.contains(id) && !run.stdout.contains(secret), "{run:?}");
}

#[test]
fn a_wrong_secret() {
    let emulator = emulator();
    for signature in ["acs3", "rpc1"] {
        let mut command = served(&emulator, &["doctor", "--signature", signature]);
        let all = findings(command.env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "canary"), 4);
        says(&all, "call", "fail", &["SignatureDoesNotMatch", "the access key secret is wrong", "Check the secret"]);
        says(&all, "clock", "ok", &["agrees"]);
    }
    let mut traced = served(&emulator, &["doctor"]);
    let run = finish(traced.env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "canary").env("CLOUDAUTH_LOG", "trace"));
    assert_eq!(run.code, Some(4), "{run:?}");
    clean(&run);
    let mut stranger = served(&emulator, &["doctor"]);
    let all = findings(stranger.env("ALIBABA_CLOUD_ACCESS_KEY_ID", "canary"), 4);
    says(&all, "call", "fail", &["InvalidAccessKeyId.NotFound"]);
    let mut temporary = served(&emulator, &["doctor"]);
    let all = findings(temporary.env("ALIBABA_CLOUD_SECURITY_TOKEN", "canary"), 4);
    says(&all, "credentials", "ok", &["temporary keys"]);
    says(&all, "call", "fail", &["InvalidSecurityToken.MismatchWithAccessKey"]);
    assert_eq!(emulator.calls().len(), 5, "nothing is asked twice");
}

/// What the lines of `permission` say: operation, state, what, advice.
fn permissions(findings: &[Value]) -> Vec<[&str; 4]> {
    let of_it = findings.iter().filter(|finding| finding["check"] == "permission");
    of_it.map(|one| ["subject", "state", "what", "advice"].map(|key| one[key].as_str().unwrap_or_default())).collect()
}

#[test]
fn a_policy_that_lacks_an_operation() {
    let faults = ["access-denied:action=CheckVerifyLog", "access-denied:action=DeleteVerifyResult"];
    let faults = faults.map(|fault| fault.parse().unwrap()).to_vec();
    let emulator = Emulator::start(Options { faults, ..Options::default() }).expect("the emulator starts");
    let all = findings(&mut served(&emulator, &["doctor"]), 0);
    let add = |action: &str| {
        format!("Add `antcloudauth:{action}` to the RAM user's policy, or attach the policy AliyunAntCloudAuthFullAccess.")
    };
    let not_asked = |does: &str, action: &str| format!("not asked, since it would {does}; needs antcloudauth:{action}");
    assert_eq!(
        permissions(&all),
        [
            ["CheckResult", "ok", "permitted", ""],
            ["CheckVerifyLog", "warn", "refused: Forbidden.RAMUserAccessDenied", &add("CheckVerifyLog")],
            ["KeepaliveIntl", "ok", "permitted", ""],
            ["Initialize", "skipped", &not_asked("begin a verification", "Initialize"), ""],
            ["InitializeV2", "skipped", &not_asked("begin a verification", "InitializeV2"), ""],
            ["DeleteVerifyResult", "skipped", &not_asked("delete a result", "DeleteVerifyResult"), ""],
        ]
    );
    let table = finish(&mut served(&emulator, &["doctor"])).fine();
    assert!(table.contains("\nwarn  permission   CheckVerifyLog: refused: Forbidden.RAMUserAccessDenied\n"), "{table}");

    let emulator = spoilt("access-denied");
    let all = findings(&mut served(&emulator, &["doctor"]), 4);
    says(&all, "call", "ok", &["keys and signature are accepted"]);
    says(&all, "permission", "fail", &["refused", "antcloudauth:CheckResult"]);
    let refused = permissions(&all).iter().filter(|finding| finding[2].starts_with("refused")).count();
    assert_eq!(refused, 3);

    // The other half of the truth with it: the server's time.
    emulator.advance(Duration::from_hours(1));
    let all = findings(&mut served(&emulator, &["doctor"]), 4);
    says(&all, "call", "warn", &["InvalidTimeStamp.Expired", "accepted"]);
    assert_eq!(permissions(&all)[2][..2], ["KeepaliveIntl", "warn"]);
}

#[test]
fn an_account_that_may_not_call_the_service() {
    let emulator = spoilt("access-denied:code=Forbidden.AccountAccessDenied");
    let all = findings(&mut served(&emulator, &["doctor"]), 4);
    says(&all, "call", "fail", &["Forbidden.AccountAccessDenied", "Activate ID Verification"]);
    says(&all, "permission", "skipped", &["the call tells nothing of it"]);
    assert_eq!(emulator.stats().requests, 1);
}

#[test]
fn a_clock_that_is_an_hour_off() {
    let emulator = emulator();
    emulator.advance(Duration::from_hours(1));
    let all = findings(&mut served(&emulator, &["doctor"]), 4);
    says(&all, "call", "warn", &["InvalidTimeStamp.Expired", "dated by the server's, keys and signature are accepted"]);
    says(&all, "clock", "fail", &["this machine's clock is 1 h 0 min behind the server's", "NTP"]);
    let ahead = all.last().unwrap()["server_ahead_ms"].as_i64().unwrap();
    assert!(ahead.abs_diff(3_600_000) < 5_000, "{ahead}");

    let run = finish(served(&emulator, &["doctor"]).env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "canary"));
    clean(&run);
    for line in ["FAIL  call         the service answered SignatureDoesNotMatch", "FAIL  clock        ", "\n\n2 failures\n"] {
        assert!(run.stdout.contains(line), "the one hides the other: {run:?}");
    }
    let mut without_keys = cloudauth(&["doctor", "--endpoint", emulator.endpoint()]);
    says(&findings(&mut without_keys, 2), "clock", "fail", &["1 h 0 min behind"]);

    let slow = spoilt("clock:skew=-3600s");
    says(&findings(&mut served(&slow, &["doctor"]), 4), "clock", "fail", &["1 h 0 min ahead of the server's"]);
}

#[test]
fn a_clock_that_is_off_a_little_or_that_cannot_be_compared() {
    let emulator = emulator();
    emulator.advance(Duration::from_mins(5));
    let all = findings(&mut served(&emulator, &["doctor"]), 0);
    says(&all, "call", "ok", &["accepted"]);
    says(&all, "clock", "warn", &["5 min", "behind", "NTP"]);
    for fault in ["date-missing", "date-garbage"] {
        let all = findings(&mut served(&spoilt(fault), &["doctor"]), 0);
        says(&all, "clock", "warn", &["no usable Date"]);
    }
    for date in ["missing", "garbage"] {
        let all = findings(&mut served(&spoilt(&format!("clock:date={date}")), &["doctor"]), 4);
        says(&all, "call", "fail", &["InvalidTimeStamp.Expired", "Set the clock by NTP"]);
    }
}

#[test]
fn a_name_that_nobody_knows() {
    let keys = [("ALIBABA_CLOUD_ACCESS_KEY_ID", "canary"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "canary")];
    let mut command = cloudauth(&["doctor", "--endpoint", "https://no-such-host.invalid"]);
    let all = findings(command.envs(keys), 5);
    says(&all, "dns", "fail", &["no-such-host.invalid", "DNS", "getent hosts no-such-host.invalid"]);
    for check in ["tcp", "tls", "call", "clock"] {
        says(&all, check, "skipped", &["not tried"]);
    }
    let run = finish(cloudauth(&["doctor", "--endpoint", "http://127.0.0.1:1"]).envs(keys));
    assert_eq!((run.code, run.stderr.as_str()), (Some(5), ""), "{run:?}");
    assert!(run.stdout.contains("FAIL  tcp          http://127.0.0.1:1: nothing listens there"), "{run:?}");
}

#[test]
fn a_server_that_is_not_trusted() {
    let (emulator, ca_file) = secured(None);
    let all = findings(&mut served(&emulator, &["doctor"]), 5);
    says(&all, "tls", "fail", &["from an authority that is not trusted here", "as --ca-file"]);
    for (fault, words) in [
        ("tls-self-signed", &["its certificate is self-signed", "as --ca-file"][..]),
        ("tls-expired", &["its certificate has expired on 2021-01-01", "This machine's clock says 20", "renewed"]),
        ("tls-wrong-host", &["its certificate is for elsewhere.invalid, not for 127.0.0.1:", "by a name"]),
        ("tls-unknown-ca", &["from an authority that is not trusted here", "as --ca-file"]),
        ("tls-1.1", &["TLS could not be agreed on"]),
        ("tls-close-in-handshake", &["hung up"]),
        ("tls-reset-in-handshake", &["hung up"]),
    ] {
        let (emulator, ca_file) = secured(Some(fault));
        let all = findings(&mut served(&emulator, &["doctor", "--ca-file", &ca_file]), 5);
        says(&all, "tcp", "ok", &[]);
        says(&all, "tls", "fail", words);
        says(&all, "call", "skipped", &["not tried"]);
        assert_eq!(emulator.stats().application_bytes, 0, "{fault}: nothing is sent to it");
    }
    let mut plain = served(&emulator, &["doctor", "--ca-file", &ca_file]);
    plain.env("CLOUDAUTH_ENDPOINT", emulator.endpoint().replace("127.0.0.1", "localhost"));
    says(&findings(&mut plain, 0), "dns", "ok", &["localhost is ", "127.0.0.1"]);
}

#[test]
fn a_service_that_cannot_answer() {
    for (fault, code, state, words) in [
        ("json-503", 4, "fail", "ServiceUnavailable"),
        ("throttle", 0, "warn", "Throttling.Api"),
        ("html-502", 4, "fail", "HTML"),
        ("garbage", 7, "fail", "answer in HTTP"),
        ("reset-mid-headers", 5, "fail", "lost"),
    ] {
        let emulator = spoilt(fault);
        let all = findings(&mut served(&emulator, &["doctor"]), code);
        says(&all, "call", state, &[words]);
        assert_eq!(emulator.stats().requests, 1, "{fault}: repetitions would hide it");
    }
}

#[test]
fn a_silent_server_is_not_waited_for_beyond_the_time_given() {
    let (emulator, ca_file) = secured(Some("tls-stall-in-handshake"));
    let all = findings(&mut served(&emulator, &["doctor", "--ca-file", &ca_file, "--timeout", "2"]), 5);
    says(&all, "tls", "fail", &["time given was over"]);
}

#[test]
fn where_calls_go_is_told() {
    let emulator = emulator();
    let all = findings(&mut served(&emulator, &["doctor", "--region", "cn-hongkong"]), 0);
    says(&all, "endpoint", "warn", &["CLOUDAUTH_ENDPOINT overrides the host of cn-hongkong", "Unset CLOUDAUTH_ENDPOINT"]);

    let keys = [("ALIBABA_CLOUD_ACCESS_KEY_ID", "canary"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "canary")];
    let all = findings(cloudauth(&["doctor", "--no-latency"]).envs(keys), 2);
    says(&all, "endpoint", "fail", &["ap-southeast-1", "CLOUDAUTH_REGION"]);
    says(&all, "call", "skipped", &["not tried"]);

    finish(&mut cloudauth(&["doctor", "--region", "nowhere"])).refused(2, "region: must be one of");
    finish(&mut cloudauth(&["doctor", "--ca-file", "/does/not/exist"])).refused(2, "--ca-file: ");
}

/// Nobody listens at the proxy, so nothing leaves this machine.
#[test]
fn a_dead_proxy_is_to_blame_and_its_password_is_not_shown() {
    let mut command = cloudauth(&["doctor", "--region", "cn-hongkong"]);
    command.env("HTTPS_PROXY", "http://canary:canary@127.0.0.1:1");
    command.env("ALIBABA_CLOUD_ACCESS_KEY_ID", "canary").env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "canary");
    let all = findings(&mut command, 5);
    says(&all, "proxy", "ok", &["the proxy 127.0.0.1:1", "environment"]);
    says(&all, "tcp", "fail", &["the proxy 127.0.0.1:1: nothing listens there", "Check the endpoint, the proxy"]);
    let latency: Vec<_> = all.iter().filter(|finding| finding["check"] == "latency").collect();
    assert_eq!(latency.len(), 8, "each region's public and internal host: {all:#?}");
    for finding in latency {
        let internal = finding["subject"].as_str().unwrap().ends_with(" internal");
        assert_eq!(finding["state"], if internal { "skipped" } else { "warn" }, "{finding}");
    }
}

// Finding B2, B3: a proxy that cannot be read is a finding, and nothing goes past it.
#[test]
fn a_proxy_that_cannot_be_read_is_named_by_its_setting() {
    for url in ["http://canary:12345#x@127.0.0.1:1", "canary://127.0.0.1:1", " http://127.0.0.1:1 canary"] {
        let mut command = cloudauth(&["doctor", "--region", "cn-hongkong", "--no-latency"]);
        command.env("HTTPS_PROXY", url);
        command.env("ALIBABA_CLOUD_ACCESS_KEY_ID", "canary").env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "canary");
        let all = findings(&mut command, 2);
        says(&all, "proxy", "fail", &["HTTPS_PROXY: must "]);
        says(&all, "tcp", "skipped", &["not tried"]);
    }
}
