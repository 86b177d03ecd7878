//! Spans and counters reach a collector, and change nothing else.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use cloudauth_emulator::{Emulator, Options};

use crate::support::{Run, emulator, finish, served};

const ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";

/// A collector on loopback: its URL, and each path that is posted to with the body.
fn collector() -> (String, Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, received) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            sender.send(receive(&stream)).unwrap();
        }
    });
    (url, received)
}

fn receive(mut stream: &TcpStream) -> (String, Vec<u8>) {
    let mut reader = BufReader::new(stream);
    let (mut path, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end().to_ascii_lowercase();
        if let Some(rest) = line.strip_prefix("post ") {
            path = rest.split(' ').take(1).collect();
        }
        if let Some(rest) = line.strip_prefix("content-length:") {
            length = rest.trim().parse().unwrap();
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
    (path, body)
}

fn check(emulator: &Emulator, transaction: &str, collector: &str) -> Run {
    finish(served(emulator, &["check", transaction, "--biz", "canarybiz"]).env(ENDPOINT, collector))
}

/// Texts lie in OTLP's messages as they are.
fn holds(body: &[u8], text: &str) -> bool {
    body.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn spans_and_counters_reach_the_collector() {
    let emulator = emulator();
    let (url, received) = collector();
    for (transaction, code) in [("ekycpro200", Some(0)), ("canarytransaction", Some(4))] {
        let run = check(&emulator, transaction, &url);
        assert_eq!((run.code, run.stderr.lines().count()), (code, usize::from(code != Some(0))), "{run:?}");
        let two = [(); 2].map(|()| received.recv_timeout(Duration::from_secs(10)).unwrap());
        let bodies = BTreeMap::from(two);
        let (spans, counters) = (&bodies["/v1/traces"], &bodies["/v1/metrics"]);
        for text in ["CheckResult", "POST", "http.response.status_code", "server.address", "service.name", "cloudauth"] {
            assert!(holds(spans, text), "{text}");
        }
        assert_eq!(holds(spans, "error.type"), code != Some(0));
        assert!(holds(counters, "cloudauth.client.calls") && holds(counters, "cloudauth.client.bytes_received"));
        for secret in ["canary", "ekycpro", emulator.access_key_id(), emulator.access_key_secret()] {
            assert!(!holds(spans, secret) && !holds(counters, secret), "{secret}");
        }
    }
}

#[test]
fn without_its_collector_a_command_ends_as_it_would() {
    let emulator = emulator();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let run = check(&emulator, "ekycpro200", &format!("http://{nobody}"));
    assert_eq!((run.code, run.stderr.lines().count()), (Some(0), 1), "{run:?}");
    assert!(run.stdout.starts_with("{\"request_id\":") && run.stderr.contains(ENDPOINT), "{run:?}");
    check(&emulator, "ekycpro200", "").fine();
    let before = emulator.calls().len();
    check(&emulator, "ekycpro200", "no collector").refused(2, ENDPOINT);
    assert_eq!(emulator.calls().len(), before);
}

#[test]
fn a_collector_may_stand_behind_tls() {
    let emulator = emulator();
    // No collector, but one with a certificate: what it answers is no matter here.
    let behind_tls = Emulator::start(Options { tls: true, ..Options::default() }).unwrap();
    let ca = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(ca.path(), behind_tls.ca_pem().unwrap()).unwrap();
    check(&emulator, "ekycpro200", behind_tls.endpoint());
    assert_eq!(behind_tls.stats().application_bytes, 0, "its certificate is nobody's");
    let mut command = served(&emulator, &["check", "ekycpro200", "--biz", "b"]);
    finish(command.env(ENDPOINT, behind_tls.endpoint()).env("SSL_CERT_FILE", ca.path()));
    assert!(behind_tls.stats().application_bytes > 1000, "{:?}", behind_tls.stats());
}
