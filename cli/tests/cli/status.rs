use std::time::Duration;

use cloudauth_emulator::Emulator;
use serde_json::json;

use crate::support::{emulator, finish, json, served};

/// Where the start that `path` keeps stands, and the exit code.
fn status(emulator: &Emulator, path: &str) -> (Option<i32>, serde_json::Value) {
    let run = finish(&mut served(emulator, &["status", path]));
    assert_eq!(run.stderr, "", "{run:?}");
    (run.code, json(&run.stdout))
}

#[test]
fn each_state_has_its_exit_code() {
    let emulator = emulator();
    let folder = tempfile::tempdir().unwrap();
    let start = |name: &str| {
        let path = folder.path().join(name).display().to_string();
        let arguments = ["start", "--product-code", "FACE_LIVENESS", "--meta-info", "{}", "--out", &path];
        finish(&mut served(&emulator, &arguments)).fine();
        let kept = json(&std::fs::read_to_string(&path).unwrap());
        (path, kept)
    };
    let id = |kept: &serde_json::Value| kept["transaction_id"].as_str().unwrap().to_owned();
    let (path, kept) = start("finished.json");
    let (code, said) = status(&emulator, &path);
    assert_eq!((code, &said["state"], &said["page"]), (Some(3), &json!("not_begun"), &json!(null)));
    emulator.finish(&id(&kept), "205").unwrap();
    // How it ended is the result's to say.
    let finished = json!({"state": "finished", "page": null, "error_code": null, "reason": "CheckResult has the result."});
    assert_eq!(status(&emulator, &path), (Some(0), finished));
    let (path, mut kept) = start("abandoned.json");
    emulator.abandon(&id(&kept), "FACE", "1006").unwrap();
    emulator.advance(Duration::from_mins(31));
    // The command's own clock has not moved.
    kept["initialized_at"] = json!("2026-01-01T00:00:00Z");
    std::fs::write(&path, kept.to_string()).unwrap();
    let (code, said) = status(&emulator, &path);
    assert_eq!(
        (code, &said["state"], &said["page"], &said["error_code"]),
        (Some(1), &json!("abandoned"), &json!("FACE"), &json!("1006"))
    );
    let table = finish(&mut served(&emulator, &["status", &path, "--format", "table"]));
    assert_eq!((table.code, table.stdout.lines().next()), (Some(1), Some("state       abandoned")), "{table:?}");
    kept["transaction_id"] = json!("hks0");
    std::fs::write(&path, kept.to_string()).unwrap();
    let (code, said) = status(&emulator, &path);
    assert_eq!((code, &said["state"]), (Some(1), &json!("gone")));
    kept["endpoint"] = json!("http://127.0.0.1:1");
    std::fs::write(&path, kept.to_string()).unwrap();
    finish(&mut served(&emulator, &["status", &path, "--endpoint", emulator.endpoint()]))
        .refused(2, "FILE: belongs to another endpoint");
}
