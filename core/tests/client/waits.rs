//! Waiting for a person, and what is begun and never sent.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use crate::server::{say, server};
use crate::support::{builder, request};
use cloudauth_core::{
    Call, CallOptions, Cancellation, CheckResultRequest, Delivery, Kind, Operation, WaitForResult, WaitOptions, blocking,
};
use cloudauth_emulator::{Emulator, Options};

#[test]
fn a_result_that_is_not_there_yet_is_waited_for() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let client = builder(emulator.endpoint()).build_blocking().unwrap();
    let wait =
        |timeout| WaitOptions { first_pause: Duration::from_millis(20), longest_pause: Duration::from_millis(30), timeout };
    assert!(client.wait_for_result(&request("pending3"), &wait(Duration::from_secs(10))).unwrap().passed.is_some());
    assert_eq!(emulator.calls().len(), 4);
    let begun = Instant::now();
    let error = client.wait_for_result(&request("pending99"), &wait(Duration::from_millis(100))).unwrap_err();
    assert_eq!(error.kind(), Kind::NotCompleted);
    assert!((Duration::from_millis(100)..Duration::from_secs(5)).contains(&begun.elapsed()));
    // A pause that is longer than the time left is cut to it; no time is too long.
    let once = WaitOptions { timeout: Duration::from_millis(100), ..WaitOptions::default() };
    assert!(client.wait_for_result(&request("pending1-no1"), &once).unwrap().passed.is_some());
    assert!(client.wait_for_result(&request("pending1-no2"), &wait(Duration::MAX)).unwrap().passed.is_some());
    let cancellation = Cancellation::new();
    let cancelling = cancellation.clone();
    let canceller = thread::spawn(move || {
        thread::sleep(Duration::from_millis(100));
        cancelling.cancel();
    });
    let long = WaitForResult::new(request("pending99"), WaitOptions::default());
    let each = CallOptions::default().cancellation(&cancellation);
    assert_eq!(client.run(&long, &each).unwrap_err().kind(), Kind::Cancelled);
    canceller.join().unwrap();
    // An interrupt is found, however short the pauses.
    let begun = Instant::now();
    let each = CallOptions::default().interrupt(move || begun.elapsed() > Duration::from_millis(60));
    let interrupted = WaitOptions { longest_pause: Duration::from_millis(5), ..wait(Duration::from_secs(5)) };
    let interrupted = WaitForResult::new(request("pending999"), interrupted);
    assert_eq!(client.run(&interrupted, &each).unwrap_err().kind(), Kind::Cancelled);
}

#[test]
fn a_pending_verdict_is_waited_for() {
    let verdicts = |pending: usize| {
        let calls = AtomicUsize::new(0);
        server(move |stream, _| {
            let verdict = if calls.fetch_add(1, Ordering::SeqCst) < pending { "P" } else { "Y" };
            say(stream, &format!(r#"{{"Code":"Success","Result":{{"Passed":"{verdict}","SubCode":"200"}}}}"#));
        })
    };
    let wait = WaitOptions {
        first_pause: Duration::from_millis(10),
        longest_pause: Duration::from_millis(20),
        timeout: Duration::from_secs(10),
    };
    let client = builder(&verdicts(2)).build_blocking().unwrap();
    assert!(client.check_result(&request("t")).unwrap().is_pending(), "without waiting it is the outcome");
    let result = client.wait_for_result(&request("t"), &wait).unwrap();
    assert_eq!((result.passed, result.is_pending(), client.stats().requests), (Some(true), false, 3));

    let client = builder(&verdicts(2)).build_blocking().unwrap();
    let (sender, outcome) = channel();
    let done = move |outcome| sender.send(outcome).unwrap();
    client.start(WaitForResult::new(request("t"), wait), CallOptions::default(), Delivery::default(), done).unwrap();
    assert_eq!(outcome.recv().unwrap().unwrap().passed, Some(true));
    assert_eq!(client.stats().requests, 3);

    // When the time is over, the last result is the outcome.
    let client = builder(&verdicts(usize::MAX)).build_blocking().unwrap();
    let result = client.wait_for_result(&request("t"), &WaitOptions { timeout: Duration::from_millis(100), ..wait }).unwrap();
    assert!(result.is_pending() && client.stats().requests > 1);
}

// Finding K6: a call counts from when its caller began it, whatever came first.
#[test]
fn a_call_that_breaks_a_rule_is_counted_like_any_other() {
    fn both<O: Operation + Clone>(client: &blocking::Client, operation: &O) -> [Option<Kind>; 2] {
        let (sender, outcome) = std::sync::mpsc::channel();
        let done = move |outcome: cloudauth_core::Result<_>| sender.send(outcome.err().map(|error| error.kind())).unwrap();
        client.start(operation.clone(), CallOptions::default(), Delivery::default(), done).unwrap();
        [client.run(operation, &CallOptions::default()).err().map(|error| error.kind()), outcome.recv().unwrap()]
    }
    let client = builder("http://127.0.0.1:9").build_blocking().unwrap();
    let refused = [Some(Kind::InvalidArgument); 2];
    let nameless = CheckResultRequest::new("", "t");
    assert_eq!(both(&client, &nameless), refused);
    assert_eq!(both(&client, &WaitForResult::new(nameless, WaitOptions::default())), refused);
    assert_eq!(both(&client, &Call::new("Initalize")), refused);
    let stats = client.stats();
    assert_eq!((stats.calls, stats.failed, stats.requests), (6, 6, 0));
}
