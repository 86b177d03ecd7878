//! What the spans of a call and of its attempts tell: these fields, and no others.

#[path = "support/server.rs"]
mod server;
mod support;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cloudauth_core::{Admitted, CheckResultRequest, Error, Kind, Permit, PermitFuture, PermitRequest, Quota, blocking};
use cloudauth_emulator::{Emulator, Options};
use server::{say, server};
use support::{builder, request};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

const CALL: [&str; 7] = ["action", "endpoint", "signature", "kind", "code", "http_status", "attempts"];
const ATTEMPT: [&str; 6] = ["number", "permit_wait_ms", "kind", "code", "http_status", "pause_ms"];

/// A span that has ended.
#[derive(Clone, Debug)]
struct Told {
    name: &'static str,
    parent: Option<&'static str>,
    declared: Vec<&'static str>,
    fields: Fields,
}

#[derive(Clone, Debug, Default)]
struct Fields(BTreeMap<&'static str, String>);

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let before = self.0.insert(field.name(), format!("{value:?}"));
        assert_eq!(before, None, "{field} is reported once");
    }
}

/// Spans in the order in which they end, and all events.
#[derive(Clone, Default)]
struct Listener {
    spans: Arc<Mutex<Vec<Told>>>,
    events: Arc<Mutex<Vec<Fields>>>,
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Listener {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        context.span(id).unwrap().extensions_mut().insert(fields);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        values.record(context.span(id).unwrap().extensions_mut().get_mut::<Fields>().unwrap());
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.events.lock().unwrap().push(fields);
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let span = context.span(&id).unwrap();
        self.spans.lock().unwrap().push(Told {
            name: span.name(),
            parent: span.parent().map(|parent| parent.name()),
            declared: span.fields().iter().map(|field| field.name()).collect(),
            fields: span.extensions_mut().remove().unwrap(),
        });
    }
}

/// What is logged while `calls` runs, the calls being made on this thread.
fn heard(calls: impl FnOnce()) -> (Vec<Told>, Vec<Fields>) {
    let listener = Listener::default();
    tracing::subscriber::with_default(tracing_subscriber::registry().with(listener.clone()), calls);
    let spans = listener.spans.lock().unwrap().clone();
    for span in &spans {
        let (declared, parent) = match span.name {
            "call" => (&CALL[..], None),
            _ => (&ATTEMPT[..], Some("call")),
        };
        assert_eq!((&span.declared[..], span.parent), (declared, parent), "{span:?}");
    }
    let events = listener.events.lock().unwrap().clone();
    (spans, events)
}

fn spans(calls: impl FnOnce()) -> Vec<Told> {
    heard(calls).0
}

/// A span's fields by name, but for those that `waits` names: of these, the whole milliseconds.
fn fields<const N: usize>(span: &Told, waits: [&str; N]) -> (String, [u64; N]) {
    let rest = span.fields.0.iter().filter(|(name, _)| !waits.contains(name));
    let rest: Vec<_> = rest.map(|(name, value)| format!("{name}={value}")).collect();
    (rest.join(" "), waits.map(|name| span.fields.0[name].parse().unwrap()))
}

fn names(spans: &[Told]) -> Vec<&str> {
    spans.iter().map(|span| span.name).collect()
}

fn answer(stream: &mut TcpStream, status: u16, headers: &str, body: &str) {
    let length = body.len();
    write!(stream, "HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\n\r\n{body}").unwrap();
}

const PASSED: &str = r#"{"Code":"Success","RequestId":"r","Result":{"Passed":"Y","SubCode":"200"}}"#;
const THROTTLED: &str = r#"{"Code":"Throttling.Api","Message":"canary","RequestId":"canary"}"#;
const WAITS: [&str; 1] = ["permit_wait_ms"];

fn client(endpoint: &str) -> blocking::Client {
    builder(endpoint).throttle_base(Duration::from_millis(1)).build_blocking().unwrap()
}

#[test]
fn a_success_is_a_call_with_one_attempt() {
    let endpoint = server(|stream, _| say(stream, PASSED));
    let client = client(&endpoint);
    let told = spans(|| drop(client.check_result(&request("t")).unwrap()));
    assert_eq!(names(&told), ["attempt", "call"]);
    assert_eq!(fields(&told[0], WAITS).0, "http_status=200 number=1");
    let call = format!("action=CheckResult attempts=1 endpoint={endpoint} signature=ACS3-HMAC-SHA256");
    assert_eq!(fields(&told[1], []).0, call);
}

#[test]
fn each_attempt_tells_why_it_failed_and_the_pause_that_follows() {
    let requests = AtomicUsize::new(0);
    let endpoint = server(move |stream, _| match requests.fetch_add(1, Ordering::Relaxed) {
        0 => answer(stream, 429, "x-acs-retry-after: 30\r\n", THROTTLED),
        _ => say(stream, PASSED),
    });
    let client = client(&endpoint);
    let told = spans(|| drop(client.check_result(&request("t")).unwrap()));
    assert_eq!(names(&told), ["attempt", "attempt", "call"]);
    let (first, [_, pause]) = fields(&told[0], ["permit_wait_ms", "pause_ms"]);
    assert_eq!(first, "code=Throttling.Api http_status=429 kind=throttled number=1");
    assert!((30..=31).contains(&pause), "{pause}");
    assert_eq!(fields(&told[1], WAITS).0, "http_status=200 number=2");
    let call = format!("action=CheckResult attempts=2 endpoint={endpoint} signature=ACS3-HMAC-SHA256");
    assert_eq!(fields(&told[2], []).0, call);
}

#[test]
fn a_failure_is_told_by_kind_and_by_codes_that_may_be_shown() {
    // Finding D1, D2, G9
    for (code, kind, shown) in [
        ("InvalidParameter", "invalid_request", "InvalidParameter"),
        ("Some.New.Code", "service", "Some.New.Code"),
        ("Canary A1234567", "service", "…"),
        ("Throttling.\\nCRITICAL canary", "throttled", "…"),
    ] {
        let body = format!(r#"{{"Code":"{code}","Message":"canary","RequestId":"canary"}}"#);
        let endpoint = server(move |stream, _| answer(stream, 400, "", &body));
        let client = builder(&endpoint).max_attempts(1).build_blocking().unwrap();
        let told = spans(|| assert_eq!(client.check_result(&request("t")).unwrap_err().code(), Some(shown)));
        let shown = format!("code={shown} ");
        assert_eq!(names(&told), ["attempt", "call"]);
        assert_eq!(fields(&told[0], WAITS).0, format!("{shown}http_status=400 kind={kind} number=1"));
        let call = format!("{shown}endpoint={endpoint} http_status=400 kind={kind} signature=ACS3-HMAC-SHA256");
        assert_eq!(fields(&told[1], []).0, format!("action=CheckResult attempts=1 {call}"));
    }
}

/// Keeps everybody waiting for a while.
#[derive(Debug)]
struct Slow(Duration);

impl Quota for Slow {
    fn acquire<'a>(&'a self, _: PermitRequest<'a>) -> PermitFuture<'a> {
        Box::pin(async {
            tokio::time::sleep(self.0).await;
            Ok(Permit(0))
        })
    }

    fn report(&self, _: &str, _: Permit, _: Admitted) {}
}

#[test]
fn the_wait_for_a_permit_is_told_and_an_attempt_that_is_cut_short_has_no_outcome() {
    let endpoint = server(|_, _| {});
    let client = builder(&endpoint).quota(Arc::new(Slow(Duration::from_millis(20)))).timeout(Duration::from_millis(300));
    let client = client.build_blocking().unwrap();
    let told = spans(|| assert_eq!(client.check_result(&request("t")).unwrap_err().kind(), Kind::Timeout));
    assert_eq!(told.len(), 2);
    let (attempt, [wait]) = fields(&told[0], WAITS);
    assert_eq!(attempt, "number=1");
    assert!((20..300).contains(&wait), "{wait}");
    let (call, []) = fields(&told[1], []);
    let expected = format!("action=CheckResult attempts=1 endpoint={endpoint} kind=timeout signature=ACS3-HMAC-SHA256");
    assert_eq!(call, expected);
}

/// Has lost its own server.
#[derive(Debug)]
struct Lost;

impl Quota for Lost {
    fn acquire<'a>(&'a self, _: PermitRequest<'a>) -> PermitFuture<'a> {
        Box::pin(async { Err(Error::quota("the shared counter is down")) })
    }

    fn report(&self, _: &str, _: Permit, _: Admitted) {}
}

// Finding K8: a quota could not fail, and `qps` beside one was ignored.
#[test]
fn a_quota_can_fail_and_ends_the_call_before_anything_is_sent() {
    let endpoint = server(|stream, _| say(stream, "{\"Code\":\"Success\"}"));
    let client = builder(&endpoint).quota(Arc::new(Lost)).build_blocking().unwrap();
    let told = spans(|| {
        let error = client.check_result(&request("t")).unwrap_err();
        assert_eq!((error.kind(), error.message(), error.attempts()), (Kind::Throttled, "the shared counter is down", 0));
        assert!(error.retryable());
    });
    assert_eq!(names(&told), ["attempt", "call"]);
    assert_eq!((client.stats().requests, client.stats().connections, client.stats().failed), (0, 0, 1));
    let error = builder(&endpoint).quota(Arc::new(Lost)).qps(5).build().unwrap_err();
    assert_eq!(error.kind(), Kind::InvalidArgument);
    assert!(error.message().starts_with("qps: cannot be given beside a quota"), "{error}");
}

#[test]
fn nobody_is_given_away() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let biz_id = "canarybiz1";
    let canary = builder(emulator.endpoint()).access_key("canary-key-id", "canary-key-secret", None).build_blocking().unwrap();
    let client = client(emulator.endpoint());
    let mut person = Vec::new();
    let (spans, events) = heard(|| {
        let specimen = CheckResultRequest::new(biz_id, "ekycpro200-CHN01001").return_image(true);
        let result = client.check_result(&specimen).unwrap();
        let identity = result.document.unwrap().pages.remove("01").unwrap().identity.unwrap();
        person.extend([identity.document_number, identity.birth_date, identity.full_name].into_iter().flatten());
        canary.check_result(&CheckResultRequest::new(biz_id, "canarytransaction")).unwrap_err();
        client.check_result(&CheckResultRequest::new(biz_id, "canarytransaction")).unwrap_err();
    });
    assert!(person.len() > 1 && spans.len() == 6 && events.len() >= 3, "{person:?} {spans:?} {events:?}");
    let told = format!("{spans:?}{events:?}");
    for secret in person.iter().map(String::as_str).chain(["canary", "ekycpro", "emulator-key"]) {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
}
