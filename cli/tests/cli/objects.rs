//! Archives in OSS, which the emulator plays and checks by its own code.

use std::fs;
use std::path::Path;
use std::process::Command;

use cloudauth_emulator::{Emulator, Options};
use serde_json::{Value, json as object};

use crate::archive::start;
use crate::support::{Run, emulator, finish, json, served};

const BUCKET: &str = "oss://emulator-bucket";

/// A machine with a place of its own for temporary files.
struct Machine<'a> {
    emulator: &'a Emulator,
    temporary: tempfile::TempDir,
}

impl<'a> Machine<'a> {
    fn new(emulator: &'a Emulator) -> Self {
        Self { emulator, temporary: tempfile::tempdir().unwrap() }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = served(self.emulator, arguments);
        command.env("OSS_ENDPOINT", self.emulator.endpoint()).env("OSS_REGION", "cn-hongkong");
        command.env("TMPDIR", self.temporary.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let run = finish(&mut self.command(arguments));
        assert_eq!(fs::read_dir(self.temporary.path()).unwrap().count(), 0, "something is left: {run:?}");
        run
    }

    fn archive(&self, file: &str, url: &str, more: &[&str]) -> Run {
        self.run(&[&["archive", file, "--out", url, "--video-host", "127.0.0.1"], more].concat())
    }
}

/// An emulator with a verification that has passed; the file of its start, and its id.
fn passed(place: &Path) -> (Emulator, String, String) {
    let emulator = emulator();
    let (file, transaction) = start(&emulator, place);
    emulator.finish(&transaction, "200").unwrap();
    (emulator, file, transaction)
}

fn keys(emulator: &Emulator) -> Vec<String> {
    emulator.objects().into_iter().map(|object| object.key).collect()
}

fn deletions(emulator: &Emulator) -> usize {
    emulator.attempts().iter().filter(|attempt| attempt.action == "DeleteVerifyResult").count()
}

#[test]
fn an_archive_goes_to_oss_and_is_found_there_by_another_machine() {
    let place = tempfile::tempdir().unwrap();
    let (emulator, file, transaction) = passed(place.path());
    let url = format!("{BUCKET}/{transaction}");
    let said = json(&Machine::new(&emulator).archive(&file, &url, &["--encrypt", "KMS:key-1"]).fine());
    assert_eq!((&said["outcome"], &said["folder"], &said["missing"]), (&"archived".into(), &(*url).into(), &object!({})));
    let stored = emulator.objects();
    let ending = |key: &str| key.rsplit_once('.').unwrap().1.to_owned();
    let mut endings: Vec<String> = stored.iter().map(|object| ending(&object.key)).collect();
    endings.sort();
    assert_eq!(endings, ["jpg", "jpg", "json", "json", "json", "webm"]);
    for object in &stored {
        assert!(object.key.starts_with(&format!("{transaction}/")), "{object:?}");
        assert_eq!((object.encryption.as_deref(), object.encryption_key_id.as_deref()), (Some("KMS"), Some("key-1")));
    }
    let (calls, there) = (emulator.calls().len(), Machine::new(&emulator));
    let again = json(&there.archive(&file, &url, &["--then-delete", "All"]).fine());
    assert_eq!(
        (&again["outcome"], &again["manifest_sha256"], &again["afterwards"]),
        (&"unchanged".into(), &said["manifest_sha256"], &"absent".into())
    );
    assert_eq!((emulator.calls().len(), deletions(&emulator)), (calls + 2, 1), "the deletion, and a look at what is left");
    assert!(keys(&emulator).contains(&format!("{transaction}/receipt.json")));
    assert_eq!(json(&there.run(&["archive", "verify", &url]).fine())["complete"], true);
    assert_eq!(emulator.objects().into_iter().find(|object| object.key.ends_with("receipt.json")).unwrap().encryption, None);
}

#[test]
fn a_large_video_goes_in_parts() {
    let place = tempfile::tempdir().unwrap();
    let (emulator, file, _) = passed(place.path());
    let mut started: Value = json(&fs::read_to_string(&file).unwrap());
    started["transaction_id"] = "ekycpro200-video11MiB-no1".into();
    fs::write(&file, started.to_string()).unwrap();
    let (machine, url) = (Machine::new(&emulator), format!("{BUCKET}/large"));
    // Two of its parts are lost on their way.
    emulator.set_faults(vec!["close-without-answer:action=object,rate=0.3,next=2".parse().unwrap()], None, 1).unwrap();
    json(&machine.archive(&file, &url, &["--encrypt", "SM4"]).fine());
    let video = emulator.objects().into_iter().find(|object| object.length > 10 << 20).unwrap();
    assert_eq!((video.length, video.encryption.as_deref()), (11 << 20, Some("SM4")));
    assert_eq!(json(&machine.run(&["archive", "verify", &url]).fine())["complete"], true);
}

#[test]
fn temporary_keys_are_taken() {
    let place = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(Options { security_token: Some("token-1".to_owned()), ..Options::default() }).unwrap();
    let machine = Machine::new(&emulator);
    let with_token = |arguments: &[&str]| {
        let mut command = machine.command(arguments);
        finish(command.env("ALIBABA_CLOUD_SECURITY_TOKEN", "token-1"))
    };
    let file = place.path().join("started.json").to_str().unwrap().to_owned();
    let given = ["start", "--product-code", "eKYC_PRO", "--meta-info", "{}", "--doc-type", "GLB03002", "--out", &file];
    with_token(&given).fine();
    let started: Value = json(&fs::read_to_string(&file).unwrap());
    emulator.finish(started["transaction_id"].as_str().unwrap(), "200").unwrap();
    with_token(&["archive", &file, "--out", &format!("{BUCKET}/a"), "--video", "false"]).fine();
    assert!(keys(&emulator).contains(&"a/manifest.json".to_owned()));
}

#[test]
fn a_refusal_of_oss_is_one_clear_line_and_nothing_is_deleted() {
    let place = tempfile::tempdir().unwrap();
    let (emulator, file, transaction) = passed(place.path());
    let machine = Machine::new(&emulator);
    let url = format!("{BUCKET}/{transaction}");
    let faulty = |fault: &str, code, says| {
        emulator.set_faults(vec![fault.parse().unwrap()], None, 0).unwrap();
        let run = machine.archive(&file, &url, &["--then-delete", "All"]);
        run.refused(code, says);
        assert!(run.stderr.contains("oss://emulator-bucket/…: ") && !run.stderr.contains(&transaction), "{run:?}");
    };
    faulty("access-denied:action=object", 4, "forbids this (AccessDenied)");
    faulty("json-503:action=object", 4, "is out of order (ServiceUnavailable)");
    faulty("close-without-answer:action=object", 5, "cannot be reached");
    faulty("html-200:action=object", 7, "what answered is not an object store");
    faulty("redirect:action=object", 7, "what answered is not an object store");
    faulty("garbage:action=object", 5, "cannot be reached");
    emulator.set_faults(Vec::new(), None, 0).unwrap();
    let otherwise = |variable: &str, value: &str, url: &str, code, says| {
        let mut command = machine.command(&["archive", &file, "--out", url, "--then-delete", "All"]);
        finish(command.env(variable, value)).refused(code, says);
    };
    let no_bucket = "has no such bucket in this region or at this endpoint (NoSuchBucket)";
    otherwise("OSS_REGION", "cn-hongkong", "oss://another-bucket/a", 6, no_bucket);
    otherwise("OSS_REGION", "cn-beijing", &url, 4, "refused (InvalidArgument)");
    otherwise("OSS_REGION", "", &url, 2, "OSS_REGION: must be set");
    otherwise("OSS_ENDPOINT", "http://oss-cn-hongkong.aliyuncs.com", &url, 2, "OSS_ENDPOINT: ");
    emulator.advance(std::time::Duration::from_hours(1));
    otherwise("OSS_REGION", "cn-hongkong", &url, 4, "does not accept the keys (RequestTimeTooSkewed)");
    assert_eq!((keys(&emulator), deletions(&emulator)), (Vec::new(), 0));
}

#[test]
fn a_place_is_spelt_as_it_is_or_refused() {
    let place = tempfile::tempdir().unwrap();
    let (emulator, file, _) = passed(place.path());
    let machine = Machine::new(&emulator);
    let refused = |arguments: &[&str], option: &str, says: &str| {
        let mut command = machine.command(arguments);
        finish(command.current_dir(place.path())).refused(2, &format!("{option}: must be {says}"));
    };
    let spelling = "a folder, s3://BUCKET/PREFIX or oss://BUCKET/PREFIX";
    for out in
        ["oss:/emulator-bucket/a", "OSS://emulator-bucket/a", "s3:/bucket", "S3://bucket/a", "s3a://bucket/a", "oss//bucket/a"]
    {
        refused(&["archive", &file, "--out", out], "--out", spelling);
        refused(&["bulk", "--in", &file, "--out", out, "--ledger", "ledger.db"], "--out", spelling);
        refused(&["archive", "verify", out], "PATH", spelling);
        refused(&["archive", "purge", out, "--older-than", "1d"], "FOLDER", spelling);
        let local = "a path on this machine";
        refused(&["bulk", "--in", &file, "--out", BUCKET, "--ledger", &format!("{out}/ledger.db")], "--ledger", local);
        refused(
            &["start", "--product-code", "eKYC_PRO", "--meta-info", "{}", "--out", &format!("{out}/started.json")],
            out,
            local,
        );
        refused(&["check", "hks1", "--biz", "order1", "--images", out], out, local);
    }
    let left: Vec<_> = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["started.json"]);
}

#[test]
fn a_prefix_without_an_archive_is_as_a_folder_without_one() {
    let (emulator, place) = (emulator(), tempfile::tempdir().unwrap());
    let machine = Machine::new(&emulator);
    let [there, here] =
        [&format!("{BUCKET}/none"), place.path().to_str().unwrap()].map(|path| machine.run(&["archive", "verify", path]));
    assert_eq!((there.code, there.stdout, there.stderr), (Some(1), here.stdout, here.stderr));
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_not_trusted() {
    let place = tempfile::tempdir().unwrap();
    let (emulator, file, _) = passed(place.path());
    let store = Emulator::start(Options { tls: true, ..Options::default() }).unwrap();
    let machine = Machine::new(&emulator);
    let mut command = machine.command(&["archive", &file, "--out", &format!("{BUCKET}/a"), "--video", "false"]);
    finish(command.env("OSS_ENDPOINT", store.endpoint())).refused(5, "certificate cannot be trusted");
    let authority = place.path().join("ca.pem");
    fs::write(&authority, store.ca_pem().unwrap()).unwrap();
    finish(command.env("SSL_CERT_FILE", &authority)).fine();
    assert!(keys(&store).contains(&"a/manifest.json".to_owned()) && store.stats().handshakes_failed > 0);
}
