//! The list of `tests/calls`, and what of a call arrives.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::thread;

use serde_json::Value;

/// Parameters by name, decoded.
pub(crate) type Parameters = BTreeMap<String, String>;

/// The cases of `tests/calls`.
pub(crate) fn listed() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/calls/cases.json");
    let list: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let calls = list["calls"].as_array().unwrap().clone();
    assert!(!calls.is_empty());
    calls
}

/// The parameters that a case wants in the `query` or in the `form`.
pub(crate) fn wanted(case: &Value, place: &str) -> Parameters {
    serde_json::from_value(case[place].clone()).unwrap()
}

/// What `call` sends to `listener`, which answers it: the parameters of its query, and of its form body.
pub(crate) fn sent(listener: &TcpListener, call: impl FnOnce()) -> (Parameters, Parameters) {
    thread::scope(|scope| {
        let server = scope.spawn(|| record(listener));
        call();
        server.join().unwrap()
    })
}

fn record(listener: &TcpListener) -> (Parameters, Parameters) {
    let mut stream = listener.accept().unwrap().0;
    let (mut seen, mut byte) = (Vec::new(), [0]);
    while !seen.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        seen.push(byte[0]);
    }
    let head = String::from_utf8(seen).unwrap();
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).unwrap();
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 18\r\nconnection: close\r\n\r\n{\"Code\":\"Success\"}").unwrap();
    let target = head.split(' ').nth(1).unwrap();
    let decoded = |encoded: &[u8]| url::form_urlencoded::parse(encoded).into_owned().collect();
    (decoded(target.split_once('?').map_or("", |halves| halves.1).as_bytes()), decoded(&body))
}
