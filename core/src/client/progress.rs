//! How far a call has come, and how long it may go on.

use std::future::Future;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use tracing::Span;

use super::CallOptions;
use super::report::Attempted;
use crate::catalogue::Kind;
use crate::error::{Error, Result};

/// A call that has begun.
pub(super) struct Progress {
    pub(super) span: Span,
    begun: Instant,
    limit: Duration,
    /// `None` where no clock reaches the limit.
    deadline: Option<Instant>,
    requests: AtomicU32,
    waits_for: AtomicU8,
    pub(super) attempted: Attempted,
}

/// What a call waits for besides replies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum WaitsFor {
    Nothing,
    Permit,
    Connection,
}

impl Progress {
    pub(super) fn new(span: Span, limit: Duration, attempted: Attempted) -> Self {
        let begun = Instant::now();
        Self {
            span,
            begun,
            limit,
            deadline: begun.checked_add(limit),
            requests: AtomicU32::new(0),
            waits_for: AtomicU8::new(WaitsFor::Nothing as u8),
            attempted,
        }
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    pub(super) fn waits(&self, what: WaitsFor) {
        self.waits_for.store(what as u8, Ordering::Relaxed);
    }

    pub(super) fn requests(&self) -> u32 {
        self.requests.load(Ordering::Relaxed)
    }

    pub(super) fn sends(&self, request: u32) {
        self.requests.store(request, Ordering::Relaxed);
    }

    pub(super) fn left(&self) -> Duration {
        self.deadline.map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(Instant::now()))
    }

    /// An error once time is up.
    pub(super) fn still_on_time(&self) -> Result<()> {
        if self.left().is_zero() { Err(self.timed_out()) } else { Ok(()) }
    }

    /// `step`, unless time is up or the caller gives up first.
    pub(super) async fn within<T>(&self, options: &CallOptions, step: impl Future<Output = Result<T>>) -> Result<T> {
        self.still_on_time()?;
        let left = self.left();
        tokio::select! {
            biased;
            () = options.cancelled() => Err(cancelled().with_attempts(self.requests())),
            outcome = tokio::time::timeout(left, step) => outcome.unwrap_or_else(|_| Err(self.timed_out())),
        }
    }

    fn timed_out(&self) -> Error {
        let limit = self.limit.as_millis();
        let waits_for = self.waits_for.load(Ordering::Relaxed);
        let what = if limit == 0 {
            "the time for this call was over before it began; nothing was sent".to_owned()
        } else if waits_for == WaitsFor::Permit as u8 {
            format!("the quota left no room for a request within the {limit} ms that this call may take")
        } else if waits_for == WaitsFor::Connection as u8 {
            format!(
                "no connection came free within the {limit} ms that this call may take; `max_connections` is how many there are"
            )
        } else {
            format!("no result within the {limit} ms that this call may take")
        };
        Error::new(Kind::Timeout, what).with_attempts(self.requests())
    }
}

pub(super) fn cancelled() -> Error {
    Error::new(Kind::Cancelled, "the call was cancelled")
}
