//! Every row of `docs/faults.md`.

mod support;
#[path = "support/table.rs"]
mod table;
#[path = "support/ways.rs"]
mod ways;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use cloudauth_core::{Call, ClientBuilder, Error, blocking};
use cloudauth_emulator::{Emulator, Options};
use support::{builder, request};
use table::{Row, To};
use ways::{CALLS, WAYS};

/// A transaction that the emulator knows.
const GOOD: &str = "ekycpro200";

/// Emulators of one's own: faults are set for all of an emulator's requests.
struct Servers {
    http: Emulator,
    https: Emulator,
}

/// Nobody listens there.
const DEAD: &str = "http://127.0.0.1:1";

impl Servers {
    fn start() -> Self {
        let start = |tls| Emulator::start(Options { tls, ..Options::default() }).unwrap();
        Self { http: start(false), https: start(true) }
    }

    fn client(&self, row: &Row) -> blocking::Client {
        let endpoint = self.of(row).map_or(DEAD, Emulator::endpoint);
        let mut builder = builder(endpoint).retry_base(Duration::from_millis(10)).throttle_base(Duration::from_millis(20));
        if let Some(pem) = self.of(row).and_then(Emulator::ca_pem) {
            builder = builder.ca_pem(pem.as_bytes().to_vec());
        }
        row.options.iter().fold(builder, |builder, (name, value)| set(builder, name, *value)).build_blocking().unwrap()
    }

    fn of(&self, row: &Row) -> Option<&Emulator> {
        match row.to {
            To::Http => Some(&self.http),
            To::Https => Some(&self.https),
            To::Dead => None,
        }
    }
}

fn set(builder: ClientBuilder, name: &str, value: u64) -> ClientBuilder {
    let time = Duration::from_millis(value);
    match name {
        "max_attempts" => builder.max_attempts(usize::try_from(value).unwrap()),
        "timeout_ms" => builder.timeout(time),
        "attempt_timeout_ms" => builder.attempt_timeout(time),
        "connect_timeout_ms" => builder.connect_timeout(time),
        other => panic!("no row needs {other} yet"),
    }
}

/// What came of a row, in the row's own words.
#[derive(Debug, PartialEq)]
struct Seen {
    outcome: String,
    code: String,
    requests: u64,
    connections: u64,
}

/// `way`: on the calling thread, or in the background; each has connections of its own.
fn run(servers: &Servers, row: &Row, way: usize) -> Result<(), String> {
    let client = servers.client(row);
    let emulator = servers.of(row);
    let good = || WAYS[way](&client, &request(GOOD)).map(drop);
    if let Some(emulator) = emulator {
        emulator.reset_stats();
        if row.warm {
            good().map_err(|error| format!("the warming call: {error}"))?;
        }
        let faults = row.faults.iter().map(|fault| fault.parse().unwrap()).collect();
        emulator.set_faults(faults, None, 0).unwrap();
    }
    let before = client.stats().requests;
    let begun = Instant::now();
    let came = match &*row.call {
        "CheckResult" => good(),
        action => CALLS[way](&client, &Call::new(action)).map(drop),
    };
    let took = begun.elapsed();
    let requests = client.stats().requests - before;
    if let (Some(emulator), Err(error)) = (emulator, &came)
        && error.kind().name() == "tls"
        && emulator.stats().application_bytes > 0
    {
        return Err("bytes of the request were sent before TLS was agreed on".to_owned());
    }
    if let Some(emulator) = emulator {
        emulator.set_faults(Vec::new(), None, 0).unwrap();
        good().map_err(|error| format!("the good call after: {error}"))?;
    }
    let attempts = came.as_ref().err().map(Error::attempts);
    let got = Seen {
        outcome: came.as_ref().err().map_or("ok", |error| error.kind().name()).to_owned(),
        code: came.as_ref().err().and_then(Error::code).unwrap_or("-").to_owned(),
        requests,
        connections: emulator.map_or(0, |emulator| emulator.stats().connections),
    };
    let Row { outcome, code, requests, connections, .. } = row.clone();
    let expected = Seen { outcome, code, requests, connections };
    if got != expected {
        return Err(format!("expected {expected:?}\n  got      {got:?} ({:?})", came.err().map(|error| error.to_string())));
    }
    if attempts.is_some_and(|attempts| u64::from(attempts) != row.requests) {
        return Err(format!("the error says {attempts:?} attempts"));
    }
    if took > row.within {
        return Err(format!("took {} ms", took.as_millis()));
    }
    Ok(())
}

#[test]
fn every_fault_comes_to_what_the_table_says() {
    let rows = table::rows();
    assert!(rows.len() >= 45, "only {} rows", rows.len());
    // What waits longest begins first.
    let mut order: Vec<_> = rows.iter().flat_map(|row| [0, 1].map(|way| (row, way))).collect();
    order.sort_by_key(|(row, _)| std::cmp::Reverse(row.within));
    let next = AtomicUsize::new(0);
    let work = || {
        let servers = Servers::start();
        let mine = std::iter::from_fn(|| order.get(next.fetch_add(1, Ordering::Relaxed)));
        mine.filter_map(|(row, way)| run(&servers, row, *way).err().map(|what| format!("{}: {what}", row.name))).collect()
    };
    let wrong: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| -> Vec<String> { worker.join().unwrap() }).collect()
    });
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), order.len(), wrong.join("\n"));
}
