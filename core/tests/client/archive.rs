//! `archive`: the list of `tests/calls/archive.json`, and against an emulator that fails, what is deleted and what receipts say.
//!
//! `CLOUDAUTH_DELETION_RUNS` says how many runs there are.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::recorder::{all_sent, listed};
use crate::support::{builder, request as request_for};
use cloudauth_core::evidence::verify_archive;
use cloudauth_core::typed::{ArchiveRequest, TypedRequest};
use cloudauth_core::{CallOptions, Result, blocking};
use cloudauth_emulator::{Emulator, Options};
use serde_json::{Value, json};

fn started(endpoint: &str, transaction_id: &str) -> Value {
    json!({
        "version": 1, "endpoint": endpoint, "transaction_id": transaction_id, "merchant_biz_id": "order1",
        "product_code": "eKYC_PRO", "initialized_at": "2026-03-01T10:00:00Z",
    })
}

fn archive(client: &blocking::Client, endpoint: &str, into: &Path, arguments: &Value) -> Result<Value> {
    let mut request = TypedRequest::new("archive")?;
    request.set("into", into.to_str().unwrap());
    let (mut started, mut arguments) = (started(endpoint, "hks1"), arguments.clone());
    started["doc_video"] = arguments.as_object_mut().unwrap().remove("doc_video").unwrap_or_default();
    request.set("started", started);
    for (name, value) in arguments.as_object().unwrap() {
        request.set(name, value.clone());
    }
    client.run(&request, &CallOptions::default()).map(|reply| reply.to_object().into())
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn every_run_of_the_list_ends_as_it_says() {
    for case in listed("archive.json", "cases") {
        let (listener, place) = (TcpListener::bind("127.0.0.1:0").unwrap(), tempfile::tempdir().unwrap());
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let (client, into) = (builder(&endpoint).max_attempts(1).build_blocking().unwrap(), place.path().join("hks1"));
        let mut hash = Value::Null;
        for (at, run) in case["runs"].as_array().unwrap().iter().enumerate() {
            let run: Value = serde_json::from_str(&run.to_string().replace("{origin}", &endpoint)).unwrap();
            let name = format!("{}, run {}", case["name"], at + 1);
            let reply = |one: &Value| {
                let body = one["reply"].as_str().map_or_else(|| one["reply"].to_string(), str::to_owned);
                (one["status"].as_u64().unwrap_or(200).try_into().unwrap(), body)
            };
            let replies: Vec<_> = run["replies"].as_array().unwrap().iter().map(reply).collect();
            let mut outcome = None;
            all_sent(&listener, &replies, || outcome = Some(archive(&client, &endpoint, &into, &run["arguments"])));
            match outcome.unwrap() {
                Ok(archive) => {
                    for (field, value) in run["gives"].as_object().unwrap_or_else(|| panic!("{name}: {archive}")) {
                        assert_eq!(archive[field], *value, "{name}: {field}");
                    }
                    assert_eq!(verify_archive(&into).unwrap().problems, [], "{name}");
                    let is_unchanged = archive["outcome"] == "unchanged";
                    assert!(!is_unchanged || hash.is_null() || archive["manifest_sha256"] == hash, "{name}");
                    hash = archive["manifest_sha256"].clone();
                    assert_eq!(
                        archive["result"],
                        serde_json::from_slice::<Value>(&fs::read(into.join("result.json")).unwrap()).unwrap()
                    );
                    let receipt =
                        fs::read(into.join("receipt.json")).map_or(Value::Null, |json| serde_json::from_slice(&json).unwrap());
                    for (key, value) in archive["receipt"].as_object().into_iter().flatten() {
                        assert_eq!(receipt[key], *value, "{name}: {key}");
                    }
                }
                Err(error) => assert_eq!(error.kind().name(), run["fails"], "{name}: {error}"),
            }
            match run["files"].as_array() {
                Some(files) => assert_eq!(json!(names(&into)), json!(files), "{name}"),
                None => assert!(!into.exists(), "{name}"),
            }
        }
    }
}

/// Whether the video that was gone is asked for again so many minutes after the start.
fn asks_again(minutes: u64, then: &[(u16, String)]) -> (Value, Value) {
    let (listener, place) = (TcpListener::bind("127.0.0.1:0").unwrap(), tempfile::tempdir().unwrap());
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let client = builder(&endpoint).max_attempts(1).build_blocking().unwrap();
    let mut started = started(&endpoint, "hks1");
    started["initialized_at"] =
        humantime::format_rfc3339_seconds(SystemTime::now() - Duration::from_mins(minutes)).to_string().into();
    let into = place.path().join("hks1");
    let run = |replies: &[(u16, String)]| {
        let replies: Vec<_> = replies.iter().map(|(status, body)| (*status, body.replace("{origin}", &endpoint))).collect();
        let request = ArchiveRequest::new(started.clone(), into.to_str().unwrap()).video_hosts(["127.0.0.1"]);
        let mut outcome = None;
        all_sent(&listener, &replies, || outcome = Some(client.archive(&request).unwrap()));
        outcome.unwrap()
    };
    let first = run(&[offered(), deleted(), offered(), deleted()]);
    assert_eq!(first.missing.unwrap()["video"], "gone");
    let second = run(then);
    assert_eq!(verify_archive(&into).unwrap().problems, []);
    (second.outcome.into(), second.missing.unwrap()["video"].clone())
}

fn offered() -> (u16, String) {
    let face = "{\"docVideoUrl\": \"{origin}/v.webm\"}";
    (200, json!({"Code": "Success", "Result": {"Passed": "Y", "SubCode": "200", "ExtFaceInfo": face}}).to_string())
}

fn deleted() -> (u16, String) {
    (404, "<Error><Code>NoSuchKey</Code></Error>".to_owned())
}

#[test]
fn a_video_that_was_gone_is_asked_for_again_while_it_may_live() {
    let video = (200, "\u{1a}E\u{7e3}vid".to_owned());
    let none_offered = (200, json!({"Code": "Success", "Result": {"Passed": "Y", "SubCode": "200"}}).to_string());
    assert_eq!(asks_again(29, &[offered(), video]), (json!("archived"), Value::Null));
    assert_eq!(asks_again(29, &[offered(), deleted(), offered(), deleted()]), (json!("unchanged"), json!("gone")));
    assert_eq!(asks_again(29, &[none_offered]), (json!("unchanged"), json!("gone")));
    assert_eq!(asks_again(31, &[]), (json!("unchanged"), json!("gone")));
}

/// What goes wrong on the way; each ends soon.
const FAULTS: [&str; 12] = [
    "close-without-answer",
    "close-mid-headers",
    "close-mid-body",
    "reset-before-headers",
    "reset-mid-body",
    "close-on-reuse",
    "length-too-long",
    "chunk-cut",
    "garbage",
    "html-502",
    "empty-503",
    "json-500",
];

/// Whatever fails, nothing is deleted that is not archived whole, nothing is deleted twice, and receipts say what the service saw.
#[test]
fn receipts_are_true_whatever_fails() {
    let runs: usize = std::env::var("CLOUDAUTH_DELETION_RUNS").map_or(240, |runs| runs.parse().unwrap());
    let emulator = Emulator::start(Options { attempts_kept: 1 << 20, ..Options::default() }).unwrap();
    let faults = FAULTS.map(|fault| format!("{fault}:rate=0.03").parse().unwrap());
    emulator.set_faults(faults.to_vec(), None, 7).unwrap();
    // Sixty syncs a run are for the disk to do, which is not what this is about.
    let place = tempfile::tempdir_in(if Path::new("/dev/shm").exists() { "/dev/shm" } else { "/tmp" }).unwrap();
    let (next, withheld, refused) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let client = || {
        let client = builder(emulator.endpoint()).retry_base(Duration::from_millis(1)).attempt_timeout(Duration::from_secs(2));
        client.build_blocking().unwrap()
    };
    let one = |client: &blocking::Client, number: usize| {
        let kind = ["ekycpro200", "ekycpro205", "idocr200"][number % 3];
        let (id, into) = (format!("{kind}-no{number}"), place.path().join(number.to_string()));
        let mut request = ArchiveRequest::new(started(emulator.endpoint(), &id), into.to_str().unwrap()).then_delete("All");
        if number % 8 != 7 {
            request = request.video_hosts(["127.0.0.1"]);
        }
        if number % 16 == 3 {
            request = request.images(false);
        }
        let outcome = client.archive(&request);
        let asked = emulator.attempts_of(&id).iter().filter(|attempt| attempt.action == "DeleteVerifyResult").count();
        let receipt = fs::read(into.join("receipt.json")).map_or(Value::Null, |json| serde_json::from_slice(&json).unwrap());
        let requests = receipt["requests"].as_array().map_or(&[][..], Vec::as_slice);
        assert!(asked <= 1 && asked <= requests.len(), "{id}: asked {asked} times, {receipt}");
        assert!(asked == 0 || verify_archive(&into).unwrap().is_complete(), "{id}");
        assert!(number % 16 != 3 || requests.is_empty(), "{id}: pictures were not asked for");
        // Faults come before and after the emulator does as it is told.
        let is_gone = || loop {
            match builder(emulator.endpoint()).max_attempts(20).build_blocking().unwrap().check_result(&request_for(&id)) {
                Ok(_) => return false,
                Err(error) if error.code() == Some("TransactionIdInvalid") => return true,
                Err(_) => {}
            }
        };
        for entry in requests {
            match entry["outcome"].as_str().unwrap() {
                "deleted" => assert!(asked == 1 && is_gone(), "{id}: {receipt}"),
                "refused" => assert!(!is_gone(), "{id}: {receipt}"),
                "unknown" => {}
                other => panic!("{id}: {other}"),
            }
        }
        for check in requests.iter().flat_map(|entry| entry["checks"].as_array().unwrap()) {
            match check["outcome"].as_str().unwrap() {
                "absent" => assert!(is_gone(), "{id}: {receipt}"),
                "still_there" => assert!(!is_gone(), "{id}: {receipt}"),
                "unknown" => {}
                other => panic!("{id}: {other}"),
            }
        }
        match outcome {
            Ok(archive) => {
                let is_withheld = archive.deletion.as_deref() == Some("withheld");
                withheld.fetch_add(usize::from(is_withheld), Ordering::Relaxed);
                assert_eq!(is_withheld, requests.is_empty(), "{id}");
            }
            Err(_) => drop(refused.fetch_add(1, Ordering::Relaxed)),
        }
        let _ = fs::remove_dir_all(&into);
    };
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let client = client();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= runs {
                        return;
                    }
                    one(&client, number);
                }
            });
        }
    });
    let (withheld, failed) = (withheld.into_inner(), refused.into_inner());
    println!("{runs} runs: {failed} failed, {withheld} withheld, {:?}", emulator.stats().faults);
    assert!(withheld > 0 && failed > 0 && failed < runs / 2);
}
