//! `cloudauth listen` as it runs, and calls of it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use cloudauth_emulator::{Emulator, Options};
use tempfile::TempDir;

use crate::clock::Clock;
use crate::support::{Run, json, served};

pub(crate) struct World {
    pub(crate) folder: TempDir,
    pub(crate) emulator: Emulator,
}

impl World {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), emulator: Emulator::start(Options::default()).unwrap() }
    }

    pub(crate) fn ledger(&self) -> PathBuf {
        self.folder.path().join("ledger.db")
    }

    pub(crate) fn listen(&self, more: &[&str]) -> Service {
        self.start(more, |_| {})
    }

    /// By a clock of its own.
    pub(crate) fn listen_by(&self, clock: &Clock, more: &[&str]) -> Service {
        self.start(more, |command| clock.of(command))
    }

    /// With a library before those of the system.
    pub(crate) fn listen_with(&self, library: &Path, more: &[&str]) -> Service {
        self.start(more, |command| {
            command.env("LD_PRELOAD", library);
        })
    }

    fn start(&self, more: &[&str], prepare: impl FnOnce(&mut Command)) -> Service {
        let folder = self.folder.path();
        let (ledger, out) = (self.ledger(), folder.join("out"));
        let fixed = [
            "listen",
            "--ledger",
            ledger.to_str().unwrap(),
            "--out",
            out.to_str().unwrap(),
            "--bind",
            "127.0.0.1:0",
            "--video-host",
            "127.0.0.1",
        ];
        let mut command = served(&self.emulator, &[&fixed[..], more].concat());
        prepare(&mut command);
        let mut child = command.current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = json(&line)["endpoint"].as_str().unwrap().trim_start_matches("http://").to_owned();
        Service { child: Some(child), address }
    }

    /// The lines of the output.
    pub(crate) fn lines(&self) -> Vec<serde_json::Value> {
        fs::read_to_string(self.folder.path().join("out/results.jsonl")).unwrap().lines().map(json).collect()
    }

    /// The transactions in the output, each with how many lines it has and its outcome.
    pub(crate) fn results(&self) -> BTreeMap<String, (usize, String)> {
        let mut found: BTreeMap<String, (usize, String)> = BTreeMap::new();
        for line in fs::read_to_string(self.folder.path().join("out/results.jsonl")).unwrap_or_default().lines() {
            let Ok(line) = serde_json::from_str::<serde_json::Value>(line) else { continue };
            let text = |name: &str| line[name].as_str().unwrap().to_owned();
            let entry = found.entry(text("transaction_id")).or_default();
            *entry = (entry.0 + 1, text("outcome"));
        }
        found
    }

    pub(crate) fn until_results(&self, count: usize) {
        until(|| self.results().len() >= count);
    }

    /// How often each transaction's result was asked for.
    pub(crate) fn asked(&self) -> BTreeMap<String, usize> {
        self.calls("CheckResult")
    }

    /// How often each was to be deleted.
    pub(crate) fn deleted(&self) -> BTreeMap<String, usize> {
        self.calls("DeleteVerifyResult")
    }

    fn calls(&self, action: &str) -> BTreeMap<String, usize> {
        let mut calls = BTreeMap::new();
        for attempt in self.emulator.attempts().iter().filter(|attempt| attempt.action == action) {
            *calls.entry(attempt.transaction_id.to_string()).or_default() += 1;
        }
        calls
    }
}

#[track_caller]
pub(crate) fn until(done: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_mins(2);
    while !done() {
        assert!(Instant::now() < end, "it does not come");
        thread::sleep(Duration::from_millis(20));
    }
}

pub(crate) struct Service {
    /// `None` once it has ended.
    child: Option<Child>,
    pub(crate) address: String,
}

impl Service {
    /// The status and body of `GET path`.
    pub(crate) fn get(&self, path: &str) -> (u16, String) {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"))
    }

    pub(crate) fn send(&self, request: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        let (head, body) = reply.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{reply:?}"));
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    pub(crate) fn metric(&self, name: &str) -> u64 {
        let (status, text) = self.get("/metrics");
        assert_eq!(status, 200);
        let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).unwrap_or("0");
        value.parse().unwrap()
    }

    pub(crate) fn signal(&self, signal: &str) {
        let process = self.child.as_ref().unwrap().id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &process]).status().unwrap().success());
    }

    /// SIGTERM, and how it ended.
    pub(crate) fn stop(self) -> Run {
        self.signal("TERM");
        self.ended()
    }

    /// Waits for its end.
    pub(crate) fn ended(mut self) -> Run {
        self.child.take().unwrap().wait_with_output().unwrap().into()
    }

    #[track_caller]
    pub(crate) fn stop_in_order(self) {
        let run = self.stop();
        assert_eq!((run.code, &*run.stderr), (Some(0), ""), "{run:?}");
    }

    pub(crate) fn kill(self) {
        drop(self);
    }
}

impl Drop for Service {
    /// By SIGKILL, also where a test fails.
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }
}
