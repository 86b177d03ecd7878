use std::fs;
use std::path::Path;

use cloudauth_emulator::{Emulator, Options};

use crate::signer::{Call, SCHEMES, Scheme};

fn case(folder: &Path, name: &str, reply: &[u8]) {
    fs::create_dir_all(folder.join(name)).unwrap();
    fs::write(folder.join(name).join("reply.http"), reply).unwrap();
}

fn start(folder: &Path) -> std::io::Result<Emulator> {
    Emulator::start(Options { cases: Some(folder.to_owned()), ..Options::default() })
}

#[test]
fn a_case_is_answered_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let body = b"\xef\xbb\xbf{\"Code\":\"Odd\"}\n\0\xff";
    let head = b"HTTP/1.1 429 Too Many\nContent-Length: 1\nTransfer-Encoding: chunked\nX-Case: one\nContent-Type: text/odd\nDate: Thu, 01 Jan 1970 00:00:00 GMT\n\n";
    case(folder.path(), "odd-1", &[&head[..], body].concat());
    case(&folder.path().join("errors/redirects"), "error-302", b"HTTP/1.1 302 Found\nLocation: http://127.0.0.1:1/\n\n");
    case(folder.path(), "idocr200", b"HTTP/1.1 200 OK\n\n{\"Code\":\"Mine\"}");
    fs::write(folder.path().join("README.md"), "not a case").unwrap();
    let emulator = start(folder.path()).unwrap();
    for scheme in SCHEMES {
        let reply = Call::check(&emulator, scheme, "odd-1").send();
        assert_eq!((reply.status, &reply.body[..]), (429, &body[..]));
        let mut headers = reply.headers.clone();
        headers.sort();
        let want = [
            ("content-length", "20"),
            ("content-type", "text/odd"),
            ("date", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("x-case", "one"),
        ];
        assert_eq!(headers, want.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
    let redirect = Call::check(&emulator, Scheme::Acs3, "error-302").send();
    assert_eq!((redirect.status, redirect.header("location")), (302, Some("http://127.0.0.1:1/")));
    assert_eq!(Call::check(&emulator, Scheme::Acs3, "idocr200").send().code(), "Mine", "a case goes before a scenario");
    assert_eq!(Call::check(&emulator, Scheme::Acs3, "idocr212").send().code(), "Success");
    let mut unsigned = Call::check(&emulator, Scheme::Acs3, "odd-1");
    unsigned.secret = "wrong".into();
    assert_eq!(unsigned.send().code(), "SignatureDoesNotMatch", "signatures are checked all the same");
    assert_eq!(Call::check(&emulator, Scheme::Acs3, "../odd-1").send().code(), "TransactionIdInvalid");
    assert_eq!(emulator.calls()[0].code, "", "a body that is not JSON has no code");
}

#[test]
fn a_name_stands_in_one_group_only() {
    let folder = tempfile::tempdir().unwrap();
    for group in ["a", "b"] {
        case(&folder.path().join(group), "same", b"HTTP/1.1 200 OK\n\n");
    }
    let error = start(folder.path()).unwrap_err().to_string();
    assert_eq!(error, "cases: same: two groups have a case of this name");
}

#[test]
fn a_bad_folder_is_refused_at_start_by_name() {
    let missing = start(Path::new("/nonexistent/cases")).unwrap_err().to_string();
    assert!(missing.starts_with("cases: /nonexistent/cases: "), "{missing}");
    let long = "a".repeat(81);
    for (name, reply, part) in [
        ("no-reply", None, "reply.http"),
        ("bad-head", Some("nonsense\n\n"), "HTTP/1.1"),
        ("bad group", None, "letters, digits"),
        ("bad name", Some("HTTP/1.1 200 OK\n\n"), "letters, digits"),
        (long.as_str(), Some("HTTP/1.1 200 OK\n\n"), "at most 80"),
        (".hidden", Some("HTTP/1.1 200 OK\n\n"), "no dot"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(name)).unwrap();
        if let Some(reply) = reply {
            fs::write(folder.path().join(name).join("reply.http"), reply).unwrap();
        }
        let error = start(folder.path()).unwrap_err().to_string();
        assert!(error.starts_with(&format!("cases: {name}: ")) && error.contains(part), "{error}");
    }
}
