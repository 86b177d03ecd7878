use super::raw::{End, Seen, apply, ask, call, exchange, start};
use crate::client::{authority, connect};

fn page(seen: &Seen, status: &str) {
    assert_eq!(seen.status(), status);
    assert_eq!(seen.values("content-type"), ["text/html;charset=utf-8"]);
    assert_eq!(seen.values("content-length"), [seen.body().len().to_string()]);
    assert!(seen.body().starts_with(b"<!doctype html>"));
    assert_eq!(seen.end, End::Open);
}

#[test]
fn garbage_is_no_http_and_the_same_again() {
    let (emulator, seen) = apply("garbage");
    assert_eq!((seen.bytes.len(), seen.bytes[0], seen.end), (512, 0xff, End::Closed));
    assert_eq!(emulator.attempts()[0].http_status, 0, "nobody was asked");
    assert_eq!(apply("garbage").1.bytes, seen.bytes);
    assert_eq!(apply("garbage:size=7").1.bytes, seen.bytes[..7]);
}

#[test]
fn pages_come_in_the_place_of_json() {
    page(&apply("html-200").1, "HTTP/1.1 200 OK");
    let (emulator, seen) = apply("html-502");
    page(&seen, "HTTP/1.1 502 Bad Gateway");
    let attempt = &emulator.attempts()[0];
    assert_eq!((attempt.http_status, &*attempt.code, attempt.fault), (502, "", Some("html-502")));
    let (_, seen) = apply("proxy-407");
    page(&seen, "HTTP/1.1 407 Proxy Authentication Required");
    assert_eq!(seen.values("proxy-authenticate"), ["Basic realm=\"proxy\""]);
}

#[test]
fn an_empty_503_has_neither_type_nor_body() {
    let (_, seen) = apply("empty-503");
    assert_eq!(seen.status(), "HTTP/1.1 503 Service Unavailable");
    assert_eq!(seen.values("content-length"), ["0"]);
    assert_eq!(seen.values("content-type"), [""; 0]);
    assert_eq!((seen.body().len(), seen.end), (0, End::Open));
}

#[test]
fn redirects_lead_elsewhere_or_out_of_tls() {
    let (_, seen) = apply("redirect");
    page(&seen, "HTTP/1.1 302 Found");
    assert_eq!(seen.values("location"), ["https://elsewhere.invalid/"]);
    for (status, line) in [
        ("301", "HTTP/1.1 301 Moved Permanently"),
        ("303", "HTTP/1.1 303 See Other"),
        ("307", "HTTP/1.1 307 Temporary Redirect"),
        ("308", "HTTP/1.1 308 Permanent Redirect"),
    ] {
        let (emulator, seen) = apply(&format!("redirect:status={status},to=http"));
        page(&seen, line);
        assert_eq!(seen.values("location"), [format!("http://{}/", authority(emulator.endpoint()))]);
    }
}

#[test]
fn the_service_is_not_asked() {
    let emulator = start("html-502:next=1");
    let mut stream = connect(emulator.endpoint());
    ask(&mut stream, &call(&emulator, "pending1"));
    assert_eq!(exchange(&mut stream, &call(&emulator, "pending1")).code(), "ProcessNotCompleted", "it counts from here");
    assert_eq!(exchange(&mut stream, &call(&emulator, "pending1")).code(), "Success");
}
