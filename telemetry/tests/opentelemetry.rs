//! What OpenTelemetry's SDK gets to see of calls and of clients.

#[path = "../../core/tests/support/server.rs"]
mod server;
#[path = "../../core/tests/support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cloudauth_core::{CheckResultRequest, blocking};
use cloudauth_emulator::{Emulator, Options};
use cloudauth_opentelemetry::{Observe, layer};
use opentelemetry::KeyValue;
use opentelemetry::trace::{SpanId, SpanKind, Status, TraceContextExt, Tracer, TracerProvider};
use opentelemetry_sdk::metrics::data::{AggregatedMetrics, MetricData, ResourceMetrics, SumDataPoint};
use opentelemetry_sdk::metrics::{InMemoryMetricExporter, SdkMeterProvider};
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use server::{say, server};
use support::{builder, request};
use tracing_subscriber::layer::SubscriberExt;

const PASSED: &str = r#"{"Code":"Success","RequestId":"r","Result":{"Passed":"Y","SubCode":"200"}}"#;
const THROTTLED: &str = r#"{"Code":"Throttling.Api","Message":"canary","RequestId":"canary"}"#;

fn refuse(stream: &mut TcpStream, status: u16, body: &str) {
    let length = body.len();
    write!(stream, "HTTP/1.1 {status} X\r\nx-acs-retry-after: 30\r\ncontent-length: {length}\r\n\r\n{body}").unwrap();
}

fn client(endpoint: &str) -> blocking::Client {
    builder(endpoint).throttle_base(Duration::from_millis(1)).build_blocking().unwrap()
}

/// The spans of what `calls` does, which is given their provider, in the order in which they end.
fn spans(calls: impl FnOnce(&SdkTracerProvider)) -> Vec<SpanData> {
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
    let subscriber = tracing_subscriber::registry().with(layer(&provider));
    tracing::subscriber::with_default(subscriber, || calls(&provider));
    let spans = exporter.get_finished_spans().unwrap();
    assert!(spans.iter().all(|span| span.events.is_empty() && span.links.is_empty()), "attributes tell it all");
    spans
}

/// A span's attributes by name, but for those that `waits` names: of these, the whole milliseconds.
fn attributes<const N: usize>(span: &SpanData, waits: [&str; N]) -> (String, [i64; N]) {
    let all: BTreeMap<_, _> = span.attributes.iter().map(|one| (one.key.as_str(), one.value.to_string())).collect();
    assert_eq!(all.len(), span.attributes.len(), "each is reported once: {span:?}");
    let rest: Vec<_> =
        all.iter().filter(|(name, _)| !waits.contains(name)).map(|(name, value)| format!("{name}={value}")).collect();
    (rest.join(" "), waits.map(|name| all[name].parse().unwrap()))
}

const WAIT: [&str; 1] = ["cloudauth.permit_wait_ms"];

#[test]
fn a_call_is_a_client_span_above_one_for_each_request() {
    let requests = AtomicUsize::new(0);
    let endpoint = server(move |stream, _| match requests.fetch_add(1, Ordering::Relaxed) {
        0 => refuse(stream, 429, THROTTLED),
        _ => say(stream, PASSED),
    });
    let server = format!("server.address=127.0.0.1 server.port={}", endpoint.rsplit(':').next().unwrap());
    let client = client(&endpoint);
    let told = spans(|_| drop(client.check_result(&request("t")).unwrap()));

    let [first, second, call] = &told[..] else { panic!("{told:?}") };
    for (span, name, parent) in [
        (first, "POST", call.span_context.span_id()),
        (second, "POST", call.span_context.span_id()),
        (call, "CheckResult", SpanId::INVALID),
    ] {
        assert_eq!((span.name.as_ref(), &span.span_kind, span.parent_span_id), (name, &SpanKind::Client, parent));
        assert_eq!(span.instrumentation_scope.name(), "cloudauth");
        assert_eq!(span.span_context.trace_id(), call.span_context.trace_id());
    }
    let (failed, [_, pause]) = attributes(first, ["cloudauth.permit_wait_ms", "cloudauth.pause_ms"]);
    let outcome = "cloudauth.code=Throttling.Api error.type=throttled http.request.method=POST http.response.status_code=429";
    assert_eq!(failed, format!("{outcome} {server}"));
    assert!((30..=31).contains(&pause), "{pause}");
    let outcome = "http.request.method=POST http.request.resend_count=1 http.response.status_code=200";
    assert_eq!(attributes(second, WAIT).0, format!("{outcome} {server}"));
    let outcome = "cloudauth.action=CheckResult cloudauth.attempts=2 cloudauth.signature=ACS3-HMAC-SHA256";
    assert_eq!(attributes(call, []).0, format!("{outcome} {server}"));
    assert_eq!([&first.status, &second.status, &call.status], [&Status::error(""), &Status::Unset, &Status::Unset]);
    let pause = second.start_time.duration_since(first.end_time).unwrap();
    assert!(pause >= Duration::from_millis(30), "{pause:?} is no part of an attempt");
    assert!(call.start_time <= first.start_time && call.end_time >= second.end_time);
}

#[test]
fn a_failed_call_is_a_span_with_an_error() {
    let endpoint = server(|stream, _| refuse(stream, 400, r#"{"Code":"InvalidParameter","Message":"canary"}"#));
    let server = format!("server.address=127.0.0.1 server.port={}", endpoint.rsplit(':').next().unwrap());
    let client = client(&endpoint);
    let told = spans(|_| drop(client.check_result(&request("t")).unwrap_err()));
    let [attempt, call] = &told[..] else { panic!("{told:?}") };
    assert_eq!([&attempt.status, &call.status], [&Status::error(""); 2]);
    let outcome = "error.type=invalid_request http.request.method=POST http.response.status_code=400";
    assert_eq!(attributes(attempt, WAIT).0, format!("cloudauth.code=InvalidParameter {outcome} {server}"));
    let call = attributes(call, []).0;
    let whose = "cloudauth.action=CheckResult cloudauth.attempts=1 cloudauth.code=InvalidParameter";
    let outcome = "cloudauth.signature=ACS3-HMAC-SHA256 error.type=invalid_request http.response.status_code=400";
    assert_eq!(call, format!("{whose} {outcome} {server}"));
}

#[test]
fn a_call_stands_below_the_span_that_its_caller_is_in() {
    let endpoint = server(|stream, _| say(stream, PASSED));
    let client = client(&endpoint);
    let told = spans(|provider| {
        provider.tracer("host").in_span("order", |_| drop(client.check_result(&request("t")).unwrap()));
    });
    let [_, call, order] = &told[..] else { panic!("{told:?}") };
    assert_eq!((order.name.as_ref(), call.parent_span_id), ("order", order.span_context.span_id()));
    assert_eq!(call.span_context.trace_id(), order.span_context.trace_id());
}

#[test]
fn spans_of_others_and_events_are_left_to_other_layers() {
    let told = spans(|_| {
        assert!(tracing::error_span!("other").is_disabled());
        assert!(tracing::error_span!(target: "cloudauth_corejam::x", "other").is_disabled());
        assert!(!tracing::event_enabled!(target: "cloudauth_core::client", tracing::Level::ERROR));
        assert!(!opentelemetry::Context::current().has_active_span());
    });
    assert!(told.is_empty(), "{told:?}");
}

/// Each instrument's unit, and its value for each client that `client` tells apart.
fn read(provider: &SdkMeterProvider, exporter: &InMemoryMetricExporter) -> BTreeMap<String, (String, Vec<(String, u64)>)> {
    exporter.reset();
    provider.force_flush().unwrap();
    let mut all = BTreeMap::new();
    for metric in exporter.get_finished_metrics().unwrap().iter().flat_map(ResourceMetrics::scope_metrics) {
        assert_eq!(metric.scope().name(), "cloudauth");
        for metric in metric.metrics() {
            let AggregatedMetrics::U64(MetricData::Sum(sum)) = metric.data() else { panic!("{metric:?}") };
            assert!(sum.is_monotonic());
            let point = |point: &SumDataPoint<u64>| {
                let mut attributes: Vec<_> = point.attributes().map(|one| format!("{}={}", one.key, one.value)).collect();
                attributes.sort();
                (attributes.join(" "), point.value())
            };
            let mut points: Vec<_> = sum.data_points().map(point).collect();
            points.sort();
            let before = all.insert(metric.name().to_owned(), (metric.unit().to_owned(), points));
            assert_eq!(before, None, "{metric:?} is reported once");
        }
    }
    all
}

#[test]
fn counters_are_those_of_stats_for_as_long_as_a_client_lives() {
    let exporter = InMemoryMetricExporter::default();
    let provider = SdkMeterProvider::builder().with_periodic_exporter(exporter.clone()).build();
    let endpoint = server(|stream, _| say(stream, PASSED));
    let server = format!("server.address=127.0.0.1 server.port={}", endpoint.rsplit(':').next().unwrap());
    let (one, two) = (client(&endpoint), client(&endpoint));
    one.observe(&provider, &[KeyValue::new("client", "one")]);
    two.observe(&provider, &[KeyValue::new("client", "two")]);
    one.check_result(&request("t")).unwrap();

    let told = read(&provider, &exporter);
    let units = "background_failures={failure} bytes_received=By calls={call} connections={connection} events_dropped={event} \
                 failed={call} keepalives={request} own_permits={permit} quota_losses={loss} requests={request} retries={request} \
                 shared_permits={permit} succeeded={call} throttled={request}";
    let short: BTreeMap<_, _> = told.iter().map(|(name, told)| (name.strip_prefix("cloudauth.client.").unwrap(), told)).collect();
    assert_eq!(short.iter().map(|(name, (unit, _))| format!("{name}={unit}")).collect::<Vec<_>>().join(" "), units);
    let (used, unused) = (one.stats().named(), two.stats().named());
    assert_eq!((one.stats().named().count(), one.stats().calls), (told.len(), 1));
    for ((name, used), (_, unused)) in used.zip(unused) {
        let points = [(format!("client=one {server}"), used), (format!("client=two {server}"), unused)];
        assert_eq!(short[name].1, points, "{name}");
    }

    drop(one);
    let after = read(&provider, &exporter);
    assert_eq!(after["cloudauth.client.calls"].1, [(format!("client=two {server}"), 0)]);
}

#[test]
fn nobody_is_given_away() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let exporter = InMemoryMetricExporter::default();
    let provider = SdkMeterProvider::builder().with_periodic_exporter(exporter.clone()).build();
    let canary = builder(emulator.endpoint()).access_key("canary-key-id", "canary-key-secret", None).build_blocking().unwrap();
    let client = client(emulator.endpoint());
    client.observe(&provider, &[]);
    let mut person = Vec::new();
    let told = spans(|_| {
        let result = client.check_result(&CheckResultRequest::new("canarybiz1", "ekycpro200-CHN01001").return_image(true));
        let identity = result.unwrap().document.unwrap().pages.remove("01").unwrap().identity.unwrap();
        person.extend([identity.document_number, identity.birth_date, identity.full_name].into_iter().flatten());
        client.check_result(&CheckResultRequest::new("canarybiz1", "canarytransaction")).unwrap_err();
        canary.check_result(&CheckResultRequest::new("canarybiz1", "canarytransaction")).unwrap_err();
    });
    assert!(person.len() > 1 && told.len() == 6, "{person:?} {told:?}");
    let told = format!("{told:?} {:?}", read(&provider, &exporter));
    for secret in person.iter().map(String::as_str).chain(["canary", "ekycpro", "emulator-key"]) {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
}
