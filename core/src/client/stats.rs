//! What a client has done so far, in numbers.

use std::sync::atomic::{AtomicU64, Ordering};

/// Numbers since the client was made. A forked child's go on from its parent's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Calls that were begun.
    pub calls: u64,
    /// Calls that gave a result.
    pub succeeded: u64,
    /// Calls that gave an error. Those begun and neither are under way, or were given up by their caller.
    pub failed: u64,
    /// Requests that were sent.
    pub requests: u64,
    /// Requests that were sent because an earlier one of the same call failed.
    pub retries: u64,
    /// Replies that throttled.
    pub throttled: u64,
    /// Connections that were made.
    pub connections: u64,
    /// Bytes of replies' bodies.
    pub bytes_received: u64,
}

impl Stats {
    /// Each number with its name, in the order above.
    pub fn named(&self) -> [(&'static str, u64); 8] {
        let Self { calls, succeeded, failed, requests, retries, throttled, connections, bytes_received } = *self;
        [
            ("calls", calls),
            ("succeeded", succeeded),
            ("failed", failed),
            ("requests", requests),
            ("retries", retries),
            ("throttled", throttled),
            ("connections", connections),
            ("bytes_received", bytes_received),
        ]
    }
}

/// [`Stats`] in the making.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(super) calls: Counter,
    pub(super) succeeded: Counter,
    pub(super) failed: Counter,
    pub(super) requests: Counter,
    pub(super) retries: Counter,
    pub(super) throttled: Counter,
    pub(super) bytes_received: Counter,
}

#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn add(&self, more: usize) {
        self.0.fetch_add(more as u64, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Counters {
    pub(super) fn stats(&self, connections: u64) -> Stats {
        Stats {
            calls: self.calls.get(),
            succeeded: self.succeeded.get(),
            failed: self.failed.get(),
            requests: self.requests.get(),
            retries: self.retries.get(),
            throttled: self.throttled.get(),
            connections,
            bytes_received: self.bytes_received.get(),
        }
    }
}
