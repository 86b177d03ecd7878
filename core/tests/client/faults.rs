//! Every row of `docs/faults.md`.

use crate::table;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{builder, request};
use crate::table::{Row, To};
use crate::ways::{CALLS, TYPED, WAYS};
use cloudauth_core::typed::{InitializeRequest, TYPED as TYPED_TABLE, TypedRequest, typed};
use cloudauth_core::{Call, ClientBuilder, Error, blocking};
use cloudauth_emulator::{Emulator, Options};
use serde_json::json;

/// A fault of the call that status makes where the result leaves it open.
const LOG: &str = "action=CheckVerifyLog";

/// A transaction that the emulator knows.
const GOOD: &str = "ekycpro200";

/// Emulators of one's own: faults are set for all of an emulator's requests.
struct Servers {
    http: Emulator,
    https: Emulator,
    /// For archives.
    folder: tempfile::TempDir,
}

/// Nobody listens there.
const DEAD: &str = "http://127.0.0.1:1";

impl Servers {
    fn start() -> Self {
        let start = |tls| Emulator::start(Options { tls, ..Options::default() }).unwrap();
        Self { http: start(false), https: start(true), folder: tempfile::tempdir().unwrap() }
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
    let typed = typed(&row.call).map(|spec| typed_request(spec.name, servers, row));
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
        action => match &typed {
            Some(request) => TYPED[way](&client, request).map(drop),
            None => CALLS[way](&client, &Call::new(action)).map(drop),
        },
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
    let mut expected = Seen { outcome, code, requests, connections };
    if is_sent_once(row) {
        expect_one_request(&mut expected, &got);
        let repeats = emulator.map(|emulator| emulator.stats().repeats).unwrap_or_default();
        if repeats.keys().any(|action| *action != "CheckResult") {
            return Err(format!("the service saw a call twice: {repeats:?}"));
        }
    }
    if got != expected {
        return Err(format!("expected {expected:?}\n  got      {got:?} ({:?})", came.err().map(|error| error.to_string())));
    }
    if attempts.is_some_and(|attempts| u64::from(attempts) != expected.requests) {
        return Err(format!("the error says {attempts:?} attempts"));
    }
    // An archive waits for the disk as well, which others may keep busy.
    let disk = if row.call == "archive" { Duration::from_secs(5) } else { Duration::ZERO };
    if took > row.within + disk {
        return Err(format!("took {} ms", took.as_millis()));
    }
    Ok(())
}

fn typed_request(name: &str, servers: &Servers, row: &Row) -> TypedRequest {
    /// Of what is deleted, which is then gone.
    static DELETED: AtomicUsize = AtomicUsize::new(0);
    let started = |transaction_id: &str| {
        json!({
            "endpoint": servers.of(row).map_or(DEAD, Emulator::endpoint), "transaction_id": transaction_id,
            "merchant_biz_id": "biz1", "product_code": "eKYC_PRO", "initialized_at": "2026-03-01T10:00:00Z",
        })
    };
    let mut request = TypedRequest::new(name).unwrap();
    match name {
        "initialize" => {
            request.set("product_code", "FACE_LIVENESS");
            request.set("meta_info", "{}");
        }
        "delete_result" => {
            request.set("transaction_id", format!("{GOOD}-no{}", DELETED.fetch_add(1, Ordering::Relaxed)));
            request.set("delete_type", "All");
            request.set("after_query", false);
        }
        "verify_log" => {
            request.set("merchant_biz_id", "biz1");
            request.set("transaction_id", GOOD);
        }
        "status" if row.faults.iter().any(|fault| fault.contains(LOG)) => {
            // Another client's, so that this one has no connection yet.
            let client = servers.client(&Row { options: Vec::new(), ..row.clone() });
            let started = client.initialize(&InitializeRequest::new("FACE_LIVENESS", "{}")).unwrap();
            request.set("started", serde_json::Value::from(&started));
        }
        "status" => request.set("started", started(GOOD)),
        "download_video" => {
            // It has no video, so that CheckResult is all there is to ask.
            request.set("started", started("idocr200"));
            request.set("to", "not-written.webm");
        }
        "archive" => {
            static ARCHIVED: AtomicUsize = AtomicUsize::new(0);
            let number = ARCHIVED.fetch_add(1, Ordering::Relaxed);
            request.set("started", started("idocr200"));
            // With pictures, a reply may be larger.
            request.set("images", false);
            request.set("into", servers.folder.path().join(number.to_string()).to_str().unwrap());
        }
        "keep_alive" => {}
        other => panic!("{other} has no request yet"),
    }
    request
}

/// Whether the row is of an operation that changes something, and a request of it may come to the service.
fn is_sent_once(row: &Row) -> bool {
    matches!(&*row.call, "initialize" | "delete_result") && row.to != To::Dead && !is_of_tls(row)
}

/// Whether the connection fails before there is a request.
fn is_of_tls(row: &Row) -> bool {
    row.faults.iter().any(|fault| fault.starts_with("tls-") && fault != "tls-truncated-close")
}

/// Where a call that reads goes on, one that is sent once has failed.
fn expect_one_request(expected: &mut Seen, got: &Seen) {
    expected.connections = got.connections;
    if expected.requests > 1 {
        expected.requests = 1;
        expected.code.clone_from(&got.code);
        expected.outcome = if got.outcome == "ok" { "an error".to_owned() } else { got.outcome.clone() };
    }
}

#[test]
fn every_fault_comes_to_what_the_table_says() {
    let rows = table::rows();
    assert!(rows.len() >= 45, "only {} rows", rows.len());
    every_row_holds(&rows.iter().flat_map(|row| [0, 1].map(|way| (row, way))).collect::<Vec<_>>());
}

#[test]
fn every_typed_operation_meets_each_fault_as_check_result_does() {
    let rows = table::rows().into_iter().filter(|row| row.call == "CheckResult");
    let rows: Vec<Row> =
        rows.flat_map(|row| TYPED_TABLE.iter().map(move |spec| Row { call: spec.name.to_owned(), ..row.clone() })).collect();
    assert!(rows.len() >= 85 * TYPED_TABLE.len(), "only {} rows", rows.len());
    // A job blocks on a thread of its own, and there it has other connections than calls in the background.
    let way = |at: usize, row: &Row| if matches!(&*row.call, "archive" | "download_video") { 0 } else { at % 2 };
    every_row_holds(&rows.iter().enumerate().map(|(at, row)| (row, way(at, row))).collect::<Vec<_>>());
}

#[test]
fn the_log_that_a_status_asks_for_meets_each_fault_as_check_result_does() {
    // It is asked for on a connection that works already.
    let fits = |row: &Row| row.call == "CheckResult" && row.to != To::Dead && !row.warm && !is_of_tls(row);
    let of_the_log = |fault: String| format!("{fault}{}{LOG}", if fault.contains(':') { ',' } else { ':' });
    let rows = table::rows().into_iter().filter(fits).map(|mut row| {
        row.faults = row.faults.into_iter().map(of_the_log).collect();
        // CheckResult's request, and as many attempts more.
        row.requests += 1;
        if row.outcome == "access_denied" {
            // Where the log may not be read, the answer is that nobody knows.
            (row.outcome, row.code) = ("ok".to_owned(), "-".to_owned());
        }
        match row.options.iter_mut().find(|(name, _)| name == "max_attempts") {
            Some((_, attempts)) => *attempts += 1,
            None => row.options.push(("max_attempts".to_owned(), 4)),
        }
        Row { call: "status".to_owned(), ..row }
    });
    let rows: Vec<Row> = rows.collect();
    assert!(rows.len() >= 60, "only {} rows", rows.len());
    every_row_holds(&rows.iter().enumerate().map(|(at, row)| (row, at % 2)).collect::<Vec<_>>());
}

fn every_row_holds(rows: &[(&Row, usize)]) {
    // What waits longest begins first.
    let mut order = rows.to_vec();
    order.sort_by_key(|(row, _)| std::cmp::Reverse(row.within));
    let next = AtomicUsize::new(0);
    let work = || {
        let servers = Servers::start();
        let mine = std::iter::from_fn(|| order.get(next.fetch_add(1, Ordering::Relaxed)));
        mine.filter_map(|(row, way)| run(&servers, row, *way).err().map(|what| format!("{} of {}: {what}", row.name, row.call)))
            .collect()
    };
    let wrong: Vec<String> = thread::scope(|scope| {
        // They wait more than they work.
        let workers: Vec<_> = (0..8).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| -> Vec<String> { worker.join().unwrap() }).collect()
    });
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), order.len(), wrong.join("\n"));
}
