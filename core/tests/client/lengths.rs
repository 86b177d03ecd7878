//! What a request and a reply say of their bodies.

use std::io::Write;
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use crate::server::{say, server};
use crate::support::{builder, request};
use crate::ways::{CALLS, WAYS};
use cloudauth_core::{Call, ClientBuilder, Environment, Kind};

/// Answers 411 as lighttpd does where a request may have a body and does not say how long it is.
fn strict(stream: &mut TcpStream, head: &str, json: &str) {
    let may_have_body = head.starts_with("POST ") || head.starts_with("PUT ");
    if may_have_body && !head.to_ascii_lowercase().contains("\r\ncontent-length: ") {
        let _ = write!(stream, "HTTP/1.1 411 Length Required\r\ncontent-length: 0\r\n\r\n");
    } else {
        say(stream, json);
    }
}

// Finding B1: 411 from lighttpd as a reverse proxy, as requests without a body had no Content-Length.
#[test]
fn a_request_without_a_body_says_so() {
    let endpoint = server(|stream, head| strict(stream, head, "{\"Code\":\"Success\"}"));
    let client = builder(&endpoint).build_blocking().unwrap();
    for (check, call) in WAYS.into_iter().zip(CALLS) {
        check(&client, &request("t")).unwrap();
        call(&client, &Call::new("Initialize")).unwrap();
    }
}

// Finding B1: nor had the PUT for a token of the metadata service.
#[test]
fn nor_does_the_metadata_service_guess() {
    let heads = Arc::new(Mutex::new(Vec::new()));
    let seen = heads.clone();
    let source = server(move |stream, head| {
        seen.lock().unwrap().push(head.lines().next().unwrap().to_owned());
        strict(stream, head, r#"{"Code":"Success","AccessKeyId":"id","AccessKeySecret":"secret"}"#);
    });
    let endpoint = server(|stream, head| strict(stream, head, "{\"Code\":\"Success\"}"));
    let variables = [
        ("CLOUDAUTH_METADATA_ENDPOINT", &*source),
        ("ALIBABA_CLOUD_ECS_METADATA", "role"),
        ("ALIBABA_CLOUD_IMDSV1_DISABLED", "true"),
    ];
    let client = ClientBuilder::default().environment(Environment::given(variables)).endpoint(endpoint).build_blocking().unwrap();
    // The token is any body without blanks.
    let outcome = client.check_result(&request("t"));
    assert!(outcome.is_ok(), "{outcome:?}");
    assert!(heads.lock().unwrap()[0].starts_with("PUT "), "{heads:?}");
}

// Finding L1: gateways write `identity`, `none`, nothing or a character set there, over a plain reply.
#[test]
fn only_what_is_compressed_is_refused_as_compressed() {
    const PLAIN: &[u8] = b"{\"Code\":\"Success\"}";
    const GZIP: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03";
    for (encoding, body, is_read) in [
        ("identity", PLAIN, true),
        ("Identity", PLAIN, true),
        ("none", PLAIN, true),
        ("", PLAIN, true),
        ("utf-8", PLAIN, true),
        ("UTF-8, identity", PLAIN, true),
        ("aws-chunked", PLAIN, true),
        ("gzip", GZIP, false),
        ("identity, x-gzip", GZIP, false),
        ("utf-8,br", PLAIN, false),
        ("deflate", b"x\x9c\x03\x00".as_slice(), false),
        ("zstd", b"\x28\xb5\x2f\xfd".as_slice(), false),
        ("COMPRESS", b"\x1f\x9d".as_slice(), false),
        ("utf-8", GZIP, false),
        ("something", b"\x28\xb5\x2f\xfd\x00".as_slice(), false),
    ] {
        let endpoint = server(move |stream, _| {
            let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}\r\ncontent-length: {}\r\n\r\n", body.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        });
        let client = builder(&endpoint).build_blocking().unwrap();
        for call in WAYS {
            match call(&client, &request("t")) {
                Ok(_) => assert!(is_read, "{encoding}"),
                Err(error) => {
                    assert_eq!(error.kind(), Kind::Protocol, "{encoding}: {error}");
                    assert!(!is_read && error.message().contains("compressed"), "{encoding}: {error}");
                }
            }
        }
    }
}
