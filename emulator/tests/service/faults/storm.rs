use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use cloudauth_emulator::{Emulator, Options};

use super::raw::{call, exchange};
use crate::client::connect;
use crate::signer::{Call, Scheme};

/// No second of these moments holds more than `limit`.
fn never_above(limit: usize, admitted: &mut [Duration]) {
    admitted.sort();
    for calls in admitted.windows(limit + 1) {
        // A call is let through a moment after it has arrived, and not all by the same moment.
        let apart = calls[limit].saturating_sub(calls[0]);
        assert!(apart > Duration::from_millis(900), "{limit} and one more in {apart:?}");
    }
}

#[test]
fn the_quota_holds_under_a_storm_for_each_action() {
    for limit in [3, 5, 10, 50] {
        let emulator = Emulator::start(Options { qps: Some(limit), ..Options::default() }).unwrap();
        let begun = Instant::now();
        std::thread::scope(|scope| {
            for worker in 0..8 {
                let emulator = &emulator;
                scope.spawn(move || {
                    let mut stream = connect(emulator.endpoint());
                    while begun.elapsed() < Duration::from_millis(2300) {
                        if worker % 2 == 0 {
                            exchange(&mut stream, &call(emulator, "idocr200"));
                        } else {
                            exchange(&mut stream, &Call::new(emulator, Scheme::Acs3, "Initialize", &[]));
                        }
                        std::thread::sleep(Duration::from_millis(1));
                    }
                });
            }
        });
        for action in ["CheckResult", "Initialize"] {
            let all = emulator.attempts();
            let of_action = all.iter().filter(|attempt| attempt.action == action);
            let mut admitted: Vec<_> =
                of_action.filter(|attempt| &*attempt.code != "Throttling.Api").map(|attempt| attempt.at).collect();
            // Three bursts at least: at once, after one second, and after two.
            assert!(admitted.len() >= 3 * limit as usize, "{limit} {action}: {}", admitted.len());
            never_above(limit as usize, &mut admitted);
        }
    }
}

#[test]
fn a_thousand_connections_are_served_and_counted_without_loss() {
    let faults = vec!["json-503".parse().unwrap(), "close-mid-body".parse().unwrap()];
    let emulator = Emulator::start(Options { faults, fault_rate: Some(0.1), ..Options::default() }).unwrap();
    let (answered, cut) = (AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for worker in 0..8 {
            let (emulator, answered, cut) = (&emulator, &answered, &cut);
            scope.spawn(move || {
                // All are open at once, before the first is used.
                let mut streams: Vec<_> = (0..125).map(|_| connect(emulator.endpoint())).collect();
                for (number, stream) in streams.iter_mut().enumerate() {
                    super::raw::put(stream, &call(emulator, &format!("idocr200-no{}", worker * 125 + number)));
                }
                for stream in &mut streams {
                    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
                    match crate::client::read(stream) {
                        Ok(_) => answered.fetch_add(1, Relaxed),
                        Err(_) => cut.fetch_add(1, Relaxed),
                    };
                }
            });
        }
    });
    let stats = emulator.stats();
    assert_eq!((stats.connections, stats.requests, stats.attempts_forgotten), (1000, 1000, 0));
    assert_eq!(answered.into_inner() + cut.load(Relaxed), 1000);
    assert_eq!(stats.faults["close-mid-body"], cut.into_inner());
    assert_eq!(stats.codes[&Arc::from("ServiceUnavailable")], stats.faults["json-503"]);
    assert_eq!(emulator.attempts().len(), 1000);
}

#[test]
#[ignore = "a measurement, to be run alone: cargo test --release -- --ignored --nocapture"]
fn a_storm_of_small_replies() {
    const CONNECTIONS: usize = 1000;
    const THREADS: usize = 2;
    const ROUNDS: usize = 40;
    let emulator = Emulator::start(Options::default()).unwrap();
    let requests: Vec<_> = (0..CONNECTIONS * ROUNDS)
        .map(|number| {
            let call = call(&emulator, &format!("idocr200-no{number}"));
            let (target, headers, body) = call.signed();
            let mut bytes = Vec::new();
            crate::client::write(&mut bytes, call.method, &target, &headers, &body).unwrap();
            bytes
        })
        .collect();
    let mut streams: Vec<_> = (0..CONNECTIONS).map(|_| connect(emulator.endpoint())).collect();
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let shares = streams.chunks_mut(CONNECTIONS / THREADS).zip(requests.chunks(requests.len() / THREADS));
        for (streams, requests) in shares {
            scope.spawn(move || {
                for round in requests.chunks(streams.len()) {
                    for (stream, request) in streams.iter_mut().zip(round) {
                        stream.write_all(request).unwrap();
                    }
                    for stream in &mut *streams {
                        let mut reply = [0; 4096];
                        let length = stream.read(&mut reply).unwrap();
                        assert!(reply.starts_with(b"HTTP/1.1 200 OK") && reply[..length].ends_with(b"}"));
                    }
                }
            });
        }
    });
    let took = begun.elapsed();
    assert_eq!(emulator.stats().codes[&Arc::from("Success")], requests.len() as u64);
    println!(
        "{} calls on {CONNECTIONS} connections: {} a second",
        requests.len(),
        requests.len() as u128 * 1000 / took.as_millis()
    );
}
