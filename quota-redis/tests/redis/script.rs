//! The script does what its model does, which the simulation is about.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use cloudauth_quota_redis::{Ask, Granted, SCRIPT, keys};
use proptest::prelude::*;

use crate::model::Model;
use crate::server::Server;

const START: u64 = 1_800_000_000_000_000;

/// A step of a history: so much later, a worker asks, or leaves.
#[derive(Clone, Debug)]
struct Step {
    later: u64,
    worker: u8,
    ask: Option<Question>,
}

#[derive(Clone, Debug)]
struct Question {
    interval: u64,
    wanted: u64,
    /// Before or after the time of the step.
    deadline: Option<i64>,
    known: i64,
    grace: u64,
    alone: bool,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let later = prop_oneof![4 => 0..200_000u64, 2 => 400_000..2_000_000u64, 1 => 5_000_000..30_000_000u64];
    let interval = prop_oneof![Just(333_334u64), Just(100_000), Just(20_400), Just(1020), Just(2)];
    let question = (
        interval,
        0..200u64,
        proptest::option::of(-100_000..600_000i64),
        prop_oneof![Just(0), -2_000_000..15_000_000i64],
        1_000_000..2_000_000u64,
        any::<bool>(),
    )
        .prop_map(|(interval, wanted, deadline, known, grace, alone)| Question {
            interval,
            wanted,
            deadline,
            known,
            grace,
            alone,
        });
    let step =
        (later, 0..6u8, proptest::option::weighted(0.9, question)).prop_map(|(later, worker, ask)| Step { later, worker, ask });
    proptest::collection::vec(step, 1..60)
}

/// Talks to the server; the script's clock is an argument here.
struct Script {
    stream: BufReader<TcpStream>,
    text: String,
    keys: [String; 3],
}

impl Script {
    fn new(port: u16) -> Self {
        let clock = "redis.call('TIME')";
        assert_eq!(SCRIPT.matches(clock).count(), 1);
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("a server");
        stream.set_nodelay(true).expect("a socket");
        let text = SCRIPT.replace(clock, "{ARGV[9], ARGV[10]}");
        Self { stream: BufReader::new(stream), text, keys: keys("a", "r", "CheckResult") }
    }

    fn command(&mut self, parts: &[&str]) -> Vec<u64> {
        let mut text = format!("*{}\r\n", parts.len());
        for part in parts {
            write!(text, "${}\r\n{part}\r\n", part.len()).expect("a text");
        }
        self.stream.get_mut().write_all(text.as_bytes()).expect("it reads");
        let mut line = || {
            let mut line = String::new();
            self.stream.read_line(&mut line).expect("it replies");
            line.trim_end().to_owned()
        };
        let head = line();
        assert!(!head.starts_with('-'), "{head}");
        let count = head.strip_prefix('*').map_or(0, |count| count.parse().expect("a number"));
        (0..count).map(|_| line()[1..].parse().expect("an integer")).collect()
    }

    fn run(&mut self, now: u64, id: &str, arguments: &[String; 7]) -> Vec<u64> {
        let (seconds, micros) = ((now / 1_000_000).to_string(), (now % 1_000_000).to_string());
        let (text, keys) = (self.text.clone(), self.keys.clone());
        let mut parts = vec!["EVAL", &text, "3", &keys[0], &keys[1], &keys[2], id];
        parts.extend(arguments.iter().map(String::as_str));
        parts.extend([seconds.as_str(), micros.as_str()]);
        self.command(&parts)
    }
}

#[test]
fn it_answers_as_its_model_does() {
    let Some(server) = Server::start(&[]) else { return };
    let mut script = Script::new(server.port);
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) });
    let script = std::cell::RefCell::new(&mut script);
    let outcome = runner.run(&steps(), |steps| {
        let mut script = script.borrow_mut();
        script.command(&["FLUSHALL"]);
        let (mut model, mut now) = (Model::new(), START);
        for Step { later, worker, ask } in steps {
            now += later;
            let id = format!("worker-{worker}");
            let Some(question) = ask else {
                model.leave(&id);
                script.run(now, &id, &["1", "-1", "0", "0", "0", "0", "0"].map(str::to_owned));
                continue;
            };
            let Question { interval, wanted, deadline, known, grace, alone } = question;
            let ask = Ask {
                interval,
                wanted,
                deadline: deadline.map_or(0, |deadline| now.saturating_add_signed(deadline)),
                known: if known == 0 { 0 } else { now.saturating_add_signed(known) },
                grace,
                alone,
            };
            let expected = model.ask(now, &id, &ask);
            let got = script.run(now, &id, &ask.arguments());
            let Granted { permits, slot, now, free, place, places, before, settled, shares } = expected;
            // Of a question that came too late, nothing but the time is answered.
            prop_assert_eq!(got, vec![permits, slot, now, free, place, places, before, settled, shares], "{:?}", ask);
        }
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn without_memory_it_changes_nothing_and_keys_expire() {
    let Some(server) = Server::start(&[]) else { return };
    let keys = keys("a", "r", "CheckResult");
    let eval = |wanted| {
        let arguments = ["100000", wanted, "10000000", "0", "0", "0", "0"];
        let parts: Vec<_> = ["EVAL", SCRIPT, "3", &keys[0], &keys[1], &keys[2], "me"].into_iter().chain(arguments).collect();
        server.command(&parts)
    };
    server.command(&["CONFIG", "SET", "maxmemory", "1"]);
    assert!(eval("1").starts_with("-OOM"), "{}", eval("1"));
    assert_eq!(server.command(&["DBSIZE"]), ":0\r\n");
    server.command(&["CONFIG", "SET", "maxmemory", "0"]);
    assert!(eval("1").starts_with("*9\r\n:1\r\n"));
    for (key, most) in keys.iter().zip([86_400_000, 60_000, 60_000]) {
        let left: i64 = server.command(&["PTTL", key])[1..].trim_end().parse().expect("a number");
        assert!((most - 10_000..=most).contains(&left), "{key} expires in {left} ms");
    }
}
