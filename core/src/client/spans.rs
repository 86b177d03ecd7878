//! The spans of a call and of its attempts: what they tell, and no more.

use std::future::Future;
use std::time::{Duration, Instant};

use tracing::Span;
use tracing::field::Empty;

use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::quota::Permit;
use crate::sign::Signature;

/// The span of a whole call.
pub(super) fn call(action: &str, endpoint: &Endpoint, signature: Signature) -> Span {
    tracing::debug_span!(
        "call",
        action,
        %endpoint,
        signature = signature.algorithm(),
        kind = Empty,
        code = Empty,
        http_status = Empty,
        attempts = Empty
    )
}

/// The span of a call's attempt with that number, the first being 1.
pub(super) fn attempt(number: u32) -> Span {
    tracing::trace_span!(
        "attempt",
        number,
        permit_wait_ms = Empty,
        kind = Empty,
        code = Empty,
        http_status = Empty,
        pause_ms = Empty
    )
}

/// Records why a call or an attempt failed.
pub(super) fn failed(span: &Span, error: &Error) {
    if span.is_disabled() {
        return;
    }
    span.record("kind", error.kind().name());
    if let Some(code) = error.code() {
        span.record("code", code);
    }
    status(span, error.http_status());
}

/// Records a reply's status, where there was a reply.
pub(super) fn status(span: &Span, status: Option<u16>) {
    if let Some(status) = status {
        span.record("http_status", status);
    }
}

/// Awaits a permit, and records how long that took; zero where nobody wants to know.
pub(super) async fn permit_wait(
    span: &Span,
    is_reported: bool,
    permit: impl Future<Output = Result<Permit>>,
) -> (Result<Permit>, Duration) {
    if span.is_disabled() && !is_reported {
        return (permit.await, Duration::ZERO);
    }
    let asked = Instant::now();
    let permit = permit.await;
    let waited = asked.elapsed();
    span.record("permit_wait_ms", millis(waited));
    (permit, waited)
}

/// Records the pause that follows an attempt.
pub(super) fn pause(span: &Span, pause: Duration) {
    span.record("pause_ms", millis(pause));
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
