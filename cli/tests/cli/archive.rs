use std::fs;
use std::path::Path;

use cloudauth_emulator::Emulator;
use serde_json::{Value, json as object};

use crate::support::{emulator, finish, json, served};

/// A verification that was started, kept in `started.json` of `folder`; gives its transaction's id.
fn start(emulator: &Emulator, folder: &Path) -> (String, String) {
    let file = folder.join("started.json").to_str().unwrap().to_owned();
    let given = ["start", "--product-code", "eKYC_PRO", "--meta-info", "{}", "--doc-type", "GLB03002", "--doc-video", "true"];
    finish(&mut served(emulator, &[&given[..], &["--out", &file]].concat())).fine();
    let started: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    (file, started["transaction_id"].as_str().unwrap().to_owned())
}

#[test]
fn a_verification_is_archived_deleted_verified_and_purged() {
    let (emulator, place) = (emulator(), tempfile::tempdir().unwrap());
    let (file, transaction) = start(&emulator, place.path());
    let (root, out) = (place.path().join("archives"), place.path().join("archives/1"));
    let out = out.to_str().unwrap();
    let archive = |more: &[&str]| {
        let given = [&["archive", &file, "--out", out, "--video-host", "127.0.0.1"], more].concat();
        finish(&mut served(&emulator, &given))
    };
    assert_eq!(archive(&[]).code, Some(3), "the person is not done");
    assert!(!Path::new(out).exists());
    emulator.finish(&transaction, "200").unwrap();
    let said = json(&archive(&[]).fine());
    assert_eq!((&said["outcome"], &said["missing"], &said["passed"]), (&"archived".into(), &object!({}), &true.into()));
    assert!(said.get("deletion").is_none() && !said.to_string().contains("EXAMPLE"), "{said}");
    let again = json(&archive(&["--then-delete", "All"]).fine());
    assert_eq!(
        (&again["outcome"], &again["deletion"], &again["afterwards"]),
        (&"unchanged".into(), &"deleted".into(), &"absent".into())
    );
    assert_eq!(again["manifest_sha256"], said["manifest_sha256"]);
    assert!(fs::read_to_string(Path::new(out).join("receipt.json")).unwrap().contains(&transaction));

    let verify = || finish(&mut served(&emulator, &["archive", "verify", out]));
    assert_eq!(json(&verify().fine())["complete"], true);
    let purge = |older_than: &str, more: &[&str]| {
        let given = [&["archive", "purge", root.to_str().unwrap(), "--older-than", older_than], more].concat();
        let run = finish(&mut served(&emulator, &given));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        json(&run.stdout)["action"].clone()
    };
    assert_eq!(purge("1d", &["--yes"]), "keep_young");
    assert_eq!(purge("0d", &[]), "remove");
    assert!(Path::new(out).exists(), "without --yes");
    let face = Path::new(out).join("face.jpg");
    let whole = fs::read(&face).unwrap();
    fs::write(&face, &whole[1..]).unwrap();
    let run = verify();
    assert_eq!((run.code, json(&run.stdout)["problems"][0]["file"].clone()), (Some(1), "face.jpg".into()));
    assert_eq!(purge("0d", &["--yes"]), "keep_unverified");
    fs::write(&face, whole).unwrap();
    assert_eq!(purge("0d", &["--yes"]), "remove");
    assert!(!Path::new(out).exists() && root.exists());
}

#[test]
fn what_stands_against_a_deletion_ends_with_1() {
    let (emulator, place) = (emulator(), tempfile::tempdir().unwrap());
    let (file, transaction) = start(&emulator, place.path());
    emulator.finish(&transaction, "200").unwrap();
    let out = place.path().join("a").to_str().unwrap().to_owned();
    let given = ["archive", &file, "--out", &out, "--video", "false", "--then-delete", "All"];
    let run = finish(&mut served(&emulator, &given));
    let said = json(&run.stdout);
    assert_eq!((run.code, &said["deletion"], &said["withheld_for"]), (Some(1), &"withheld".into(), &object!(["no_video"])));
    let said = json(&finish(&mut served(&emulator, &[&given[..], &["--even-so", "no_video"]].concat())).fine());
    assert_eq!((&said["deletion"], &said["afterwards"]), (&"deleted".into(), &"absent".into()));
}

#[test]
fn an_argument_that_breaks_a_rule_is_named_as_it_was_given() {
    let (emulator, place) = (emulator(), tempfile::tempdir().unwrap());
    let (file, _) = start(&emulator, place.path());
    let calls = emulator.calls().len();
    let out = place.path().join("a").to_str().unwrap().to_owned();
    let refused =
        |arguments: &[&str], words| finish(&mut served(&emulator, &[&["archive"], arguments].concat())).refused(2, words);
    refused(&[&file], "--out");
    refused(&[&file, "--out", ""], "--out: must not be empty");
    refused(&["--out", &out], "FILE");
    refused(&[&file, "--out", &out, "--then-delete", "all"], "--then-delete: must be Img, Text or All");
    refused(&[&file, "--out", &out, "--even-so", "pending"], "--even-so: says nothing without --then-delete");
    refused(&[&file, "--out", &out, "--raw", "false", "--then-delete", "All"], "leave --raw as it is");
    refused(&[&file, "--out", &out, "--max-video-bytes", "x"], "--max-video-bytes: must be a whole number");
    refused(&["purge", &out], "--older-than");
    refused(&["purge", &out, "--older-than", "1m"], "must be a number and h, d, w or y");
    assert!(emulator.calls().len() == calls && !Path::new(&out).exists());
    assert_eq!(finish(&mut served(&emulator, &["archive", "verify", &out])).code, Some(6));
}
