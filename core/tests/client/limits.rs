//! Numbers from outside, however large or small: what the server says, and what the caller gives.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::server::{say, server};
use crate::support::{builder, keyless, request};
use crate::ways::WAYS;
use cloudauth_core::credentials::{Credentials, CredentialsFuture, Provider};
use cloudauth_core::{CallOptions, Delivery, DiagnosisOptions, Error, Kind, ManyOptions, WaitForResult, WaitOptions};

const DAY: Duration = Duration::from_hours(24);

// Finding A5: `retry-after: 18446744073709551615` beside a throttle was a panic.
#[test]
fn hints_of_any_size_are_a_day_at_most() {
    for header in [
        "retry-after: 18446744073709551615",
        "retry-after: 99999999999999999999999999",
        "x-acs-retry-after: 18446744073709551615",
        "x-ratelimit-user-api: Limit:1,Remain:0,TimeLeft:18446744073709551615,Time:60000",
    ] {
        let endpoint = server(move |stream, _| {
            let body = "{\"Code\":\"Throttling.Api\"}";
            let _ = write!(stream, "HTTP/1.1 403 No\r\n{header}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        });
        let client = builder(&endpoint).build_blocking().unwrap();
        for call in WAYS {
            let error = call(&client, &request("t")).unwrap_err();
            assert_eq!((error.kind(), error.retry_after(), error.attempts()), (Kind::Throttled, Some(DAY), 1), "{header}");
        }
        // Without a limit the call would come again after a day; it is given up here.
        let options = CallOptions::default().timeout(Duration::MAX).interrupt(|| true);
        assert_eq!(client.run(&request("t"), &options).unwrap_err().kind(), Kind::Cancelled, "{header}");
    }
}

/// Unavailable once a connection, and well from then on.
fn unavailable_first() -> String {
    let asked = AtomicUsize::new(0);
    server(move |stream, _| match asked.fetch_add(1, Ordering::Relaxed) % 2 {
        0 => drop(stream.write_all(b"HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n")),
        _ => say(stream, "{\"Code\":\"Success\"}"),
    })
}

// Finding A6: a limit of `Duration::MAX` was a panic.
#[test]
fn a_limit_that_no_clock_reaches_is_none() {
    let endpoint = unavailable_first();
    for longest in [Duration::MAX, Duration::from_millis(i64::MAX as u64), Duration::from_nanos(u64::MAX)] {
        let all = builder(&endpoint).timeout(longest).attempt_timeout(longest).connect_timeout(longest).idle_timeout(longest);
        let client = all.clone().retry_base(Duration::ZERO).throttle_base(longest).retry_cap(longest).build_blocking().unwrap();
        for call in WAYS {
            assert!(call(&client, &request("t")).is_ok());
        }
        let each = CallOptions::default().timeout(longest);
        assert!(client.run(&request("t"), &each).is_ok());
        let wait = WaitOptions { timeout: longest, longest_pause: longest, ..WaitOptions::default() };
        assert!(client.run(&WaitForResult::new(request("t"), wait), &each).is_ok());
        let many = ManyOptions { each: each.clone(), ..ManyOptions::default() };
        assert!(client.check_many([request("t")], &many).all(|(_, outcome)| outcome.is_ok()));
        // A pause without end is begun, and ended by whoever waits.
        let patient = all.retry_base(longest).retry_cap(longest).build_blocking().unwrap();
        let outcome = patient.run(&request("t"), &each.interrupt(|| true));
        assert!(outcome.is_ok() || patient.stats().requests == 1);
        let findings = builder(&endpoint).timeout(longest).attempt_timeout(longest).connect_timeout(longest);
        assert!(findings.diagnose(&DiagnosisOptions::default().latency(false)).is_ok());
    }
}

/// Counts how often it is asked.
#[derive(Debug, Default)]
struct Counted(AtomicUsize);

impl Provider for Counted {
    fn credentials(&self) -> CredentialsFuture<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Credentials::new("id", "secret", None) })
    }

    fn name(&self) -> &'static str {
        "counted"
    }
}

// Finding E7: `timeout=max(0, deadline - now)` with the deadline gone.
#[test]
fn a_time_that_is_over_ends_the_call_at_once() {
    let (asked, keys) = (Arc::new(AtomicUsize::new(0)), Arc::new(Counted::default()));
    let seen = asked.clone();
    let endpoint = server(move |stream, _| {
        seen.fetch_add(1, Ordering::Relaxed);
        say(stream, "{\"Code\":\"Success\"}");
    });
    let client = keyless(&endpoint).credentials(keys.clone()).build_blocking().unwrap();
    let over = CallOptions::default().timeout(Duration::ZERO);
    let is_timeout = |error: Error| {
        assert_eq!((error.kind(), error.attempts(), error.retryable()), (Kind::Timeout, 0, true), "{error}");
        assert!(error.message().contains("over before it began"), "{error}");
    };
    let begun = Instant::now();
    is_timeout(client.run(&request("t"), &over).unwrap_err());
    let (sender, outcome) = std::sync::mpsc::channel();
    client.start(request("t"), over.clone(), Delivery::default(), move |outcome| sender.send(outcome).unwrap()).unwrap();
    is_timeout(outcome.recv().unwrap().unwrap_err());
    let none = WaitOptions { timeout: Duration::ZERO, ..WaitOptions::default() };
    is_timeout(client.wait_for_result(&request("t"), &none).unwrap_err());
    is_timeout(client.run(&WaitForResult::new(request("t"), WaitOptions::default()), &over).unwrap_err());
    for (_, outcome) in client.check_many([request("t")], &ManyOptions { each: over, ..ManyOptions::default() }) {
        is_timeout(outcome.unwrap_err());
    }
    assert!(begun.elapsed() < Duration::from_secs(1));
    assert_eq!((asked.load(Ordering::Relaxed), keys.0.load(Ordering::Relaxed)), (0, 0));
    assert_eq!((client.stats().calls, client.stats().failed, client.stats().connections), (5, 5, 0));
}

/// A server that gives one answer after the other, the last of them again and again, and the pauses of a test.
fn answers(replies: &'static [&'static str]) -> (String, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let seen = asked.clone();
    let endpoint = server(move |stream, _| {
        let at = seen.fetch_add(1, Ordering::Relaxed).min(replies.len() - 1);
        let _ = match replies[at] {
            "hang up" => stream.shutdown(std::net::Shutdown::Both),
            "pending" => {
                let body = "{\"Code\":\"ProcessNotCompleted\"}";
                write!(stream, "HTTP/1.1 404 No\r\ncontent-length: {}\r\n\r\n{body}", body.len())
            }
            "done" => write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 18\r\n\r\n{{\"Code\":\"Success\"}}"),
            status => write!(stream, "HTTP/1.1 {status} No\r\ncontent-length: 0\r\n\r\n"),
        };
    });
    (endpoint, asked)
}

fn wait(limit: Duration) -> WaitOptions {
    let pause = Duration::from_millis(10);
    WaitOptions { first_pause: pause, longest_pause: pause, timeout: limit }
}

// Finding G10: a short spell of 503 in a long `wait_for_result` ended it.
#[test]
fn a_wait_goes_on_through_what_is_transient() {
    let (endpoint, asked) = answers(&["503", "pending", "503", "hang up", "502", "503", "pending", "done"]);
    let client = builder(&endpoint).max_attempts(1).build_blocking().unwrap();
    assert!(client.wait_for_result(&request("t"), &wait(Duration::from_secs(20))).is_ok());
    assert_eq!(asked.load(Ordering::Relaxed), 8);

    // The last error is the outcome once the time is over, and what is permanent is so at once.
    let (endpoint, _) = answers(&["pending", "503"]);
    let client = builder(&endpoint).max_attempts(1).build_blocking().unwrap();
    let begun = Instant::now();
    let error = client.wait_for_result(&request("t"), &wait(Duration::from_millis(200))).unwrap_err();
    assert_eq!((error.kind(), error.http_status()), (Kind::Unavailable, Some(503)));
    assert!((Duration::from_millis(200)..Duration::from_secs(10)).contains(&begun.elapsed()));
    let (endpoint, asked) = answers(&["pending", "302"]);
    let client = builder(&endpoint).build_blocking().unwrap();
    let error = client.wait_for_result(&request("t"), &wait(Duration::from_secs(20))).unwrap_err();
    assert_eq!((error.kind(), asked.load(Ordering::Relaxed)), (Kind::Protocol, 2));
}

/// Keys that cannot be had on some days.
#[derive(Debug)]
struct Moody(AtomicUsize, &'static [bool]);

impl Provider for Moody {
    fn credentials(&self) -> CredentialsFuture<'_> {
        let given = self.1[self.0.fetch_add(1, Ordering::Relaxed).min(self.1.len() - 1)];
        let keys = if given { Credentials::new("id", "secret", None) } else { Err(Error::credentials("the vault is sealed")) };
        Box::pin(async { keys })
    }

    fn name(&self) -> &'static str {
        "moody"
    }
}

// Finding G10: a hiccup of the credentials' source ended it, too.
#[test]
fn a_wait_goes_on_while_keys_that_were_good_are_missing() {
    for (days, comes) in [(&[true, false, false, true][..], true), (&[false, true][..], false)] {
        let (endpoint, _) = answers(&["pending", "done"]);
        let client = keyless(&endpoint).credentials(Arc::new(Moody(AtomicUsize::new(0), days))).build_blocking().unwrap();
        let outcome = client.wait_for_result(&request("t"), &wait(Duration::from_secs(20)));
        match outcome {
            Ok(_) => assert!(comes),
            Err(error) => assert!(!comes && error.kind() == Kind::Credentials, "{error}"),
        }
    }
}
