//! The list `receivers` of `tests/calls/video.json`: a host that answers byte for byte, and what a case wants of a download.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::Value;

use crate::recorder::listed;

/// What became of a download.
#[derive(Debug, Default)]
pub(crate) struct Transfer {
    /// The reply, or the error's kind and message.
    pub(crate) outcome: Option<Result<Value, (String, String)>>,
    pub(crate) received: Vec<u8>,
    pub(crate) progress: Vec<(u64, u64)>,
    /// The error's cause is what the function failed with.
    pub(crate) caused: bool,
}

/// Runs each case: `download` gets it with the host's origin in its place, and the file that it may write to.
pub(crate) fn every_case(download: impl Fn(&Value, &Path) -> Transfer) {
    let cases = listed("video.json", "receivers");
    assert!(cases.len() > 25);
    for case in cases {
        let (listener, folder) = (TcpListener::bind("127.0.0.1:0").unwrap(), tempfile::tempdir().unwrap());
        let case = case.to_string().replace("{origin}", &format!("http://{}", listener.local_addr().unwrap()));
        let (case, file): (Value, _) = (serde_json::from_str(&case).unwrap(), folder.path().join("video.webm"));
        let mut transfer = Transfer::default();
        let ranges = served(&listener, case["replies"].as_array().unwrap(), || transfer = download(&case, &file));
        let name = &case["name"];
        assert_eq!(Value::from(ranges), case["ranges"], "{name}");
        assert_transfer(&case, &transfer);
        let files = fs::read_dir(folder.path()).unwrap().count();
        if case["file"] == true && transfer.outcome.as_ref().unwrap().is_ok() {
            assert_eq!(fs::read_to_string(&file).unwrap(), case["receives"], "{name}");
        } else {
            assert_eq!(files, 0, "{name}: a file is left");
        }
    }
}

fn assert_transfer(case: &Value, Transfer { outcome, received, progress, caused }: &Transfer) {
    let name = &case["name"];
    match outcome.as_ref().unwrap() {
        Ok(video) => {
            for (field, value) in case["gives"].as_object().unwrap_or_else(|| panic!("{name}: {video}")) {
                assert_eq!(video[field], *value, "{name}: {field}");
            }
        }
        Err((kind, message)) => {
            assert_eq!(*kind, case["fails"], "{name}: {message}");
            let wanted = case["message"].as_str().unwrap_or_default().replace('`', "");
            assert!(message.contains(&wanted), "{name}: {message}");
        }
    }
    assert_eq!(*caused, case["caused"] == true, "{name}");
    if let (Some(bytes), false) = (case["receives"].as_str(), case["file"] == true) {
        assert_eq!(String::from_utf8_lossy(received), bytes, "{name}");
    }
    // Where a file begins anew, so do its numbers.
    if case["ranges"].as_array().unwrap().iter().filter(|range| range.is_null()).count() < 2 {
        assert!(progress.is_sorted(), "{name}: {progress:?}");
    }
    assert!(progress.iter().all(|(received, total)| received <= total && *total == 12), "{name}: {progress:?}");
    if case["gives"]["outcome"] == "fetched" {
        assert_eq!(progress.iter().filter(|(received, _)| *received == 12).count(), 1, "{name}: {progress:?}");
        assert_eq!(progress.last(), Some(&(12, 12)), "{name}");
    }
}

/// Answers each connection with the next reply and closes it; gives the range that each request asked for.
fn served(listener: &TcpListener, replies: &[Value], call: impl FnOnce()) -> Vec<Option<String>> {
    let accepted = AtomicUsize::new(0);
    thread::scope(|scope| {
        let server = scope.spawn(|| {
            let mut ranges = Vec::new();
            for reply in replies {
                let stream = listener.accept().unwrap().0;
                accepted.fetch_add(1, Ordering::SeqCst);
                ranges.push(answered(stream, reply.as_str().unwrap()));
            }
            ranges
        });
        call();
        let came = accepted.load(Ordering::SeqCst);
        for _ in came..replies.len() {
            // The host waits for what was never asked.
            drop(TcpStream::connect(listener.local_addr().unwrap()));
        }
        listener.set_nonblocking(true).unwrap();
        let ranges = server.join().unwrap();
        assert!(listener.accept().is_err(), "a request too many");
        ranges[..came].to_vec()
    })
}

fn answered(mut stream: TcpStream, reply: &str) -> Option<String> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).unwrap_or_default() == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    stream.write_all(reply.as_bytes()).unwrap();
    let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
    head.lines().find_map(|line| line.strip_prefix("range: ").map(str::to_owned))
}
