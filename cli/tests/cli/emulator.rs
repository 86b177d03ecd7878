use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{cloudauth, finish, json, run};

struct Running {
    child: Child,
    line: serde_json::Value,
}

impl Running {
    fn start(more: &[&str]) -> Self {
        let mut child = cloudauth(&[&["emulator"], more].concat()).stdout(Stdio::piped()).spawn().expect("the command runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).unwrap();
        Self { child, line: json(&line) }
    }

    fn text(&self, name: &str) -> &str {
        self.line[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.line))
    }

    fn check(&self, transaction: &str, more: &[&str]) -> crate::support::Run {
        self.run(&[&["check", transaction, "--biz", "b"], more].concat())
    }

    /// A command that calls it, with its keys.
    fn run(&self, command: &[&str]) -> crate::support::Run {
        let mut command = cloudauth(&[command, &["--endpoint", self.text("endpoint")]].concat());
        command.env("ALIBABA_CLOUD_ACCESS_KEY_ID", self.text("access_key_id"));
        command.env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", self.text("access_key_secret"));
        command.envs(self.line["security_token"].as_str().map(|token| ("ALIBABA_CLOUD_SECURITY_TOKEN", token)));
        finish(&mut command)
    }

    fn end(mut self, signal: &str) -> Option<i32> {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(20) {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{signal} did not end it");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Ended already, most often.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn one_line_says_how_to_reach_it_and_a_signal_ends_it() {
    for signal in ["-TERM", "-INT"] {
        let emulator = Running::start(&[]);
        assert!(emulator.text("endpoint").starts_with("http://127.0.0.1:"), "{}", emulator.line);
        emulator.check("ekycpro200", &[]).fine();
        assert_eq!(emulator.end(signal), Some(0), "{signal}");
    }
}

#[test]
fn the_certificates_file_lives_as_long_as_it_serves() {
    let emulator = Running::start(&["--tls"]);
    let ca = emulator.text("ca_file").to_owned();
    emulator.check("idocr200", &["--ca-file", &ca]).fine();
    assert_eq!(emulator.end("-TERM"), Some(0));
    assert!(!Path::new(&ca).exists());
}

#[test]
fn its_options_reach_it() {
    let folder = tempfile::tempdir().unwrap();
    let (token, cases) = (folder.path().join("token"), folder.path().join("cases"));
    std::fs::write(&token, "token1\n").unwrap();
    std::fs::create_dir_all(cases.join("case")).unwrap();
    let reply = "HTTP/1.1 200 OK\n\n{\"Code\":\"Success\",\"Result\":{\"Passed\":\"Y\"}}";
    std::fs::write(cases.join("case/reply.http"), reply).unwrap();
    let (token, cases) = (token.to_str().unwrap(), cases.to_str().unwrap());
    let options = ["--security-token-file", token, "--cases", cases, "--finish-after", "0.1", "--listen", "[::1]:0"];
    let emulator = Running::start(&options);
    assert_eq!(emulator.text("security_token"), "token1");
    assert!(emulator.text("endpoint").starts_with("http://[::1]:"));
    emulator.check("case", &[]).fine();
}

#[test]
fn calls_beyond_the_quota_are_throttled() {
    let emulator = Running::start(&["--qps", "1"]);
    // What begins a verification is not repeated.
    let initialize = ["call", "Initialize", "ProductCode=eKYC_PRO", "MerchantBizId=demo", "MetaInfo={}", "MerchantUserId=u"];
    let codes: Vec<_> = (0..6).map(|_| emulator.run(&initialize).code).collect();
    assert!(codes.contains(&Some(0)) && codes.contains(&Some(4)), "{codes:?}");
}

#[test]
fn a_running_one_is_steered_by_commands() {
    let emulator = Running::start(&[]);
    let begin = || {
        let initialize = ["call", "InitializeV2", "ProductCode=eKYC_PRO", "MerchantBizId=demo", "MetaInfo={}"];
        let reply = json(&emulator.run(&initialize).fine());
        reply["Result"]["TransactionId"].as_str().unwrap().to_owned()
    };
    let (finished, left, open) = (begin(), begin(), begin());
    let endpoint = emulator.text("endpoint");
    let ended = json(&run(&["emulator", "finish", &finished, "204", "--endpoint", endpoint]).fine());
    assert_eq!(ended, serde_json::json!({"transaction_id": finished, "sub_code": "204"}));
    let abandon = ["emulator", "abandon", &left, "--page", "OCR_SCAN", "--code", "1004", "--endpoint", endpoint];
    run(&abandon).fine();
    let mut list = cloudauth(&["emulator", "list"]);
    let list = json(&finish(list.env("CLOUDAUTH_ENDPOINT", endpoint)).fine());
    let state = |number: usize, name: &str| list["transactions"][number][name].clone();
    assert_eq!((state(0, "state"), state(0, "sub_code")), ("finished".into(), "204".into()));
    assert_eq!((state(1, "state"), state(1, "page")), ("abandoned".into(), "OCR_SCAN".into()));
    assert_eq!((state(2, "state"), state(2, "transaction_id")), ("begun".into(), open.as_str().into()));
    let table = run(&["emulator", "list", "--format", "table", "--endpoint", endpoint]).fine();
    assert!(table.lines().count() == 3 && table.contains("abandoned  OCR_SCAN  1004"), "{table}");
    assert_eq!(emulator.check(&finished, &[]).code, Some(1));

    let pend = ["emulator", "pend", &open, "--endpoint", endpoint];
    assert_eq!(json(&run(&pend).fine()), serde_json::json!({"transaction_id": open}));
    assert_eq!(emulator.check(&open, &[]).code, Some(3), "Passed P is no verdict");
    run(&pend).refused(4, "this verification has ended already");
    run(&["emulator", "finish", &open, "--endpoint", endpoint]).fine();
    emulator.check(&open, &[]).fine();

    let open = begin();
    run(&abandon).refused(4, "this verification has ended already");
    run(&["emulator", "finish", &open, "999", "--endpoint", endpoint]).refused(4, "sub_code: not one of this product's");
    run(&["emulator", "list"]).refused(2, "--endpoint: say which emulator, or set CLOUDAUTH_ENDPOINT");
    for elsewhere in ["https://127.0.0.1:1", "http://192.0.2.1:80", "http://127.0.0.1.example:80", "127.0.0.1:80"] {
        run(&["emulator", "list", "--endpoint", elsewhere]).refused(2, "--endpoint: must be http and a loopback address");
    }
    run(&["emulator", "list", "--endpoint", "http://127.0.0.1:1"]).refused(5, "no emulator at 127.0.0.1:1");
    run(&["emulator", "--tls", "list", "--endpoint", endpoint]).refused(2, "--tls");
}

#[test]
fn faults_strike_as_they_were_given() {
    let emulator = Running::start(&["--fault", "json-500:transaction=idocr212", "--fault", "html-200:next=1", "--seed", "7"]);
    assert_eq!(emulator.check("idocr200", &[]).code, Some(7), "a page of HTML");
    emulator.check("idocr200", &[]).fine();
    assert_eq!(emulator.check("idocr212", &[]).code, Some(4));
    let never = Running::start(&["--fault", "html-200", "--fault-rate", "0"]);
    never.check("idocr200", &[]).fine();
}

#[test]
fn its_help_lists_the_faults() {
    let help = run(&["emulator", "--help"]);
    assert!(help.stdout.contains("reset-mid-body") && help.stdout.contains("tls-wrong-host"));
}

#[test]
fn what_it_cannot_serve_is_refused() {
    run(&["emulator", "--listen", "0.0.0.0:0"]).refused(2, "listen: ");
    run(&["emulator", "--listen", "nowhere"]).refused(2, "--listen");
    run(&["emulator", "--qps", "0"]).refused(2, "qps: ");
    run(&["emulator", "--region", "eu-west-1"]).refused(2, "must be ap-southeast-1, ");
    run(&["emulator", "--documented-quota"]).refused(2, "--region");
    run(&["emulator", "--callback-names", "odd"]).refused(2, "must be mixed, prose or sample");
    run(&["emulator", "--fault", "lag"]).refused(2, "lag: not a fault; they are latency,");
    run(&["emulator", "--fault", "latency:delay=1"]).refused(2, "latency: delay must be a time");
    run(&["emulator", "--fault", "tls-expired"]).refused(2, "faults: tls-expired needs an emulator with TLS");
    run(&["emulator", "--fault", "latency", "--fault-rate", "2"]).refused(2, "fault_rate: ");
    run(&["emulator", "--fault-rate", "0.5"]).refused(2, "--fault");
    run(&["emulator", "--finish-after", "-1"]).refused(2, "--finish-after");
    run(&["emulator", "--cases", "/does/not/exist"]).refused(6, "/does/not/exist");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    run(&["emulator", "--listen", &address]).refused(6, &address);
}
