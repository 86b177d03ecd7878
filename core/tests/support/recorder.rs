//! The lists of `tests/calls`, and what of a call arrives.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::Value;

/// Parameters by name, decoded.
pub(crate) type Parameters = BTreeMap<String, String>;

/// A reply's body.
#[allow(dead_code, reason = "some tests have bodies of their own")]
pub(crate) const SUCCESS: &str = r#"{"Code":"Success"}"#;

/// A file in `tests/calls`.
pub(crate) fn list(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/calls").join(file);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The cases of such a file, which stand there under `key`.
pub(crate) fn listed(file: &str, key: &str) -> Vec<Value> {
    let cases = list(file)[key].as_array().unwrap().clone();
    assert!(!cases.is_empty());
    cases
}

/// The parameters that a case wants in the `query` or in the `form`.
#[allow(dead_code, reason = "some tests have none")]
pub(crate) fn wanted(case: &Value, place: &str) -> Parameters {
    serde_json::from_value(case[place].clone()).unwrap()
}

/// What `call` sends to `listener`, which answers it: the parameters of its query, and of its form body.
#[allow(dead_code, reason = "some tests send more")]
pub(crate) fn sent(listener: &TcpListener, status: u16, body: &str, call: impl FnOnce()) -> (Parameters, Parameters) {
    all_sent(listener, &[(status, body.to_owned())], call).remove(0)
}

/// The same of a call that sends as many requests as there are replies.
pub(crate) fn all_sent(listener: &TcpListener, replies: &[(u16, String)], call: impl FnOnce()) -> Vec<(Parameters, Parameters)> {
    let accepted = AtomicUsize::new(0);
    thread::scope(|scope| {
        let server = scope.spawn(|| {
            let answer = |(status, body): &(u16, String)| {
                let stream = listener.accept().unwrap().0;
                accepted.fetch_add(1, Ordering::SeqCst);
                record(stream, *status, body)
            };
            replies.iter().map(answer).collect()
        });
        let outcome = catch_unwind(AssertUnwindSafe(call));
        let came = accepted.load(Ordering::SeqCst);
        if came < replies.len() {
            // The server waits for what was never sent.
            drop(TcpStream::connect(listener.local_addr().unwrap()));
        }
        let seen = server.join();
        outcome.unwrap_or_else(|panic| resume_unwind(panic));
        assert_eq!(came, replies.len(), "requests of the call");
        seen.unwrap()
    })
}

fn record(mut stream: TcpStream, status: u16, answer: &str) -> (Parameters, Parameters) {
    let (mut seen, mut byte) = (Vec::new(), [0]);
    while !seen.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        seen.push(byte[0]);
    }
    let head = String::from_utf8(seen).unwrap();
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).unwrap();
    let length = answer.len();
    write!(stream, "HTTP/1.1 {status} S\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{answer}").unwrap();
    let target = head.split(' ').nth(1).unwrap();
    let decoded = |encoded: &[u8]| url::form_urlencoded::parse(encoded).into_owned().collect();
    (decoded(target.split_once('?').map_or("", |halves| halves.1).as_bytes()), decoded(&body))
}
