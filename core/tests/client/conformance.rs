//! Every case of `tests/conformance/cases`, offline and over a real socket.

use std::path::{Path, PathBuf};
use std::{fs, thread};

use crate::support::{builder, request};
use crate::ways::WAYS;
use cloudauth_core::{Error, Kind, Result, Signature, canonical_json, decode, from_json, to_json};
use cloudauth_emulator::{Emulator, Options};

struct Case {
    name: String,
    status: u16,
    body: Vec<u8>,
    expected: Expected,
}

impl Case {
    fn is_throttled(&self) -> bool {
        matches!(&self.expected, Expected::Error(error) if error.starts_with("kind: throttled\n"))
    }
}

enum Expected {
    Json(String),
    Error(String),
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/conformance/cases")
}

fn cases() -> Vec<Case> {
    let groups = fs::read_dir(folder()).unwrap();
    let folders = groups.flat_map(|group| fs::read_dir(group.unwrap().path()).unwrap());
    let mut cases: Vec<Case> = folders.map(|folder| case(&folder.unwrap().path())).collect();
    assert!(cases.len() >= 888, "only {} cases", cases.len());
    // Throttled ones last: they slow their client down.
    cases.sort_by_cached_key(|case| (case.is_throttled(), case.name.clone()));
    cases
}

fn case(path: &Path) -> Case {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let reply = fs::read(path.join("reply.http")).unwrap();
    let head_end = reply.windows(2).position(|pair| pair == b"\n\n").expect("a blank line ends the head");
    let head = std::str::from_utf8(&reply[..head_end]).unwrap();
    let status = head.split(' ').nth(1).unwrap().trim().parse().unwrap();
    let expected = match fs::read_to_string(path.join("expected.json")) {
        Ok(json) => Expected::Json(json),
        Err(_) => Expected::Error(fs::read_to_string(path.join("expected.error")).unwrap()),
    };
    Case { name, status, body: reply[head_end + 2..].to_vec(), expected }
}

/// The error in the words of `expected.error`.
fn described(error: &Error) -> String {
    let mut lines = format!("kind: {}\n", error.kind().name());
    let mut line = |name: &str, value: Option<String>| {
        lines.extend(value.map(|value| format!("{name}: {value}\n")));
    };
    line("code", error.code().map(str::to_owned));
    line("http_status", error.http_status().map(|status| status.to_string()));
    line("request_id", error.request_id().map(str::to_owned));
    line("retry_after_ms", error.retry_after().map(|time| time.as_millis().to_string()));
    line("retryable", Some(error.retryable().to_string()));
    lines
}

/// What differs from what the case expects.
fn difference(
    case: &Case,
    outcome: Result<cloudauth_core::CheckResult>,
    way: &str,
    expected_error: impl Fn(&str) -> String,
) -> Option<String> {
    let expected = match &case.expected {
        Expected::Json(json) => json.clone(),
        Expected::Error(error) => expected_error(error),
    };
    let got = outcome.map_or_else(|error| described(&error), |result| canonical_json(&result).unwrap());
    let shown = |text: &str| text.chars().take(2000).collect::<String>();
    (expected != got).then(|| format!("{} ({way})\n  expected {}\n  got      {}", case.name, shown(&expected), shown(&got)))
}

fn report(differences: &[String], total: usize) {
    assert!(differences.is_empty(), "{} of {total} differ:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn every_case_holds_offline() {
    let without_status =
        |expected: &str| expected.split_inclusive('\n').filter(|line| !line.starts_with("http_status:")).collect();
    let cases: Vec<Case> = cases().into_iter().filter(|case| case.status == 200).collect();
    let differences: Vec<String> =
        cases.iter().filter_map(|case| difference(case, decode(&case.body), "offline", without_status)).collect();
    report(&differences, cases.len());
}

// Finding G8: a result that was stored lost its pictures.
#[test]
fn every_result_is_read_as_it_was_stored() {
    let results: Vec<_> = cases().iter().filter_map(|case| decode(&case.body).ok()).collect();
    assert!(results.len() > 600, "only {} results", results.len());
    for result in results {
        let text = to_json(&result).unwrap();
        let again = from_json(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(to_json(&again).unwrap(), text);
        assert_eq!(canonical_json(&again).unwrap(), canonical_json(&result).unwrap());
    }
}

/// A file's name and bytes.
type File = (String, Vec<u8>);

fn stored(folder: &str) -> Vec<File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/conformance").join(folder);
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let stored = paths.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    stored.map(|path| (path.with_extension("").to_str().unwrap().to_owned(), fs::read(&path).unwrap())).collect()
}

// Finding G8: what one language stored, every other one reads.
#[test]
fn every_stored_result_is_read_and_written_again() {
    let files = stored("stored");
    assert!(files.len() >= 10, "only {}", files.len());
    let cases = cases();
    for (path, text) in files {
        let name = Path::new(&path).file_name().unwrap().to_str().unwrap();
        let case = cases.iter().find(|case| case.name == name).unwrap();
        let result = from_json(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(to_json(&result).unwrap().as_bytes(), text, "{path}");
        assert_eq!(to_json(&decode(&case.body).unwrap()).unwrap().as_bytes(), text, "{path}");
        assert_eq!(difference(case, Ok(result), "stored", str::to_owned), None);
    }
}

#[test]
fn what_is_no_stored_result_is_refused() {
    let files = stored("stored/refused");
    assert!(files.len() >= 11, "only {}", files.len());
    for (path, text) in files {
        let error = from_json(&text).expect_err(&path);
        assert_eq!(error.kind(), Kind::InvalidArgument, "{path}");
        assert_eq!(error.message(), fs::read_to_string(format!("{path}.error")).unwrap(), "{path}");
    }
}

// As a result is stored, it names what is absent, and stands deeper than it came.
#[test]
fn the_deepest_and_the_largest_result_are_read_as_they_were_stored() {
    let deepest = |levels: usize| {
        let document = format!(r#"{{"ocrIdInfo":{{"name":"A","zz":{}1{}}}}}"#, "[".repeat(levels), "]".repeat(levels));
        serde_json::json!({"Code": "Success", "RequestId": "r", "Result": {"ExtIdInfo": document}}).to_string()
    };
    let pages: serde_json::Map<_, _> =
        (0..3000).map(|number| (format!("{number:04}"), serde_json::json!({"ocrIdInfo": {"name": "A"}}))).collect();
    let largest = serde_json::json!({"Code": "Success", "RequestId": "r", "Result": {"ExtIdInfo": {"ocrIdInfoData": pages}}});
    for body in (118..128).map(deepest).chain([largest.to_string()]) {
        let result = decode(body.as_bytes()).unwrap();
        let text = to_json(&result).unwrap();
        assert_eq!(to_json(&from_json(text.as_bytes()).unwrap()).unwrap(), text);
    }
}

// Finding G8: auditors want the bytes.
#[test]
fn every_reply_is_kept_as_it_came_where_that_is_wanted() {
    let emulator = Emulator::start(Options { cases: Some(folder()), ..Options::default() }).unwrap();
    let client = |keep| builder(emulator.endpoint()).keep_raw(keep).max_attempts(1).build_blocking().unwrap();
    let (keeping, plain) = (client(true), client(false));
    let mut kept = 0;
    for (position, case) in cases().iter().filter(|case| case.status == 200).step_by(7).enumerate() {
        let call = |client| WAYS[position % 2](client, &request(&case.name).return_image(true));
        let (Ok(with), Ok(without)) = (call(&keeping), call(&plain)) else { continue };
        assert_eq!(with.raw(), Some(&*case.body), "{}", case.name);
        assert_eq!(without.raw(), None);
        // It is nothing that a result says, stores or shows.
        assert_eq!(with, without);
        assert_eq!(to_json(&with).unwrap(), to_json(&without).unwrap());
        assert_eq!(canonical_json(&with).unwrap(), canonical_json(&without).unwrap());
        assert_eq!(format!("{with:?}"), format!("{without:?}"));
        assert_eq!(with.clone().raw(), with.raw());
        kept += 1;
    }
    assert!(kept > 80, "only {kept}");
}

#[test]
fn every_case_holds_over_a_socket() {
    let emulator = Emulator::start(Options { cases: Some(folder()), ..Options::default() }).unwrap();
    let client = |signature| builder(emulator.endpoint()).signature(signature).max_attempts(1).build_blocking().unwrap();
    let clients = [client(Signature::Acs3), client(Signature::Rpc1)];
    let cases = cases();
    let differences: Vec<String> = thread::scope(|scope| {
        let halves = clients.iter().enumerate().map(|(half, client)| {
            let cases = &cases;
            scope.spawn(move || {
                let mine = cases.iter().skip(half).step_by(2);
                let call = |case: &Case| WAYS[half](client, &request(&case.name).return_image(true));
                mine.filter_map(|case| difference(case, call(case), "socket", str::to_owned)).collect::<Vec<_>>()
            })
        });
        let halves: Vec<_> = halves.collect();
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    report(&differences, cases.len());
}
