//! Very many calls while one in twenty goes wrong and the keys change all the time: every call ends once, in the result
//! of its own transaction or in an error that the fault which struck it may give, and nothing is left behind.
//!
//! The emulator is a process of its own, so that memory and descriptors are the client's alone. `CLOUDAUTH_SOAK_CALLS` says how
//! many calls there are; `make soak` makes a million.

mod callers;
mod emulator;
mod faults;
mod judge;
mod resources;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use callers::Clients;
use emulator::Emulator;
use judge::Judge;
use resources::Watch;

fn calls() -> usize {
    let given = std::env::var("CLOUDAUTH_SOAK_CALLS");
    given.map_or(20_000, |calls| calls.parse().expect("CLOUDAUTH_SOAK_CALLS must be a whole number"))
}

#[test]
fn every_call_ends_once_and_right() {
    let emulator = Emulator::start();
    let (judge, begun) = (Arc::new(Judge::new(calls(), emulator.control())), Instant::now());
    let before = resources::descriptors();
    let watch = Watch::begin(&judge);
    let clients = Clients::of(&emulator);
    clients.call(&judge);
    let (seconds, flat) = (begun.elapsed().as_secs_f64(), watch.end());
    let (stats, verdict) = (clients.stats(), judge.verdict());
    drop(clients);

    let control = emulator.control();
    let (seen, cloud) = (control.get("/control/stats"), control.get("/control/cloud"));
    let struck: BTreeMap<String, u64> = serde_json::from_value(seen["faults"].clone()).unwrap();
    let requests = seen["requests"].as_u64().unwrap();
    let issued = ["credentials_uri", "oidc", "assume_role"].map(|source| cloud[source]["issued"].as_u64().unwrap());
    println!(
        "{} calls in {seconds:.0} s: {} results, errors {:?}; {requests} requests, {} of them struck, {} retries; \
         slowest {:?}; keys issued {issued:?}; connections {}; resident {} KiB, then {} KiB; descriptors {}, then {}",
        calls(),
        verdict.results,
        verdict.errors,
        struck.values().sum::<u64>(),
        stats.retries,
        verdict.slowest,
        stats.connections,
        flat.resident.0,
        flat.resident.1,
        flat.descriptors.0,
        flat.descriptors.1,
    );

    assert!(verdict.wrong.is_empty(), "{} outcomes are wrong, such as:\n{}", verdict.wrong.len(), verdict.wrong.join("\n"));
    // No fault takes more than a fraction of a second; only what nobody answers lasts until the emulator lets go of it.
    assert!(verdict.slowest < Duration::from_secs(9), "a call took {:?}", verdict.slowest);
    assert_eq!((verdict.lost, verdict.doubled), (0, 0), "calls that did not end, and calls that ended twice");
    let errors: usize = verdict.errors.values().sum();
    assert_eq!(verdict.results + errors, calls());
    assert_eq!((stats.calls, stats.succeeded, stats.failed), (calls() as u64, verdict.results as u64, errors as u64));
    // What never reached the service is sent, but not seen.
    assert!(requests <= stats.requests, "{requests} requests seen of {} sent", stats.requests);
    for name in faults::names() {
        assert!(struck.contains_key(name), "{name} never struck");
    }
    #[allow(clippy::cast_precision_loss, reason = "a few hundred")]
    let changed = issued.iter().all(|issued| *issued as f64 >= seconds / emulator::LIFETIME_SECONDS as f64);
    assert!(changed, "{issued:?} keys in {seconds} s: they were used beyond their life");
    assert!(flat.resident.1 < flat.resident.0 + 8192, "memory grows: {:?} KiB", flat.resident);
    assert!(flat.descriptors.1 < flat.descriptors.0 + 32, "descriptors leak: {:?}", flat.descriptors);
    resources::until_descriptors_are_back_at(before);
}
