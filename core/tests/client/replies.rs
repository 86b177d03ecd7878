//! Replies that are larger than allowed, or broken.

use std::io::Write;
use std::net::Shutdown;

use crate::server::server;
use crate::support::{builder, request};
use crate::ways::WAYS;
use cloudauth_core::{Call, Kind};
use cloudauth_emulator::{Emulator, Options};

#[test]
fn replies_larger_than_allowed_are_refused() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let client = builder(emulator.endpoint()).max_body_bytes(10_000).max_body_bytes_without_images(300).build_blocking().unwrap();
    let large = [(request("ekycpro200-64KiB").return_image(true), "10000"), (request("ekycpro200"), "300")];
    for (call, (request, cap)) in WAYS.into_iter().flat_map(|call| large.iter().map(move |large| (call, large))) {
        let error = call(&client, request).unwrap_err();
        assert_eq!((error.kind(), error.http_status(), error.retryable()), (Kind::TooLarge, Some(200), false));
        assert!(error.message().contains(cap), "{error}");
    }
    // Chunked: no length is announced.
    let endless = server(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        let chunk = [&b"400\r\n"[..], &[b' '; 1024], b"\r\n"].concat();
        while stream.write_all(&chunk).is_ok() {}
    });
    let client = builder(&endless).max_body_bytes_without_images(100_000).build_blocking().unwrap();
    for call in WAYS {
        assert_eq!(call(&client, &request("t")).unwrap_err().kind(), Kind::TooLarge);
    }
}

// Finding A3: any operation had the cap of one that returns images.
#[test]
fn an_operation_called_by_its_name_has_the_small_cap() {
    let large = server(|stream, _| {
        let body = format!(r#"{{"Code":"Success","Data":"{}"}}"#, "x".repeat(1 << 20));
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
    });
    let call = Call::new("CheckVerifyLog").parameter("TransactionId", "t");
    let client = builder(&large).build_blocking().unwrap();
    assert_eq!(client.call(&call).unwrap_err().kind(), Kind::TooLarge);
    let client = builder(&large).max_body_bytes_without_images(2 << 20).build_blocking().unwrap();
    assert_eq!(client.call(&call).unwrap()["Data"].as_str().map(str::len), Some(1 << 20));
}

#[test]
fn broken_replies_are_told_apart() {
    let cases: [(&'static [u8], Kind, u32); 7] = [
        (b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"Code\":\"Success\"}", Kind::Protocol, 2),
        (b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 500\r\n\r\n{\"Code\":", Kind::Unavailable, 3),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}", Kind::Protocol, 2),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n{}", Kind::Protocol, 2),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Kind::Protocol, 2),
        (b"", Kind::Network, 3),
        (b"HTTP/1.1 200 OK\r\ncontent-le", Kind::Network, 3),
    ];
    for (reply, kind, attempts) in cases {
        let endpoint = server(move |stream, _| {
            let _ = stream.write_all(reply).and_then(|()| stream.shutdown(Shutdown::Both));
        });
        let client = builder(&endpoint).build_blocking().unwrap();
        for call in WAYS {
            let error = call(&client, &request("t")).unwrap_err();
            assert_eq!((error.kind(), error.attempts()), (kind, attempts), "{}: {error}", String::from_utf8_lossy(reply));
            assert!(!error.message().contains("127.0.0.1/"), "no URL in {error}");
        }
    }
}
