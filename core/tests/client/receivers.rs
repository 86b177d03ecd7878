//! `download_video` into a receiver, and its progress.

use std::error::Error as _;
use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use cloudauth_core::typed::{DownloadVideoRequest, Progress, Received, Receiver, TypedRequest};
use cloudauth_core::{CallOptions, Cancellation, Delivery, Kind, Result, blocking};
use cloudauth_emulator::{Emulator, Options};
use serde_json::{Value, json};

use crate::support::{self, builder};
use crate::transfers::{Transfer, every_case};

/// What the caller's functions fail with.
#[derive(Debug)]
struct Full;

impl std::fmt::Display for Full {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the disk of the caller's is full")
    }
}

impl std::error::Error for Full {}

fn fails(is_due: bool) -> Received {
    if is_due { Err(Box::new(Full)) } else { Ok(()) }
}

fn due(case: &Value, name: &str, received: u64) -> bool {
    case[name].as_u64().is_some_and(|at| received >= at)
}

fn request(case: &Value, file: &Path, transfer: &Arc<Mutex<Transfer>>) -> TypedRequest {
    let mut request = TypedRequest::new("download_video").unwrap();
    for (name, value) in case["arguments"].as_object().unwrap() {
        request.set(name, value.clone());
    }
    if case["file"] == true {
        request.set("to", file.to_str().unwrap());
    }
    let of_case = case.clone();
    let (seen, case) = (transfer.clone(), case.clone());
    if case["file"] != true || case["both"] == true {
        let receive = move |bytes: &[u8]| {
            let received = &mut seen.lock().unwrap().received;
            let is_due = due(&of_case, "receiver_fails_at", (received.len() + bytes.len()) as u64);
            fails(is_due).inspect(|()| received.extend_from_slice(bytes))
        };
        request.set("receiver", Receiver::new(receive));
    }
    let seen = transfer.clone();
    let report = move |received, total| {
        seen.lock().unwrap().progress.push((received, total));
        fails(due(&case, "progress_fails_at", received))
    };
    request.set("progress", Progress::new(report));
    request
}

fn transfer(case: &Value, file: &Path, run: &dyn Fn(TypedRequest) -> Result<Value>) -> Transfer {
    let seen = Arc::new(Mutex::new(Transfer::default()));
    let outcome = run(request(case, file, &seen));
    let mut transfer = std::mem::take(&mut *seen.lock().unwrap());
    transfer.caused = outcome.as_ref().is_err_and(|error| error.source().is_some_and(<dyn std::error::Error>::is::<Full>));
    transfer.outcome = Some(outcome.map_err(|error| {
        assert!(!transfer.caused || !error.retryable(), "{error}");
        assert!(!error.message().contains("disk"), "{error}");
        (error.kind().name().to_owned(), error.message().to_owned())
    }));
    transfer
}

/// One for each case: retries are rationed.
fn client() -> blocking::Client {
    builder("https://service.invalid").max_attempts(4).retry_base(Duration::from_millis(1)).build_blocking().unwrap()
}

#[test]
fn every_transfer_ends_as_the_list_says() {
    let run = |request: TypedRequest| client().run(&request, &CallOptions::default()).map(|reply| Value::from(reply.to_object()));
    every_case(|case, file| transfer(case, file, &run));
    let start = |request: TypedRequest| {
        let (sender, outcome) = channel();
        client().start(request, CallOptions::default(), Delivery::OnIoThread, move |done| sender.send(done).unwrap()).unwrap();
        outcome.recv().unwrap().map(|reply: cloudauth_core::typed::TypedReply| Value::from(reply.to_object()))
    };
    every_case(|case, file| transfer(case, file, &start));
}

/// For an emulator's video of so many bytes.
fn fetching(emulator: &Emulator, id: &str, receiver: Receiver) -> DownloadVideoRequest {
    let started = json!({
        "version": 1, "endpoint": emulator.endpoint(), "transaction_id": id, "merchant_biz_id": "order1",
        "product_code": "eKYC_PRO", "initialized_at": "2026-03-01T10:00:00Z",
    });
    DownloadVideoRequest::with_receiver(receiver).started(started).video_hosts(["127.0.0.1"])
}

#[test]
fn a_receiver_may_block_call_and_use_a_runtime_of_its_own() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let client = builder(emulator.endpoint()).attempt_timeout(Duration::from_millis(400)).build_blocking().unwrap();
    let (own, mut pieces, (sender, lengths)) = (client.clone(), 0, channel());
    let receiver = Receiver::new(move |bytes| {
        pieces += 1;
        if pieces == 2 {
            // Longer than a server may take, which is no fault of the server's.
            thread::sleep(Duration::from_millis(600));
            own.check_result(&support::request("ekycpro200"))?;
            tokio::runtime::Builder::new_current_thread().build()?.block_on(async {});
        }
        Ok(sender.send(bytes.len())?)
    });
    let video = client.download_video(&fetching(&emulator, "ekycpro200-video4MiB", receiver)).unwrap();
    assert_eq!((video.path, video.length), (None, Some(4 << 20)));
    assert_eq!(lengths.try_iter().sum::<usize>(), 4 << 20);
    assert_eq!(emulator.stats().sent_bytes >> 20, 4, "it was sent once");
}

#[test]
fn a_receiver_is_for_one_download_at_a_time() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let client = builder(emulator.endpoint()).build_blocking().unwrap();
    let ((entered, inside), (leave, left)) = (channel(), channel::<()>());
    let receiver = Receiver::new(move |_| {
        let _ = entered.send(());
        Ok(left.recv_timeout(Duration::from_secs(20))?)
    });
    let request = fetching(&emulator, "ekycpro200-video64KiB", receiver);
    let (sender, outcome) = channel();
    client.start(request.clone(), CallOptions::default(), Delivery::default(), move |done| sender.send(done).unwrap()).unwrap();
    inside.recv().unwrap();
    let error = client.download_video(&request).unwrap_err();
    assert_eq!(error.message(), "receiver: is in use by another call; give each call its own");
    drop(leave);
    assert_eq!(outcome.recv().unwrap().unwrap_err().kind(), Kind::Io);
}

/// Whatever ends a call while the receiver runs waits for it, and calls it no more.
fn ended_inside(end: impl Fn(&Cancellation) -> CallOptions, kind: Kind, blocks: bool) {
    let emulator = Emulator::start(Options::default()).unwrap();
    let client = builder(emulator.endpoint()).build_blocking().unwrap();
    let cancellation = Cancellation::new();
    let ((sender, calls), ended) = (channel(), Arc::new(Mutex::new(None)));
    let inside: Sender<Instant> = sender;
    let later = cancellation.clone();
    let receiver = Receiver::new(move |_| {
        later.cancel();
        thread::sleep(Duration::from_millis(1500));
        Ok(inside.send(Instant::now())?)
    });
    let request = fetching(&emulator, "ekycpro200-video4MiB", receiver);
    let options = end(&cancellation);
    let error = if blocks {
        client.run(&request, &options).unwrap_err()
    } else {
        let ((sender, outcome), ended) = (channel(), ended.clone());
        let done = move |done| {
            *ended.lock().unwrap() = Some(Instant::now());
            sender.send(done).unwrap();
        };
        client.start(request, options, Delivery::OnIoThread, done).unwrap();
        outcome.recv().unwrap().unwrap_err()
    };
    assert_eq!(error.kind(), kind, "{error}");
    let left = calls.recv_timeout(Duration::from_secs(10)).unwrap();
    assert!(ended.lock().unwrap().unwrap_or_else(Instant::now) >= left, "the receiver had not returned");
    assert!(calls.recv_timeout(Duration::from_millis(500)).is_err(), "it was called again");
}

#[test]
fn what_ends_a_call_waits_for_its_receiver() {
    for blocks in [true, false] {
        ended_inside(|cancellation| CallOptions::default().cancellation(cancellation), Kind::Cancelled, blocks);
        ended_inside(|_| CallOptions::default().timeout(Duration::from_secs(1)), Kind::Timeout, blocks);
    }
}
