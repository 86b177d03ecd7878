//! `cloudauth emulator` in a process of its own, and its control calls.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::faults;

/// Keys are fetched anew in the second half of their life.
pub(crate) const LIFETIME_SECONDS: u64 = 4;

pub(crate) struct Emulator {
    child: Child,
    control: Control,
}

/// Where control calls go.
#[derive(Clone)]
pub(crate) struct Control {
    address: String,
}

impl Emulator {
    pub(crate) fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cloudauth"));
        command.args(["emulator", "--fault-rate", "0.05", "--seed", "7"]);
        for fault in faults::all() {
            command.args(["--fault", fault]);
        }
        let mut child = command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("the command runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).unwrap();
        let line: Value = serde_json::from_str(&line).expect("it says where it is");
        let address = line["endpoint"].as_str().unwrap().trim_start_matches("http://").to_owned();
        let emulator = Self { child, control: Control { address } };
        emulator.control().send("POST", "/control/cloud", &json!({"lifetime_seconds": LIFETIME_SECONDS}).to_string());
        emulator
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.control.address)
    }

    pub(crate) fn control(&self) -> Control {
        self.control.clone()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Control {
    pub(crate) fn get(&self, path: &str) -> Value {
        self.send("GET", path, "")
    }

    fn send(&self, method: &str, path: &str, body: &str) -> Value {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        let head =
            format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
        stream.write_all((head + body).as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        let (head, body) = reply.split_once("\r\n\r\n").expect("a head and a body");
        assert!(head.starts_with("HTTP/1.1 200"), "{reply}");
        serde_json::from_str(body).unwrap()
    }
}
