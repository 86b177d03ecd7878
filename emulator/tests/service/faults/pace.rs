use std::time::Duration;

use super::raw::{End, apply, ask, call, exchange, honest, put, start, watch};
use crate::client::connect;

const MS: fn(u64) -> Duration = Duration::from_millis;

#[test]
fn latency_delays_a_right_reply_and_keeps_the_connection() {
    let emulator = start("latency:delay=150ms,next=1");
    let mut stream = connect(emulator.endpoint());
    let seen = ask(&mut stream, &call(&emulator, "idocr200"));
    assert_eq!(seen.status(), "HTTP/1.1 200 OK");
    assert!(seen.first >= MS(150), "{:?}", seen.first);
    assert_eq!(seen.end, End::Open);
    assert_eq!(exchange(&mut stream, &call(&emulator, "idocr200")).code(), "Success");
}

#[test]
fn jitter_is_drawn_between_nothing_and_its_most() {
    let emulator = start("latency:delay=0ms,jitter=200ms");
    let mut waits: Vec<_> = (0..8)
        .map(|number| {
            let mut stream = connect(emulator.endpoint());
            put(&mut stream, &call(&emulator, &format!("idocr200-no{number}")));
            watch(&mut stream, MS(400)).first
        })
        .collect();
    waits.sort();
    assert!(waits[7] > waits[0] + MS(20), "{waits:?}");
}

#[test]
fn stalls_send_so_much_and_then_close() {
    let whole = honest();
    for (fault, status, share) in
        [("stall-before-headers", "", 0), ("stall-mid-headers", "", 1), ("stall-mid-body", "HTTP/1.1 200 OK", 2)]
    {
        let emulator = start(&format!("{fault}:hold=200ms"));
        let mut stream = connect(emulator.endpoint());
        put(&mut stream, &call(&emulator, "idocr200"));
        let seen = watch(&mut stream, Duration::from_secs(10));
        assert_eq!(seen.status(), status, "{fault}");
        assert_eq!(seen.bytes.is_empty(), share == 0, "{fault}");
        if share == 2 {
            assert_eq!(seen.values("content-length"), [whole.body.len().to_string()]);
            assert_eq!(seen.body().len(), whole.body.len() / 2);
        }
        assert_eq!(seen.end, End::Closed, "{fault}");
        assert!(seen.ended >= MS(200) && seen.last < MS(150), "{fault}: {seen:?}");
    }
}

#[test]
fn a_stalled_client_that_goes_is_noticed() {
    let emulator = start("stall-before-headers:hold=3600s");
    let mut stream = connect(emulator.endpoint());
    put(&mut stream, &call(&emulator, "idocr200"));
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    assert_eq!(watch(&mut stream, Duration::from_secs(10)).end, End::Closed);
}

#[test]
fn slow_headers_come_at_their_rate_and_then_the_body() {
    let (emulator, seen) = apply("slow-headers:bytes=400");
    let length = seen.head().len();
    assert!(length > 100);
    assert_eq!(seen.values("content-length"), [seen.body().len().to_string()]);
    assert_eq!(seen.end, End::Open);
    // The last beat's pause comes before the body does.
    let expected = MS(length as u64 * 1000 / 400);
    assert!(seen.last >= expected && seen.last < expected + MS(1500), "{:?} for {length}", seen.last);
    assert!(seen.first < MS(300), "byte by byte, not all at the end");
    drop(emulator);
}

#[test]
fn a_slow_body_comes_at_its_rate_and_the_connection_is_used_again() {
    let emulator = start("slow-body:bytes=2KiB,next=1");
    let mut stream = connect(emulator.endpoint());
    let seen = ask(&mut stream, &call(&emulator, "idocr200"));
    assert_eq!(seen.values("content-length"), [seen.body().len().to_string()]);
    // All but the last beat's bytes were waited for.
    let expected = MS((seen.body().len() as u64 * 1000 / 2048).saturating_sub(100));
    assert!(seen.last >= seen.first + expected, "{:?} {expected:?}", seen.last);
    assert!(expected > MS(100), "long enough to tell");
    assert_eq!(exchange(&mut stream, &call(&emulator, "idocr200")).code(), "Success");
    assert_eq!(emulator.stats().connections, 1);
}

#[test]
fn a_request_that_follows_a_slow_body_at_once_is_served() {
    let emulator = start("slow-body:bytes=2KiB");
    let mut stream = connect(emulator.endpoint());
    for _ in 0..3 {
        assert_eq!(exchange(&mut stream, &call(&emulator, "idocr200")).code(), "Success");
    }
    assert_eq!(emulator.stats().connections, 1);
}
