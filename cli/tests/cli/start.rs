use std::path::Path;

use cloudauth_emulator::Emulator;
use serde_json::json;

use crate::support::{cloudauth, emulator, finish, json, mode, run, served};

const START: [&str; 9] =
    ["start", "--product-code", "eKYC_PRO", "--meta-info", "{}", "--merchant-user-id", "u", "--doc-type", "GLB03002"];

fn started(emulator: &Emulator, out: &Path) -> String {
    let out = out.to_str().unwrap();
    finish(&mut served(emulator, &[&START[..], &["--biz", "order1", "--id-spoof", "true", "--out", out]].concat())).fine()
}

#[test]
fn a_start_is_kept_and_its_result_waited_for() {
    let emulator = emulator();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("started.json");
    let url = started(&emulator, &out);
    assert_eq!((mode(&out), url.lines().count()), (0o600, 1));
    let kept = json(&std::fs::read_to_string(&out).unwrap());
    assert_eq!(kept["transaction_url"], url.trim_end());
    assert_eq!((&kept["version"], &kept["endpoint"]), (&json!(1), &json!(emulator.endpoint())));
    assert_eq!((&kept["merchant_biz_id"], &kept["id_spoof"]), (&json!("order1"), &json!(true)));
    emulator.finish(kept["transaction_id"].as_str().unwrap(), "212").unwrap();
    // Where to ask comes from the file.
    let mut wait = cloudauth(&["wait", out.to_str().unwrap()]);
    wait.env("ALIBABA_CLOUD_ACCESS_KEY_ID", emulator.access_key_id());
    wait.env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", emulator.access_key_secret());
    let waited = finish(&mut wait);
    assert_eq!((waited.code, &json(&waited.stdout)["sub_code"]), (Some(1), &json!("212")), "{waited:?}");
    // Keys go to no server that the file names and the environment does not.
    wait.env("CLOUDAUTH_ENDPOINT", "http://127.0.0.1:1");
    finish(&mut wait).refused(2, "FILE: belongs to another endpoint");
    wait.env_remove("CLOUDAUTH_ENDPOINT");
    finish(wait.args(["--region", "cn-hongkong"])).refused(2, "FILE: belongs to an endpoint");
    let delete = |file: &str| {
        let mut delete = cloudauth(&["delete", file, "--delete-type", "All"]);
        delete.env("ALIBABA_CLOUD_ACCESS_KEY_ID", emulator.access_key_id());
        delete.env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", emulator.access_key_secret());
        finish(delete.current_dir(folder.path()))
    };
    // Without a dot, a name is a file's where there is one.
    std::fs::copy(&out, folder.path().join("started")).unwrap();
    let receipt = json(&delete("started").fine());
    assert_eq!((&receipt["deleted"], &receipt["transaction_id"]), (&json!(true), &kept["transaction_id"]));
    let calls = emulator.calls().len();
    delete("./started.jso").refused(6, "./started.jso: ");
    delete("started.jso").refused(6, "started.jso: ");
    assert_eq!(emulator.calls().len(), calls);
    assert_eq!(delete("started.json").code, Some(1), "it is deleted already");
}

#[test]
fn of_starts_with_one_file_one_has_it() {
    let emulator = emulator();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("started.json");
    let arguments = [&START[..], &["--out", out.to_str().unwrap()]].concat();
    let start = || finish(&mut served(&emulator, &arguments));
    let runs: Vec<_> = std::thread::scope(|scope| {
        let starts = [(); 4].map(|()| scope.spawn(start));
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    });
    assert_eq!(runs.iter().filter(|run| run.code == Some(0)).count(), 1, "{runs:?}");
    // What was begun is printed where the file has been taken meanwhile.
    assert!(runs.iter().all(|run| matches!(run.code, Some(0 | 2)) || json(&run.stdout)["callback_token"].is_null()), "{runs:?}");
}

#[test]
fn without_a_file_what_is_to_be_kept_is_printed() {
    let emulator = emulator();
    let folder = tempfile::tempdir().unwrap();
    let (meta, style) = (folder.path().join("meta.json"), "{\"a\": 1}");
    std::fs::write(&meta, "{\"zimVer\":\"1.0\"}\n").unwrap();
    let meta = format!("@{}", meta.display());
    let arguments = ["start", "--product-code", "FACE_LIVENESS", "--meta-info", &meta, "--style-config", style];
    let kept = json(&finish(&mut served(&emulator, &arguments)).fine());
    assert_eq!(kept["product_code"], "FACE_LIVENESS");
    assert_eq!(kept["merchant_biz_id"].as_str().map(str::len), Some(32), "one is made");
}

#[test]
fn nothing_is_sent_where_an_argument_breaks_a_rule_or_the_file_is_there() {
    let emulator = emulator();
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("there.json");
    std::fs::write(&there, "").unwrap();
    let refused = |more: &[&str], code, words| {
        finish(&mut served(&emulator, &[&START[..], more].concat())).refused(code, words);
    };
    refused(&["--out", there.to_str().unwrap()], 2, "--out: there is a file of this name");
    refused(&["--out", "/dev/null/started.json"], 6, "/dev/null");
    refused(&["--biz", "a-b"], 2, "--biz: must hold letters and digits only");
    refused(&["--scene-code", "a-b"], 2, "--scene-code: must be at most 10 letters");
    refused(&["--id-spoof", "Y"], 2, "--id-spoof");
    refused(&["--return-faces", "many"], 2, "--return-faces: must be a whole number");
    refused(&["--callback-url", "http://merchant.example"], 2, "--callback-url: must begin with https://");
    refused(&["--callback-token", "@"], 2, "--callback-token: @ must be followed");
    finish(&mut served(&emulator, &["start", "--product-code", "eKYC_PRO"])).refused(2, "--meta-info");
    assert!(emulator.calls().is_empty());
    let path = there.to_str().unwrap();
    run(&["wait", path]).refused(2, "there.json: is not JSON");
    std::fs::write(&there, "{}").unwrap();
    run(&["status", path]).refused(2, "there.json: must be what cloudauth start gives; it has no version");
    run(&["wait", "/does/not/exist"]).refused(6, "/does/not/exist");
}
