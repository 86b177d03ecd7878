use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use cloudauth_emulator::Emulator;
use serde_json::{Value, json as object};

use crate::support::{Run, emulator, finish, json, served};

/// A verification that was started, kept in `started.json` of `folder`; gives its transaction's id.
pub(crate) fn start(emulator: &Emulator, folder: &Path) -> (String, String) {
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
        let action = json(&run.stdout)["action"].clone();
        let is_kept = action == "keep_unverified" && more.contains(&"--yes");
        assert_eq!(run.code, Some(i32::from(is_kept)), "{}", run.stderr);
        action
    };
    assert_eq!(purge("1d", &["--yes"]), "keep_young");
    assert_eq!(purge("0d", &[]), "remove");
    assert!(Path::new(out).exists(), "without --yes");
    let face = Path::new(out).join("face.jpg");
    let whole = fs::read(&face).unwrap();
    fs::write(&face, &whole[1..]).unwrap();
    let run = verify();
    assert_eq!((run.code, json(&run.stdout)["problems"][0]["file"].clone()), (Some(1), "face.jpg".into()));
    assert_eq!(purge("0d", &[]), "keep_unverified");
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
    refused(&["purge", &out, "--older-than", "1d"], "FOLDER: there is no such folder");
    refused(&["purge", &file, "--older-than", "1d"], "FOLDER: is no folder");
    refused(&["purge", &out, "--older-than", "1m"], "must be a number and h, d, w or y");
    assert!(emulator.calls().len() == calls && !Path::new(&out).exists());
    assert_eq!(finish(&mut served(&emulator, &["archive", "verify", &out])).code, Some(6));
}

#[test]
fn an_archive_that_was_interrupted_is_named_and_goes_where_that_is_asked_for() {
    let (emulator, place) = (emulator(), tempfile::tempdir().unwrap());
    let (file, transaction) = start(&emulator, place.path());
    emulator.finish(&transaction, "200").unwrap();
    let out = place.path().join("archives/1");
    // The emulator's video is on a host that is not allowed unless it is named.
    let run = finish(&mut served(&emulator, &["archive", &file, "--out", out.to_str().unwrap()]));
    assert!(run.code != Some(0) && out.join("face.jpg").exists() && !out.join("manifest.json").exists(), "{run:?}");
    let purge = |older_than: &str, more: &[&str]| {
        let root = place.path().join("archives");
        let given = [&["archive", "purge", root.to_str().unwrap(), "--older-than", older_than], more].concat();
        let run = finish(&mut served(&emulator, &given));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let line = json(&run.stdout);
        (line["action"].as_str().unwrap().to_owned(), line["done"].as_bool().unwrap(), run.stderr)
    };
    let said = |action: &str, is_done, words: &str| (action.to_owned(), is_done, format!("{words}\n"));
    assert_eq!(purge("1d", &["--interrupted", "--yes"]), said("keep_young", false, "removed 0, kept 1"));
    assert_eq!(purge("0d", &["--yes"]), said("interrupted", false, "removed 0, kept 1"));
    assert_eq!(purge("0d", &["--interrupted"]), said("interrupted", false, "--yes would remove 1, and keep 0"));
    assert!(out.join("face.jpg").exists());
    assert_eq!(purge("0d", &["--interrupted", "--yes"]), said("interrupted", true, "removed 1, kept 0"));
    assert!(!out.exists());
}

#[test]
fn a_signal_ends_it_in_good_order_and_another_run_completes_it() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        let (emulator, place) = (emulator(), tempfile::tempdir().unwrap());
        let (file, transaction) = start(&emulator, place.path());
        emulator.finish(&transaction, "200").unwrap();
        emulator.set_faults(vec!["stall-mid-body:action=video".parse().unwrap()], None, 0).unwrap();
        let out = place.path().join("a");
        let given = ["archive", &file, "--out", out.to_str().unwrap(), "--video-host", "127.0.0.1"];
        let child = served(&emulator, &given).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let names = || -> Vec<String> {
            let there = fs::read_dir(&out).into_iter().flatten();
            there.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
        };
        let is_under_way = || names().iter().any(|name| name.starts_with('.'));
        let end = Instant::now() + Duration::from_secs(30);
        while !is_under_way() {
            assert!(Instant::now() < end, "no download begins: {:?}", names());
            thread::sleep(Duration::from_millis(5));
        }
        let begun = Instant::now();
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        let run: Run = child.wait_with_output().unwrap().into();
        let said = "cloudauth: stopped by a signal; another run completes the archive\n";
        assert_eq!((run.code, &*run.stdout, &*run.stderr), (Some(8), "", said), "{signal}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        let left = names();
        assert!(left.contains(&"draft.json".to_owned()) && !left.iter().any(|name| name.contains(".part")), "{left:?}");
        emulator.set_faults(Vec::new(), None, 0).unwrap();
        assert_eq!(json(&finish(&mut served(&emulator, &given)).fine())["outcome"], "archived");
    }
}
