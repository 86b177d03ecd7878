use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::support::{cloudauth, finish, is_jpeg, is_png, json, mode};

const PICTURES: [&str; 5] = [
    "ekycpro/face.jpg",
    "ekycpro/document-01.jpg",
    "faceliveness/face.jpg",
    "idocr/document-01.png",
    "faceverification/face.jpg",
];

#[test]
fn it_shows_and_files_all_four_products() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("demo");
    let out_text = out.to_str().unwrap();
    // Twice: files of an earlier demo give way.
    finish(&mut cloudauth(&["demo", "--out", out_text])).fine();
    let said = finish(&mut cloudauth(&["demo", "--out", out_text])).fine();

    for product in ["eKYC_PRO  ", "FACE_LIVENESS  ", "ID_OCR  ", "FACE_VERIFY  "] {
        assert!(said.contains(product), "{product}: {said}");
    }
    assert_eq!(said.matches("signed with ACS3-HMAC-SHA256, verified: HTTP 200").count(), 2, "{said}");
    assert_eq!(said.matches("signed with HMAC-SHA1, verified: HTTP 200").count(), 2, "{said}");
    assert_eq!(said.matches("NOT PASSED").count(), 2, "{said}");
    assert!(said.contains("233  A similar face is already registered."), "{said}");
    assert!(said.contains("99.12") && said.contains("SCREEN_REMARK"), "{said}");
    assert!(!said.contains('\u{1b}'), "colours for no terminal: {said}");

    for name in PICTURES {
        let path = out.join(name);
        assert!(said.contains(path.to_str().unwrap()), "{name}: {said}");
        assert_eq!(mode(&path), 0o600, "{name}");
        assert!(if name.ends_with("png") { is_png(&path) } else { is_jpeg(&path) }, "{name}");
    }
    for variant in ["ekycpro", "faceliveness", "idocr", "faceverification"] {
        let path = out.join(variant).join("result.json");
        assert_eq!(mode(&path), 0o600, "{variant}");
        let result = json(&std::fs::read_to_string(&path).unwrap());
        assert!(result["sub_code"].is_string() && result["problems"].as_array().unwrap().is_empty(), "{variant}");
    }
    let steps = said.split("eKYC_PRO  the whole way").nth(1).unwrap().lines().filter_map(|line| line.strip_prefix("  "));
    let steps: Vec<_> = steps.filter_map(|line| line.split_whitespace().next()).take(8).collect();
    assert_eq!(steps, ["start", "status", "person", "callback", "archive", "delete", "status", "report"], "{said}");
    assert!(said.contains("not_begun") && said.contains("gone"), "{said}");
    assert_eq!(mode(&out.join("journey/started.json")), 0o600);
    for name in ["archive/manifest.json", "archive/video.webm", "archive/receipt.json", "report.html"] {
        assert_eq!(mode(&out.join("journey").join(name)), 0o600, "{name}");
    }
    assert_eq!(mode(&out), 0o700);
    assert_eq!(std::fs::read_dir(out.join("ekycpro")).unwrap().count(), 3, "no temporary file is left");
}

#[test]
fn without_a_folder_it_takes_a_fresh_one() {
    let temporary = tempfile::tempdir().unwrap();
    let said = finish(cloudauth(&["demo"]).env("TMPDIR", temporary.path())).fine();
    let made: Vec<_> = std::fs::read_dir(temporary.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(made.len(), 1, "{made:?}");
    assert!(said.contains(&format!("Everything is in {}", made[0].display())), "{said}");
    assert!(is_jpeg(&made[0].join("ekycpro/face.jpg")));
}

// Finding K10: the lines named a command that is not on the path.
#[test]
fn its_last_lines_work_as_printed() {
    let said = finish(&mut cloudauth(&["demo"])).fine();
    let lines: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    let [.., serve, keys, check] = lines[..] else { panic!("{said}") };
    let shell = |script: &str| {
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", script]).env_clear().env("PATH", "/usr/bin:/bin").stdout(Stdio::piped());
        shell
    };
    // The port may be somebody else's here.
    let mut serving = shell(&format!("exec {}", serve.replace(":8080", ":0"))).spawn().unwrap();
    let mut ready = String::new();
    BufReader::new(serving.stdout.take().unwrap()).read_line(&mut ready).unwrap();
    let address = json(&ready)["endpoint"].as_str().unwrap().replace("http://", "");
    let checked = shell(&format!("{keys}\n{}", check.replace("127.0.0.1:8080", &address))).output().unwrap();
    serving.kill().unwrap();
    serving.wait().unwrap();
    assert!(checked.status.success() && String::from_utf8_lossy(&checked.stdout).contains("passed"), "{checked:?}");
}

#[test]
fn the_hosts_settings_do_not_matter() {
    let temporary = tempfile::tempdir().unwrap();
    let mut command = cloudauth(&["demo"]);
    command.env("TMPDIR", temporary.path()).env("CLOUDAUTH_ENDPOINT", "https://example.invalid");
    command.env("CLOUDAUTH_REGION", "nowhere").env("HTTP_PROXY", "http://127.0.0.1:1").env("ALL_PROXY", "http://127.0.0.1:1");
    finish(&mut command).fine();
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let run = finish(&mut cloudauth(&["demo", "--out", file.path().to_str().unwrap()]));
    assert_eq!(run.code, Some(6), "{run:?}");
    assert!(run.stderr.contains(file.path().to_str().unwrap()), "{run:?}");
}
