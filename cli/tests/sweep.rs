//! `cloudauth sweep`: the real binary, against an emulator.

#[path = "cli/support.rs"]
#[allow(dead_code, reason = "shared with the other tests of the command")]
mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime};

use cloudauth_ledger::{Addition, Begun, Ledger};
use support::{Run, emulator, finish, json, served};

const LATER: Duration = Duration::from_mins(46);

/// Makes a ledger of the same starts, begun that much earlier.
fn age(path: &Path, ids: &[String]) {
    let ledger = Ledger::open(path).unwrap();
    let earlier = SystemTime::now() - LATER;
    let aged: Vec<Begun> = ids
        .iter()
        .map(|id| {
            let mut begun = ledger.find(id).unwrap().unwrap().begun;
            let mut started = json(begun.started.as_deref().unwrap());
            started["initialized_at"] = humantime::format_rfc3339_seconds(earlier).to_string().into();
            (begun.started, begun.begun_at) = (Some(started.to_string()), Some(earlier));
            begun
        })
        .collect();
    drop(ledger);
    for file in std::fs::read_dir(path.parent().unwrap()).unwrap().map(|file| file.unwrap().path()) {
        let is_ledgers = file.file_name().unwrap().to_str().unwrap().starts_with("ledger.db");
        assert!(!is_ledgers || std::fs::remove_file(file).is_ok());
    }
    let mut ledger = Ledger::open(path).unwrap();
    let mut batch = ledger.batch().unwrap();
    for begun in aged {
        assert_eq!(batch.add(begun, SystemTime::now()).unwrap(), Addition::New);
    }
    batch.commit().unwrap();
}

#[test]
fn what_will_have_no_result_is_told_and_not_asked_for_again() {
    let emulator = emulator();
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger.db");
    let path = ledger.to_str().unwrap();
    let start = ["start", "--product-code", "FACE_LIVENESS", "--meta-info", "{}", "--ledger", path];
    for _ in 0..4 {
        finish(&mut served(&emulator, &start)).fine();
    }
    let ids: Vec<String> = emulator.verifications().into_iter().map(|flow| flow.transaction_id).collect();
    let sweep = |more: &[&str]| -> Run { finish(&mut served(&emulator, &[&["sweep", "--ledger", path], more].concat())) };
    let states = |run: &Run| -> BTreeMap<String, String> {
        let state = |line: &str| {
            (json(line)["transaction_id"].as_str().unwrap().to_owned(), json(line)["state"].as_str().unwrap().to_owned())
        };
        run.stdout.lines().map(state).collect()
    };
    let all = |of: [&str; 4]| ids.iter().cloned().zip(of.map(str::to_owned)).collect::<BTreeMap<_, _>>();

    emulator.finish(&ids[0], "200").unwrap();
    emulator.abandon(&ids[1], "OCR_SCAN", "1006").ok().or_else(|| emulator.abandon(&ids[1], "FACE", "1006").ok()).unwrap();
    emulator.enter(&ids[3], "FACE").unwrap();
    let early = sweep(&[]);
    assert_eq!(early.code, Some(0), "{early:?}");
    assert_eq!(states(&early), all(["finished", "in_progress", "not_begun", "in_progress"]), "the log proves nothing yet");
    assert_eq!(states(&sweep(&[])).len(), 4, "all are open");

    // Three quarters of an hour later, by both clocks.
    emulator.advance(LATER);
    age(&ledger, &ids);
    let run = sweep(&[]);
    assert_eq!(states(&run), all(["finished", "abandoned", "expired", "abandoned"]), "{run:?}");
    let line = run.stdout.lines().map(json).find(|line| line["transaction_id"] == *ids[1]).unwrap();
    assert_eq!((&line["error_code"], line["page"].is_string(), line["reason"].is_string()), (&"1006".into(), true, true));
    let again = sweep(&["--format", "table"]);
    assert_eq!((again.code, again.stdout.trim()), (Some(0), "finished  1"), "{again:?}");

    // The result that is there is `bulk`'s to fetch.
    let out = folder.path().join("out");
    let bulk = finish(&mut served(
        &emulator,
        &["bulk", "--ledger", path, "--out", out.to_str().unwrap(), "--no-pictures", "--format", "json"],
    ));
    let outcomes = &json(&bulk.stdout)["outcomes"];
    assert_eq!(
        (bulk.code, &outcomes["fetched"], &outcomes["abandoned"], &outcomes["expired"]),
        (Some(1), &1.into(), &2.into(), &1.into())
    );
    assert_eq!(std::fs::read_to_string(out.join("results.jsonl")).unwrap().lines().count(), 4);
}

#[test]
fn a_service_that_cannot_be_reached_leaves_the_ledger_as_it_is() {
    let emulator = emulator();
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger.db");
    let path = ledger.to_str().unwrap();
    finish(&mut served(&emulator, &["sweep", "--ledger", path])).refused(2, "--ledger: there is no such file");
    let list = folder.path().join("ids.csv");
    let lines: Vec<String> = (0..50).map(|number| format!("ekycpro200-no{number},o")).collect();
    std::fs::write(&list, format!("transaction_id,merchant_biz_id\n{}", lines.join("\n"))).unwrap();
    let out = folder.path().join("out");
    let nowhere = ["--endpoint", "http://127.0.0.1:1", "--patience", "0"];
    let bulk = ["bulk", "--in", list.to_str().unwrap(), "--ledger", path, "--out", out.to_str().unwrap(), "--no-pictures"];
    assert_eq!(finish(&mut served(&emulator, &[&bulk[..], &nowhere].concat())).code, Some(5));
    let sweep = finish(&mut served(&emulator, &[&["sweep", "--ledger", path], &nowhere[..]].concat()));
    assert_eq!(sweep.code, Some(5), "{sweep:?}");
    let sweep = finish(&mut served(&emulator, &["sweep", "--ledger", path]));
    assert_eq!((sweep.code, sweep.stdout.lines().count()), (Some(0), 50), "{sweep:?}");
    assert!(sweep.stdout.lines().all(|line| json(line)["state"] == "finished"));
}
