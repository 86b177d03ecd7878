//! The list of `tests/calls/archive.json`, in C and C++.

use std::fs;
use std::net::TcpListener;

use serde_json::{Value, json};

use crate::recorder::{all_sent, listed};
use crate::support::{Program, sample};
use crate::typed::arguments;

#[test]
fn every_archive_ends_as_the_list_says() {
    run(&Program::new("archive", &["typed.c", "canonical.c", "sha256.c"]), &["blocking", "background", "queue"]);
}

#[test]
fn every_archive_ends_as_the_list_says_in_cpp() {
    run(&Program::new("archive-cpp", &["typed.cpp"]), &["blocking", "async", "start", "queue"]);
}

#[test]
fn what_an_archive_is_found_to_be() {
    let place = tempfile::tempdir().unwrap();
    let (folder, absent) = (place.path().to_str().unwrap(), place.path().join("absent"));
    for program in [Program::new("verify", &["archive.c"]), Program::new("verify-cpp", &["archive.cpp"])] {
        assert_eq!(program.output(&[absent.to_str().unwrap()]), "io");
        let (complete, report) =
            program.output(&[folder]).split_once(' ').map(|halves| (halves.0.to_owned(), halves.1.to_owned())).unwrap();
        let missing = json!({
            "complete": false, "manifest_sha256": null, "problems": [{"file": "manifest.json", "problem": "missing"}],
        });
        assert_eq!((complete.as_str(), serde_json::from_str::<Value>(&report).unwrap()), ("0", missing));
    }
}

fn run(program: &Program, ways: &[&str]) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (mut ways, verify) = (ways.iter().cycle(), Program::new("verify", &["archive.c"]));
    for case in sample(listed("archive.json", "cases")) {
        let place = tempfile::tempdir().unwrap();
        let into = place.path().join("hks1");
        for (at, run) in case["runs"].as_array().unwrap().iter().enumerate() {
            let run: Value = serde_json::from_str(&run.to_string().replace("{origin}", &endpoint)).unwrap();
            let name = format!("{}, run {}", case["name"], at + 1);
            let reply = |one: &Value| {
                let body = one["reply"].as_str().map_or_else(|| one["reply"].to_string(), str::to_owned);
                (one["status"].as_u64().unwrap_or(200).try_into().unwrap(), body)
            };
            let replies: Vec<_> = run["replies"].as_array().unwrap().iter().map(reply).collect();
            let mut call = json!({"operation": "archive", "arguments": run["arguments"]});
            call["arguments"]["into"] = into.to_str().unwrap().into();
            call["arguments"]["started"] = json!({
                "version": 1, "endpoint": endpoint, "transaction_id": "hks1", "merchant_biz_id": "order1",
                "product_code": "eKYC_PRO", "initialized_at": "2026-03-01T10:00:00Z",
            });
            let doc_video = call["arguments"].as_object_mut().unwrap().remove("doc_video");
            call["arguments"]["started"]["doc_video"] = doc_video.unwrap_or_default();
            let given = [vec![endpoint.clone(), (*ways.next().unwrap()).to_owned()], arguments(&call)].concat();
            let mut printed = String::new();
            let given: Vec<&str> = given.iter().map(String::as_str).collect();
            all_sent(&listener, &replies, || printed = program.output(&given));
            if let Some(kind) = run["fails"].as_str() {
                assert!(printed.starts_with(&format!("{kind} ")), "{name}: {printed}");
            } else {
                let archive: Value = serde_json::from_str(&printed).unwrap_or_else(|_| panic!("{name}: {printed}"));
                for (field, value) in run["gives"].as_object().unwrap() {
                    assert_eq!(archive[field], *value, "{name}: {field}");
                }
                assert!(verify.output(&[into.to_str().unwrap()]).starts_with("1 "), "{name}");
            }
            let mut names = fs::read_dir(&into).map_or(Vec::new(), |entries| {
                entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect::<Vec<_>>()
            });
            names.sort();
            assert_eq!(json!(names), if run["files"].is_null() { json!([]) } else { run["files"].clone() }, "{name}");
        }
    }
}
