//! What begins or deletes something is never sent twice, whatever goes wrong with it.
//!
//! `CLOUDAUTH_ONCE_CALLS` says how many calls there are.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::support::{builder, request};
use crate::ways::{TYPED, WAYS};
use cloudauth_core::Kind;
use cloudauth_core::typed::TypedRequest;
use cloudauth_emulator::{Emulator, Options};

/// Every fault of plain connections that comes to an end soon. Those that close or reset a connection on its reuse kill one that was
/// kept, and those that stall leave it silent. Throttling slows all calls down, and is rare for that.
const FAULTS: [&str; 34] = [
    "latency:delay=1ms,jitter=2ms",
    "stall-before-headers:rate=0.004,hold=2s",
    "stall-mid-headers:rate=0.002,hold=2s",
    "stall-mid-body:rate=0.002,hold=2s",
    "close-without-answer",
    "close-mid-headers",
    "close-mid-body",
    "close-after-reply",
    "close-on-reuse",
    "reset-before-headers",
    "reset-mid-headers",
    "reset-mid-body",
    "reset-on-reuse",
    "length-too-long",
    "length-too-short",
    "length-contradictory",
    "length-not-a-number",
    "length-and-chunked",
    "chunk-cut",
    "chunk-size-bad",
    "chunk-size-overflow",
    "reply-twice",
    "header-nul",
    "header-cr",
    "garbage",
    "html-200",
    "html-502",
    "empty-503",
    "json-cut",
    "json-503",
    "json-500",
    "nonce-used",
    "token-expired",
    "throttle:rate=0.0001",
];
/// How many of them are too rare for a short run.
const RARE: usize = 4;
const THREADS: usize = 12;

fn calls() -> usize {
    let given = std::env::var("CLOUDAUTH_ONCE_CALLS");
    given.map_or(3000, |calls| calls.parse().expect("CLOUDAUTH_ONCE_CALLS must be a whole number"))
}

/// A call with an id of its own: both operations that begin a verification, and the one that deletes.
fn changing(number: usize) -> TypedRequest {
    if number.is_multiple_of(3) {
        let mut request = TypedRequest::new("delete_result").unwrap();
        request.set("transaction_id", format!("ekycpro200-no{number}"));
        request.set("delete_type", "All");
        request.set("after_query", false);
        return request;
    }
    let mut request = TypedRequest::new("initialize").unwrap();
    request.set("product_code", "FACE_LIVENESS");
    request.set("meta_info", "{}");
    request.set("operation", if number.is_multiple_of(2) { "Initialize" } else { "InitializeV2" });
    request
}

#[test]
fn nothing_that_changes_something_is_sent_twice() {
    let faults = FAULTS.map(|fault| fault.parse().unwrap()).to_vec();
    let options = Options { faults, fault_rate: Some(0.4), ..Options::default() };
    let emulator = Emulator::start(options).unwrap();
    let client = builder(emulator.endpoint())
        .attempt_timeout(Duration::from_millis(500))
        .retry_base(Duration::from_millis(1))
        .throttle_base(Duration::from_millis(1))
        .build_blocking()
        .unwrap();
    let (next, failed) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let work = |way: usize| {
        while let Some(number) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|number| *number < calls()) {
            if let Err(error) = TYPED[way](&client, &changing(number)) {
                assert_ne!(error.kind(), Kind::Internal, "{error}");
                assert_eq!(error.attempts(), 1, "{error}");
                failed.fetch_add(1, Ordering::Relaxed);
            }
            // It only reads: it is sent again, and the emulator sees that.
            if number.is_multiple_of(20) {
                let _ = WAYS[way](&client, &request(&format!("ekycpro200-no{number}")));
            }
        }
    };
    thread::scope(|scope| (0..THREADS).for_each(|thread| drop(scope.spawn(move || work(thread % 2)))));
    let (seen, failed) = (emulator.stats(), failed.load(Ordering::Relaxed));
    println!("{} calls, {failed} failed; {} requests, {} connections", calls(), seen.requests, seen.connections);
    let repeated: Vec<_> = seen.repeats.keys().copied().collect();
    assert_eq!(repeated, ["CheckResult"], "{:?}", seen.repeats);
    assert!(failed > calls() / 5, "only {failed} calls failed");
    assert!(seen.faults.len() >= FAULTS.len() - RARE, "{:?}", seen.faults);
}
