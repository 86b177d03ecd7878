//! Calls over real sockets: what arrives, and what becomes of it.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::server::{say, server};
use crate::support::{builder, keyless, request};
use crate::ways::WAYS;
use cloudauth_core::credentials::{Credentials, CredentialsFuture, Provider};
use cloudauth_core::result::ImageFormat;
use cloudauth_core::{Call, CallOptions, Cancellation, Delivery, Error, Kind, Proxy, Signature, blocking};
use cloudauth_emulator::{Emulator, Options};

fn emulator() -> Emulator {
    Emulator::start(Options::default()).unwrap()
}

const BOTH: [Signature; 2] = [Signature::Acs3, Signature::Rpc1];

#[test]
fn every_variant_comes_over_both_signatures() {
    let emulator = emulator();
    for signature in BOTH {
        let client = builder(emulator.endpoint()).signature(signature).build_blocking().unwrap();
        for (transaction, face, document) in [
            ("ekycpro200", true, true),
            ("faceliveness200", true, false),
            ("idocr200", false, true),
            ("faceverification200", true, false),
        ] {
            let result = client.check_result(&request(transaction).return_image(true)).unwrap();
            assert_eq!((result.passed, result.sub_code.as_deref()), (Some(true), Some("200")), "{transaction}");
            assert_eq!((result.face.is_some(), result.document.is_some()), (face, document), "{transaction}");
            assert!(result.problems.is_empty(), "{:?}", result.problems);
            let pages = result.document.iter().flat_map(|document| document.pages.values());
            let images: Vec<_> = pages
                .filter_map(|page| page.image.as_ref())
                .chain(result.face.iter().filter_map(|face| face.image.as_ref()))
                .collect();
            assert!(
                !images.is_empty() && images.iter().all(|image| matches!(image.format, ImageFormat::Jpeg | ImageFormat::Png))
            );
        }
    }
    let calls = emulator.calls();
    assert_eq!(calls.len(), 8);
    for signature in BOTH {
        let mine: Vec<_> = calls.iter().filter(|call| call.signature == signature.algorithm()).collect();
        let connections: std::collections::BTreeSet<_> = mine.iter().map(|call| call.connection).collect();
        // A second one where the first was not yet back in the pool when the next call began.
        assert!(mine.len() == 4 && connections.len() <= 2, "{connections:?} serve one client");
    }
}

#[test]
fn a_temporary_key_goes_with_its_token() {
    let emulator = Emulator::start(Options { security_token: Some("a-token".to_owned()), ..Options::default() }).unwrap();
    for signature in BOTH {
        let keys = |token: &str| {
            builder(emulator.endpoint()).signature(signature).access_key(
                emulator.access_key_id(),
                emulator.access_key_secret(),
                Some(token.to_owned()),
            )
        };
        assert!(keys("a-token").build_blocking().unwrap().check_result(&request("idocr200")).is_ok());
        let error = keys("another").build_blocking().unwrap().check_result(&request("idocr200")).unwrap_err();
        assert_eq!(error.kind(), Kind::Authentication, "{error}");
    }
}

#[test]
fn a_wrong_secret_is_called_a_wrong_secret() {
    let emulator = emulator();
    for signature in BOTH {
        let wrong = builder(emulator.endpoint()).access_key("emulator-key-id", "canary-secret", None).signature(signature);
        let error = wrong.build_blocking().unwrap().check_result(&request("idocr200")).unwrap_err();
        assert_eq!((error.kind(), error.code(), error.attempts()), (Kind::Authentication, Some("SignatureDoesNotMatch"), 1));
        assert!(error.message().contains("access key secret is wrong"), "{error}");
        assert!(!error.retryable() && !format!("{error:?}").contains("canary"));
    }
}

#[test]
fn any_operation_can_be_called_and_long_values_go_in_the_body() {
    let emulator = emulator();
    for signature in BOTH {
        let client = builder(emulator.endpoint()).signature(signature).build_blocking().unwrap();
        let call = Call::new("Initialize")
            .parameter("ProductCode", "ID_OCR")
            .parameter("MerchantBizId", "biz 1 + ünï*~")
            .parameter("MetaInfo", "{}")
            .parameter("DocType", "01000000")
            .parameter("FacePictureBase64", "QUJD".repeat(5000));
        let reply = client.call(&call);
        // The id breaks the emulator's rule, which it can only tell once the signature over it has held.
        assert_eq!(reply.unwrap_err().code(), Some("InvalidParameter"));
        let call = Call::new("Initialize")
            .parameter("ProductCode", "ID_OCR")
            .parameter("MerchantBizId", "biz1")
            .parameter("MetaInfo", "{\"deviceType\":\"ünï +*~\"}")
            .parameter("DocType", "01000000")
            .parameter("FacePictureBase64", "QUJD".repeat(5000));
        let reply = client.call(&call).unwrap();
        let transaction = reply["Result"]["TransactionId"].as_str().unwrap();
        assert_eq!(client.check_result(&request(transaction)).unwrap_err().kind(), Kind::NotCompleted);
        emulator.finish(transaction, "212").unwrap();
        assert_eq!(client.check_result(&request(transaction)).unwrap().sub_code.as_deref(), Some("212"));
    }
}

#[test]
fn tls_is_trusted_only_where_it_may_be() {
    let emulator = Emulator::start(Options { tls: true, ..Options::default() }).unwrap();
    let pem = emulator.ca_pem().unwrap().as_bytes().to_vec();
    let trusting = builder(emulator.endpoint()).ca_pem(pem).build_blocking().unwrap();
    let wary = builder(emulator.endpoint()).build_blocking().unwrap();
    for call in WAYS {
        assert_eq!(call(&trusting, &request("idocr200")).unwrap().passed, Some(true));
        let before = emulator.calls().len();
        let error = call(&wary, &request("idocr200")).unwrap_err();
        assert_eq!((error.kind(), error.retryable()), (Kind::Tls, false));
        assert!(error.message().contains("ca_file adds one"), "{error}");
        assert_eq!(emulator.calls().len(), before);
    }
}

fn silent() -> blocking::Client {
    let endpoint = server(|_, _| thread::sleep(Duration::from_secs(30)));
    builder(&endpoint).attempt_timeout(Duration::from_millis(200)).build_blocking().unwrap()
}

#[test]
fn time_runs_out_for_the_attempt_the_call_and_this_call() {
    let client = silent();
    let begun = Instant::now();
    let error = client.check_result(&request("t")).unwrap_err();
    assert_eq!((error.kind(), error.retryable()), (Kind::Timeout, true));
    assert!(error.message().contains("200 ms"), "{error}");
    let error = client.run(&request("t"), &CallOptions::default().timeout(Duration::from_millis(50))).unwrap_err();
    assert!(error.kind() == Kind::Timeout && error.message().contains("50 ms"), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn another_thread_cancels() {
    let endpoint = server(|_, _| thread::sleep(Duration::from_secs(30)));
    let client = builder(&endpoint).build_blocking().unwrap();
    let cancellation = Cancellation::new();
    let begun = Instant::now();
    let error = thread::scope(|scope| {
        let options = CallOptions::default().cancellation(&cancellation);
        let call = scope.spawn(|| client.run(&request("t"), &{ options }));
        thread::sleep(Duration::from_millis(30));
        cancellation.cancel();
        call.join().unwrap().unwrap_err()
    });
    assert_eq!(error.kind(), Kind::Cancelled);
    assert!(begun.elapsed() < Duration::from_secs(10) && cancellation.is_cancelled());
}

#[test]
fn a_host_that_is_interrupted_ends_its_call_from_its_own_thread() {
    let endpoint = server(|_, _| thread::sleep(Duration::from_secs(30)));
    let client = builder(&endpoint).build_blocking().unwrap();
    let (asked, caller) = (AtomicUsize::new(0), thread::current().id());
    let options = CallOptions::default().interrupt(move || {
        assert_eq!(thread::current().id(), caller);
        asked.fetch_add(1, Ordering::SeqCst) == 2
    });
    let error = client.run(&request("t"), &options).unwrap_err();
    assert_eq!(error.kind(), Kind::Cancelled);
}

#[tokio::test]
async fn the_blocking_client_works_inside_a_runtime() {
    let emulator = emulator();
    let client = builder(emulator.endpoint()).build_blocking().unwrap();
    assert!(client.check_result(&request("idocr200")).is_ok());
}

#[derive(Debug)]
struct Host(Result<&'static str, &'static str>);

impl Provider for Host {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_millis(5)).await;
            let secret = self.0.map_err(Error::credentials)?;
            Credentials::new("emulator-key-id", secret, None)
        })
    }

    fn name(&self) -> &'static str {
        "host"
    }
}

#[test]
fn the_host_can_supply_keys() {
    let emulator = emulator();
    let with = |host| keyless(emulator.endpoint()).credentials(Arc::new(Host(host))).build_blocking().unwrap();
    assert!(with(Ok("emulator-key-secret")).check_result(&request("idocr200")).is_ok());
    let error = with(Err("the vault is sealed")).check_result(&request("idocr200")).unwrap_err();
    assert_eq!((error.kind(), error.message(), error.attempts()), (Kind::Credentials, "the vault is sealed", 0));
}

#[test]
fn a_proxy_is_never_asked_for_loopback() {
    let emulator = emulator();
    let proxy = Proxy::Url("http://127.0.0.1:9".to_owned());
    assert!(builder(emulator.endpoint()).proxy(proxy).build_blocking().unwrap().check_result(&request("idocr200")).is_ok());
}

#[test]
fn a_started_call_calls_back_exactly_once() {
    let emulator = emulator();
    let client = builder(emulator.endpoint()).build_blocking().unwrap();
    let (sender, outcomes) = std::sync::mpsc::channel();
    for transaction in ["idocr200", "", "errorThrottlingApi"] {
        let sender = sender.clone();
        let done = move |outcome: Result<_, Error>| sender.send((transaction, outcome.err().map(|error| error.kind()))).unwrap();
        client.start(request(transaction), CallOptions::default(), Delivery::default(), done.clone()).unwrap();
        client.start(request(transaction), CallOptions::default(), Delivery::OnIoThread, done).unwrap();
    }
    drop(sender);
    let mut outcomes: Vec<_> = outcomes.iter().collect();
    outcomes.sort_unstable_by_key(|(transaction, _)| *transaction);
    let expected = [("", Some(Kind::InvalidArgument)), ("errorThrottlingApi", Some(Kind::Throttled)), ("idocr200", None)];
    assert_eq!(outcomes, expected.map(|outcome| [outcome; 2]).concat());
}

#[test]
fn a_connection_that_nobody_uses_is_let_go() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let client = builder(&endpoint).idle_timeout(Duration::from_millis(100)).build_blocking().unwrap();
    let (sender, outcome) = std::sync::mpsc::channel();
    let done = move |outcome: Result<_, Error>| sender.send(outcome.map(drop)).unwrap();
    client.start(request("idocr200"), CallOptions::default(), Delivery::default(), done).unwrap();
    let (mut stream, _) = listener.accept().unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    assert!(stream.read(&mut [0; 8192]).unwrap() > 0);
    say(&mut stream, r#"{"Code":"Success","RequestId":"r","Result":{}}"#);
    outcome.recv().unwrap().unwrap();
    // The end of the stream, and not the time limit.
    assert_eq!(stream.read(&mut [0; 1]).unwrap(), 0);
}

#[test]
fn a_client_serves_runtimes_that_come_and_go() {
    let emulator = emulator();
    let client = builder(emulator.endpoint()).build().unwrap();
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (first, second) = (runtime(), runtime());
    for _ in 0..3 {
        // While one is driven, nothing drives the connection that the other one left.
        for runtime in [&first, &second] {
            runtime.block_on(client.check_result(&request("idocr200"))).unwrap();
        }
    }
    drop(first);
    second.block_on(client.check_result(&request("idocr200"))).unwrap();
    let connections: std::collections::BTreeSet<_> = emulator.calls().iter().map(|call| call.connection).collect();
    assert_eq!(connections.len(), 2);
}

#[test]
fn a_call_is_repeated_until_the_service_answers() {
    for (refusal, answers) in [
        ("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n", 2),
        ("HTTP/1.1 403 Forbidden\r\nx-acs-retry-after: 20\r\ncontent-length: 26\r\n\r\n{\"Code\":\"Throttling.Api\" }", 2),
        ("HTTP/1.1 400 Bad Request\r\ncontent-length: 29\r\n\r\n{\"Code\":\"SignatureNonceUsed\"}", 1),
        (
            "HTTP/1.1 400 Bad Request\r\ndate: Thu, 01 Jan 2026 00:00:00 GMT\r\ncontent-length: 35\r\n\r\n{\"Code\":\"InvalidTimeStamp.Expired\"}",
            1,
        ),
    ] {
        let seen = Arc::new(AtomicUsize::new(0));
        let counted = seen.clone();
        let endpoint = server(move |stream, _| {
            if counted.fetch_add(1, Ordering::Relaxed) % (answers + 1) < answers {
                let _ = stream.write_all(refusal.as_bytes());
            } else {
                say(stream, "{\"Code\":\"Success\"}");
            }
        });
        let client = builder(&endpoint).throttle_base(Duration::from_millis(20)).build_blocking().unwrap();
        for (number, way) in WAYS.iter().enumerate() {
            if number > 0 && refusal.contains("InvalidTimeStamp") {
                // The time is known by now, and a second refusal would be final.
                break;
            }
            way(&client, &request("t")).unwrap();
            assert_eq!(seen.load(Ordering::Relaxed), (answers + 1) * (number + 1), "{refusal}");
        }
        let stats = client.stats();
        assert_eq!((stats.calls, stats.succeeded), (stats.requests - stats.retries, stats.calls), "{stats:?}");
    }
}

#[test]
fn what_begins_something_is_sent_once() {
    let seen = Arc::new(AtomicUsize::new(0));
    let counted = seen.clone();
    let endpoint = server(move |stream, _| {
        counted.fetch_add(1, Ordering::Relaxed);
        let _ = stream.write_all(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n");
    });
    let client = builder(&endpoint).build_blocking().unwrap();
    for (action, requests) in [("Initialize", 1), ("DeleteVerifyResult", 1), ("CheckVerifyLog", 3)] {
        let before = seen.load(Ordering::Relaxed);
        assert_eq!(client.call(&Call::new(action)).unwrap_err().attempts(), requests);
        assert_eq!(seen.load(Ordering::Relaxed) - before, requests as usize, "{action}");
    }
}

// A merchant's client may do nothing else than start verifications.
#[test]
fn the_time_is_learnt_from_the_refusal_of_what_is_not_sent_again() {
    let emulator = emulator();
    emulator.advance(Duration::from_hours(1));
    let client = builder(emulator.endpoint()).build_blocking().unwrap();
    let start = Call::new("Initialize").unchecked().parameter("ProductCode", "FACE_LIVENESS");
    let start = start.parameter("MetaInfo", "{}").parameter("MerchantBizId", "order1");
    let refused = client.call(&start).unwrap_err();
    assert_eq!((refused.code(), refused.attempts()), (Some("InvalidTimeStamp.Expired"), 1));
    client.call(&start).unwrap();
}

#[test]
fn calls_side_by_side_all_gain_by_the_time_that_one_learns() {
    let faults = vec!["latency:delay=200ms,next=8".parse().unwrap()];
    let emulator = Emulator::start(Options { faults, ..Options::default() }).unwrap();
    emulator.advance(Duration::from_hours(1));
    let client = builder(emulator.endpoint()).build_blocking().unwrap();
    thread::scope(|scope| {
        let calls = [(); 8].map(|()| scope.spawn(|| client.check_result(&request("idocr200"))));
        for call in calls {
            call.join().unwrap().unwrap();
        }
    });
    assert_eq!(emulator.stats().requests, 16, "each was refused once");
}

// Finding G6: more parameters than a URL holds go in the body, and the service takes them.
#[test]
fn a_call_of_many_parameters_is_signed_and_sent() {
    let emulator = Emulator::start(Options::default()).unwrap();
    for signature in [Signature::Acs3, Signature::Rpc1] {
        let client = builder(emulator.endpoint()).signature(signature).build_blocking().unwrap();
        let call = (0..33)
            .fold(Call::new("CheckResult").unchecked(), |call, number| call.parameter(format!("P{number}"), "v".repeat(2000)));
        let call = call.parameter("MerchantBizId", "biz1").parameter("TransactionId", "ekycpro200");
        client.call(&call).unwrap();
    }
}
