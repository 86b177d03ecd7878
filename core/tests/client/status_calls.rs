//! `status`: one question of two calls.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::recorder::{SUCCESS, all_sent, sent};
use crate::statuses::{assert_status, cases};
use crate::support::builder;
use cloudauth_core::typed::{InitializeRequest, Started, Status, StatusRequest, TypedRequest};
use cloudauth_core::{CallOptions, ClientBuilder, Clock, Delivery, Kind, Result, SystemClock};
use cloudauth_emulator::{Emulator, Options};
use serde_json::{Value, json};

/// 2026-03-01T10:00:00Z and so many seconds.
#[derive(Debug)]
struct At(u64);

impl Clock for At {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_hours(492_322) + Duration::from_secs(self.0)
    }

    fn random(&self) -> Result<[u8; 16]> {
        SystemClock.random()
    }
}

struct Server {
    listener: TcpListener,
    endpoint: String,
}

impl Server {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        Self { listener, endpoint }
    }

    fn client(&self) -> ClientBuilder {
        builder(&self.endpoint).retry_base(Duration::from_millis(1)).throttle_base(Duration::from_millis(1))
    }

    /// A request for one that began at 2026-03-01T10:00:00Z.
    fn request(&self) -> StatusRequest {
        StatusRequest::new(json!({
            "version": 1, "endpoint": self.endpoint, "transaction_id": "hks1", "merchant_biz_id": "order1",
            "product_code": "eKYC_PRO", "initialized_at": "2026-03-01T10:00:00Z",
        }))
    }

    fn has_waiting_connection(&self) -> bool {
        self.listener.set_nonblocking(true).unwrap();
        let waits = self.listener.accept().is_ok();
        self.listener.set_nonblocking(false).unwrap();
        waits
    }
}

fn reply(of: &Value) -> (u16, String) {
    (of["http"].as_u64().unwrap().try_into().unwrap(), of.to_string())
}

fn not_completed() -> (u16, String) {
    reply(&json!({"http": 404, "Code": "ProcessNotCompleted", "RequestId": "R-1"}))
}

fn broken_off() -> (u16, String) {
    reply(&json!({"http": 200, "Code": "Success", "RequestId": "R-2", "Result": {"VerifyStatus": 1, "VerifyErrorCode": "1006"}}))
}

fn unavailable() -> (u16, String) {
    reply(&json!({"http": 503, "Code": "ServiceUnavailable"}))
}

#[test]
fn every_pair_of_the_list_gives_its_state_end_to_end() {
    let server = Server::new();
    let client = server.client().max_attempts(1).build_blocking().unwrap();
    for (at, case) in cases().iter().enumerate() {
        assert_status(&server.listener, case, |started| {
            let mut request = TypedRequest::new("status").unwrap();
            // As text in every other case.
            request.set("started", if at % 2 == 0 { started } else { started.to_string().into() });
            let status = if at % 3 == 0 {
                let (sender, done) = channel();
                let send = move |outcome| sender.send(outcome).unwrap();
                client.start(request, CallOptions::default(), Delivery::OnIoThread, send).unwrap();
                done.recv().unwrap()
            } else {
                client.run(&request, &CallOptions::default())
            };
            status.unwrap().to_object().into()
        });
    }
}

#[test]
fn the_time_is_the_clients_clock() {
    let server = Server::new();
    let asked = |seconds, replies: &[(u16, String)]| {
        let client = server.client().clock(Arc::new(At(seconds))).build_blocking().unwrap();
        let mut outcome = None;
        all_sent(&server.listener, replies, || outcome = Some(client.status(&server.request())));
        let Status { request_id, state, .. } = outcome.unwrap().unwrap();
        (request_id, state.unwrap())
    };
    assert_eq!(asked(1799, &[not_completed(), broken_off()]), ("R-2".to_owned(), "in_progress".to_owned()));
    assert_eq!(asked(1800, &[not_completed(), broken_off()]), ("R-2".to_owned(), "abandoned".to_owned()));
}

#[test]
fn both_calls_are_attempts_of_one() {
    let server = Server::new();
    let (sender, events) = channel();
    let client = server.client().max_attempts(4).on_event(move |event| sender.send(event.clone()).unwrap());
    let client = client.build_blocking().unwrap();
    let replies = [unavailable(), not_completed(), unavailable(), broken_off()];
    let mut outcome = None;
    all_sent(&server.listener, &replies, || outcome = Some(client.status(&server.request())));
    assert_eq!(outcome.unwrap().unwrap().state.as_deref(), Some("abandoned"));
    let stats = client.stats();
    assert_eq!((stats.calls, stats.succeeded, stats.failed, stats.requests, stats.retries), (1, 1, 0, 4, 2));
    let seen: Vec<_> = (0..5)
        .map(|_| events.recv_timeout(Duration::from_secs(30)).unwrap())
        .map(|event| (event.operation, event.attempt, event.attempts, event.code))
        .collect();
    let event = |operation: &str, attempt: Option<u64>, code: Option<&str>| {
        (operation.to_owned(), attempt, attempt.unwrap_or(4), code.map(str::to_owned))
    };
    let expected = [
        event("CheckResult", Some(1), Some("ServiceUnavailable")),
        event("CheckResult", Some(2), Some("ProcessNotCompleted")),
        event("CheckVerifyLog", Some(3), Some("ServiceUnavailable")),
        event("CheckVerifyLog", Some(4), None),
        event("CheckResult", None, None),
    ];
    assert_eq!(seen, expected);
}

// This is of the recorder: without an end of its own, it would wait for ever.
#[test]
#[should_panic(expected = "requests of the call")]
fn a_request_too_few_is_told() {
    let server = Server::new();
    all_sent(&server.listener, &[not_completed()], || {});
}

/// The error that these replies give, under three attempts: its kind and attempts.
fn failed(replies: &[(u16, String)]) -> (Kind, u32) {
    let server = Server::new();
    let client = server.client().max_attempts(3).build_blocking().unwrap();
    let mut outcome = None;
    all_sent(&server.listener, replies, || outcome = Some(client.status(&server.request())));
    assert!(!server.has_waiting_connection(), "a call too many");
    let error = outcome.unwrap().unwrap_err();
    assert_eq!((client.stats().calls, client.stats().failed), (1, 1));
    (error.kind(), error.attempts())
}

#[test]
fn a_reply_that_says_nothing_of_the_transaction_is_an_error() {
    let refused = reply(&json!({"http": 403, "Code": "Forbidden.RAMUserAccessDenied"}));
    assert_eq!(failed(&[refused]), (Kind::AccessDenied, 1));
    let throttled = || reply(&json!({"http": 403, "Code": "Throttling.Api"}));
    assert_eq!(failed(&[throttled(), throttled(), throttled()]), (Kind::Throttled, 3));
    assert_eq!(failed(&[not_completed(), unavailable(), unavailable()]), (Kind::Unavailable, 3));
    assert_eq!(failed(&[not_completed(), (200, "no JSON".to_owned())]), (Kind::Protocol, 2));
    // The log is asked for once, whatever was sent before it.
    assert_eq!(failed(&[unavailable(), unavailable(), not_completed(), throttled()]), (Kind::Throttled, 4));
}

#[test]
fn both_calls_share_one_deadline() {
    let server = Server::new();
    let client = server.client().timeout(Duration::from_millis(500)).build_blocking().unwrap();
    let mut outcome = None;
    // The log's call finds nobody who answers.
    sent(&server.listener, 404, &not_completed().1, || outcome = Some(client.status(&server.request())));
    let error = outcome.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (Kind::Timeout, 2));
    assert_eq!(error.to_string(), "no result within the 500 ms that this call may take");
}

#[test]
fn the_reply_of_initialize_is_taken_as_it_is() {
    let server = Server::new();
    let client = server.client().build_blocking().unwrap();
    let body = json!({"Code": "Success", "Result": {"TransactionId": "hks1", "New": 1}}).to_string();
    let (mut started, mut reply) = (None, None);
    sent(&server.listener, 200, &body, || started = Some(client.initialize(&InitializeRequest::new("FACE_LIVENESS", "{}"))));
    let mut by_name = TypedRequest::new("initialize").unwrap();
    by_name.set("product_code", "FACE_LIVENESS");
    by_name.set("meta_info", "{}");
    sent(&server.listener, 200, &body, || reply = Some(client.run(&by_name, &CallOptions::default())));
    let (started, reply) = (started.unwrap().unwrap(), reply.unwrap().unwrap());
    assert!(!reply.extra.is_empty());
    let stored: Value = serde_json::from_str(&started.to_json().unwrap()).unwrap();
    for given in [Value::from(&started), stored, reply.to_object().into()] {
        let (mut outcome, request) = (None, StatusRequest::new(given));
        assert_eq!(format!("{request:?}"), "status { started: …, .. }");
        let (query, _) = sent(&server.listener, 200, SUCCESS, || outcome = Some(client.status(&request)));
        assert_eq!(query["TransactionId"], "hks1");
        assert_eq!(outcome.unwrap().unwrap().state.as_deref(), Some("unknown"));
    }
}

/// The system's clock, so many seconds ahead.
#[derive(Debug, Default)]
struct Ahead(AtomicU64);

impl Clock for Ahead {
    fn now(&self) -> SystemTime {
        SystemClock.now() + Duration::from_secs(self.0.load(Ordering::Relaxed))
    }

    fn random(&self) -> Result<[u8; 16]> {
        SystemClock.random()
    }
}

#[test]
fn a_person_who_leaves_at_a_page_abandoned_it_there() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let clock = Arc::new(Ahead::default());
    let client = builder(emulator.endpoint()).clock(clock.clone()).build_blocking().unwrap();
    let start = || client.initialize(&InitializeRequest::new("eKYC_PRO", "{}").doc_type("GLB03002")).unwrap();
    let status = |started: &Started| client.status(&StatusRequest::new(started)).unwrap();
    let state = |started: &Started| status(started).state.unwrap();
    let id = |started: &Started| started.transaction_id.clone().unwrap();
    let [unused, pending, passed] = [(); 3].map(|()| start());
    let pages = ["LOADING", "GUIDE", "OCR_SCAN", "OCR_RESULT", "FACE"].map(|page| (page, start()));
    for (page, started) in &pages {
        emulator.abandon(&id(started), page, "1006").unwrap();
        assert_eq!(state(started), "in_progress", "{page}");
    }
    assert_eq!(state(&unused), "not_begun");
    emulator.pend(&id(&pending)).unwrap();
    emulator.finish(&id(&passed), "200").unwrap();
    assert_eq!([&pending, &passed].map(state), ["pending", "finished"]);
    emulator.advance(Duration::from_mins(31));
    clock.0.store(31 * 60, Ordering::Relaxed);
    for (page, started) in &pages {
        let Status { state, page: left_at, error_code, reason, .. } = status(started);
        let texts = [state, left_at, error_code, reason].map(Option::unwrap);
        assert_eq!(texts, ["abandoned", page, "1006", "The person left before the end."]);
    }
    assert_eq!([&unused, &pending, &passed].map(state), ["expired", "pending", "finished"]);
    client.delete_result(&cloudauth_core::typed::DeleteResultRequest::new(id(&passed), "All")).unwrap();
    assert_eq!(state(&passed), "gone");
}

#[test]
fn a_clock_that_is_wrong_ends_nobodys_time() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let clock = Arc::new(Ahead::default());
    let client = builder(emulator.endpoint()).clock(clock.clone()).build_blocking().unwrap();
    let started = client.initialize(&InitializeRequest::new("FACE_LIVENESS", "{}")).unwrap();
    let state = || client.status(&StatusRequest::new(&started)).unwrap().state.unwrap();
    for seconds in [0, 3 * 3600, 0, 14 * 60, 40 * 24 * 3600] {
        clock.0.store(seconds, Ordering::Relaxed);
        assert_eq!(state(), "not_begun", "{seconds} s ahead");
    }
}
