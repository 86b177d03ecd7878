use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{Run, cloudauth, emulator, finish, json, run, run_with_stdin, served};

const NAME: &str = "Chan Tai Man";
const JPEG: &[u8] = b"\xFF\xD8\xFFcanary";

/// A result in canonical JSON.
fn canonical() -> String {
    let page = json!({"Passed": "Y", "SubCode": "200", "ExtFaceInfo": {"faceComparisonScore": 97.25, "faceAge": 7771},
        "ExtIdInfo": {"ocrIdInfo": {"name": NAME}, "spoofInfo": {"spoofResult": "Y", "spoofType": ["TAMPER", NAME]}}});
    let reply = json!({"RequestId": "R-1", "Code": "Success", "Result": page});
    run_with_stdin(&mut cloudauth(&["decode", "-"]), reply.to_string().as_bytes()).fine()
}

fn report(text: &[u8], more: &[&str]) -> Run {
    run_with_stdin(&mut cloudauth(&[&["report", "-", "--out", "-"], more].concat()), text)
}

#[test]
fn a_result_is_reported_without_its_person() {
    let html = report(canonical().as_bytes(), &[]).fine();
    for due in [
        "<p class=\"verdict good\">Passed</p>",
        "SubCode 200: The verification passed.",
        "97.25 of 100: at or above the service&#39;s own threshold, 90",
        "TAMPER",
        "Not shown: full name.",
        "default-src 'none'; style-src 'sha256-",
    ] {
        assert!(html.contains(due), "{due}: {html}");
    }
    assert!(!html.contains(NAME) && !html.contains("7771"), "{html}");
    let shown = report(canonical().as_bytes(), &["--show"]).fine();
    assert!(shown.contains(NAME) && shown.contains("<input type=\"checkbox\""), "{shown}");
    for html in [html, shown] {
        assert!(!html.contains("<script") && !html.contains("href") && !html.contains("style="), "{html}");
    }
}

#[test]
fn a_failure_is_explained_in_the_catalogues_words() {
    let reply = r#"{"RequestId":"R-1","Code":"Success","Result":{"Passed":"N","SubCode":"205","ExtFaceInfo":"nonsense"}}"#;
    let html = report(reply.as_bytes(), &[]).fine();
    let explained = json(&run(&["explain", "205", "--format", "json"]).fine());
    let advice = explained["advice"].as_str().expect("advice").replace('\'', "&#39;");
    for due in ["<p class=\"verdict bad\">Not passed</p>", &advice, "<td>ExtFaceInfo</td><td>not JSON</td>"] {
        assert!(html.contains(due), "{due}: {html}");
    }
    let unknown = report(reply.replace("205", "Chan").as_bytes(), &["--show"]).fine();
    assert!(unknown.contains("The SubCode is not in the catalogue.") && !unknown.contains("Chan"), "{unknown}");
}

#[test]
fn a_page_is_readable_by_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (result, out) = (folder.path().join("result.json"), folder.path().join("new/report.html"));
    fs::write(&result, canonical()).unwrap();
    for _ in 0..2 {
        let said = run(&["report", result.to_str().unwrap(), "--out", out.to_str().unwrap()]);
        assert_eq!((said.code, said.stdout.as_str()), (Some(0), ""), "{said:?}");
        assert_eq!(said.stderr, format!("wrote {}\n", out.display()));
    }
    assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
    let here = finish(cloudauth(&["report", "result.json"]).current_dir(folder.path()));
    assert_eq!(here.stderr, "wrote ./report.html\n", "{here:?}");
    assert_eq!(fs::read(folder.path().join("report.html")).unwrap(), fs::read(out).unwrap());
}

#[test]
fn pictures_are_shown_of_whatever_has_them() {
    let emulator = emulator();
    let folder = tempfile::tempdir().unwrap();
    let raw = folder.path().join("reply.json");
    let reply = json!({"RequestId": "R-1", "Code": "Success", "Result": {"Passed": "Y", "SubCode": "200",
        "ExtFaceInfo": {"faceImg": STANDARD.encode(JPEG)}}});
    fs::write(&raw, reply.to_string()).unwrap();
    let page = |more: &[&str]| run(&[&["report", raw.to_str().unwrap(), "--out", "-"], more].concat()).fine();
    assert!(page(&["--show"]).contains(&STANDARD.encode(JPEG)));
    assert!(page(&[]).contains("Not shown: one picture."));
    let checked = finish(&mut served(&emulator, &["check", "ekycpro200", "--biz", "demo", "--format", "json"]));
    assert!(report(checked.stdout.as_bytes(), &[]).fine().contains("Passed"));
}

/// An archive with these files, as core writes it.
fn archive(folder: &Path, files: &[(&str, &[u8])]) {
    let hash = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let mut listed = serde_json::Map::new();
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
        listed.insert((*name).to_owned(), json!({"size": bytes.len(), "sha256": hash(bytes)}));
    }
    let mut manifest = json!({"version": 1, "transaction_id": "hkscanary", "merchant_biz_id": "bizcanary", "library": "0.1.0",
        "region": "cn-hongkong", "endpoint": null, "request_id": "R-1", "started_at": "2026-03-01T10:00:00Z",
        "fetched_at": "2026-03-01T10:02:05Z", "archived_at": "2026-03-01T10:02:06Z", "files": listed,
        "missing": {"video": "none_offered", "raw": "not_asked"}});
    let sealed = hash(manifest.to_string().as_bytes());
    manifest["sha256"] = Value::String(sealed);
    fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
    let asked = json!({"asked_at": "2026-03-01T10:02:07Z", "delete_type": "All", "outcome": "deleted", "code": "Success",
        "checks": []});
    let mut receipt = json!({"version": 1, "library": "0.1.0", "transaction_id": "hkscanary", "requests": [asked]});
    receipt["sha256"] = Value::String(hash(receipt.to_string().as_bytes()));
    fs::write(folder.join("receipt.json"), receipt.to_string()).unwrap();
}

fn of_archive(folder: &Path, more: &[&str]) -> String {
    run(&[&["report", folder.to_str().unwrap(), "--out", "-"], more].concat()).fine()
}

#[test]
fn an_archive_is_verified_first() {
    let folder = tempfile::tempdir().unwrap();
    let result = canonical();
    let face = STANDARD.encode(JPEG);
    let files: [(&str, &[u8]); 2] = [("result.json", result.as_bytes()), ("face.jpg", JPEG)];
    archive(folder.path(), &files);
    let (hidden, shown) = (of_archive(folder.path(), &[]), of_archive(folder.path(), &["--show"]));
    for html in [&hidden, &shown] {
        for due in [
            "Whole and unchanged",
            "Passed",
            "2m 5s later",
            "the service offered none",
            "said that it is deleted",
            "<td>face.jpg</td>",
        ] {
            assert!(html.contains(due), "{due}: {html}");
        }
    }
    assert!(!hidden.contains(&face) && !hidden.contains("canary") && !hidden.contains(NAME), "{hidden}");
    assert!(shown.contains(&face) && shown.contains("hkscanary") && shown.contains("bizcanary"), "{shown}");

    fs::write(folder.path().join("face.jpg"), b"\xFF\xD8\xFFforged").unwrap();
    fs::write(folder.path().join(NAME), "").unwrap();
    let html = of_archive(folder.path(), &["--show"]);
    let changed = html.find("<p class=\"verdict bad\">Changed</p>").expect("it says so");
    assert!(changed < html.find("verdict good").expect("the result stands"), "what was changed comes first");
    assert!(html.contains("<td>face.jpg</td><td>9</td><td>changed</td>") && !html.contains("<img"), "{html}");
    assert!(html.contains("a file of another name") && !html.contains(&format!("<td>{NAME}")), "{html}");

    fs::write(folder.path().join("receipt.json"), "{}").unwrap();
    let html = of_archive(folder.path(), &[]);
    assert!(html.contains("<td>receipt.json</td><td></td><td>changed</td>") && !html.contains("is deleted"), "{html}");
    // A verdict that was changed is none.
    fs::write(folder.path().join("result.json"), result.replace("200", "205")).unwrap();
    let html = of_archive(folder.path(), &[]);
    assert!(html.contains("changed") && !html.contains("SubCode") && !html.contains("Passed"), "{html}");
    archive(folder.path(), &files);
    fs::remove_file(folder.path().join("result.json")).unwrap();
    symlink("/etc/passwd", folder.path().join("result.json")).unwrap();
    assert!(of_archive(folder.path(), &["--show"]).contains("<td>no regular file</td>"));
    fs::remove_file(folder.path().join("manifest.json")).unwrap();
    fs::write(folder.path().join("draft.json"), "").unwrap();
    assert!(of_archive(folder.path(), &[]).contains("Not verified"));
}

#[test]
fn a_run_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let lines = [
        r#"{"transaction_id":"t1","outcome":"fetched","passed":true,"sub_code":"200","face_score":99.5,"ended_at":"2026-03-01T10:00:00Z"}"#,
        r#"{"transaction_id":"t2","outcome":"failed","kind":"access_denied","ended_at":"2026-03-01T10:00:01Z"}"#,
        r#"{"transaction_id":"canary3","outcome":"expired"}"#,
        r#"{"transaction_id":"t4","outc"#,
    ];
    fs::write(folder.path().join("results.jsonl"), lines.join("\n")).unwrap();
    let (hidden, shown) = (of_archive(folder.path(), &[]), of_archive(folder.path(), &["--show"]));
    for due in [
        "<dt>Verifications</dt><dd><span>3</span>",
        "<dt>Lines that cannot be read</dt><dd><span>1</span>",
        "<b>expired</b> 1 of 3",
        "<b>200</b> 1 of 1",
        "The verification passed.",
        "0 of 1 are below the service&#39;s own threshold, 90",
        "1.0 a second",
        "<b>access_denied</b> 1 of 1",
    ] {
        assert!(hidden.contains(due) && shown.contains(due), "{due}: {hidden}");
    }
    assert!(shown.contains("canary3") && !hidden.contains("canary3"));
}

#[test]
fn each_line_of_a_real_run_is_read() {
    let (emulator, folder) = (emulator(), tempfile::tempdir().unwrap());
    let (ids, out) = (folder.path().join("ids.csv"), folder.path().join("run"));
    fs::write(&ids, "transaction_id,merchant_biz_id\nidocr212,biz1\nnosuchthing,biz2\n").unwrap();
    let args = ["bulk", "--in", ids.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let bulk = finish(&mut served(&emulator, &args));
    let html = of_archive(&out, &[]);
    for due in ["<dt>Verifications</dt><dd><span>2</span>", "<b>gone</b> 1 of 2", "<b>212</b> 1 of 1", "a second"] {
        assert!(html.contains(due), "{due}: {html} {bulk:?}");
    }
    assert!(!html.contains("cannot be read") && !html.contains("nosuchthing"), "{html}");
}

#[test]
fn a_report_does_not_spoil_an_archive() {
    let folder = tempfile::tempdir().unwrap();
    archive(folder.path(), &[("result.json", canonical().as_bytes())]);
    let path = folder.path().to_str().unwrap();
    run(&["report", path, "--out", &format!("{path}/report.html")]).refused(2, "--out: must not be in an archive");
    finish(cloudauth(&["report", "."]).current_dir(folder.path())).refused(2, "--out: must not be in an archive");
    assert!(of_archive(folder.path(), &[]).contains("Whole and unchanged"));
}

#[test]
fn what_cannot_be_reported_gets_one_clear_line() {
    let folder = tempfile::tempdir().unwrap();
    run(&["report", folder.path().to_str().unwrap()]).refused(2, "must be an archive's folder");
    run(&["report", "/does/not/exist.json"]).refused(6, "/does/not/exist.json: ");
    report(b"", &[]).refused(7, "an empty body");
    report(b"[1]", &[]).refused(7, "not an object");
    report(br#"{"RequestId":"R-2","Code":"ProcessNotCompleted"}"#, &[]).refused(3, "request id R-2");
    let newer = canonical().replacen('{', "{\"newer\":1,", 1);
    report(newer.as_bytes(), &[]).refused(2, "a newer libcloudauth may read it");
    let huge = canonical().replace("97.25", "1e400");
    report(huge.as_bytes(), &[]).refused(2, "json: face.comparison_score: must be a number");
    let lone = canonical().replace(NAME, "\\ud800");
    report(lone.as_bytes(), &[]).refused(2, "PATH: must hold a result as JSON: unexpected end of hex escape");
    run(&["report", "/", "--out", "/"]).refused(2, "--out: must name a file");
}

#[test]
fn no_text_of_a_result_is_markup() {
    let hostile = "</style><script>alert(1)</script>\" onload='x' javascript:alert(1) \u{202e}moc.elpmaxe\u{0}";
    let long = "A".repeat(1 << 20);
    let reply = json!({"RequestId": hostile, "Code": "Success", "Result": {"Passed": hostile, "SubCode": hostile, hostile: hostile,
        "ExtFaceInfo": {"docVideoUrl": "javascript:alert(2)", "faceComparisonScore": "1e400", "faceQuality": 1e300, hostile: 1},
        "ExtIdInfo": {"ocrIdInfo": {"name": hostile, "address": long, hostile: hostile}, "ocrIdPassed": "\u{fffd}"},
        "ExtSourceInfo": "{\"a\":\"\\ud800\",\"n\":1e400}"}});
    for more in [&[][..], &["--show"]] {
        let html = report(reply.to_string().as_bytes(), more).fine();
        assert_eq!(html.matches("<style>").count() + html.matches("</style>").count(), 2, "{more:?}");
        for never in ["<script", " onload='", "href", "\u{202e}", "\u{0}"] {
            assert!(!html.contains(never), "{never}");
        }
        // Where it is shown, it is text, and as long as can be read.
        assert_eq!(html.contains("&lt;/style&gt;&lt;script&gt;") && html.contains("⟨U+202E⟩moc"), !more.is_empty());
        assert_eq!(html.contains("more characters"), !more.is_empty());
        assert!(html.len() < 100_000, "{}", html.len());
    }
}
