//! What a client counts as it goes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::stats::Stats;
use crate::quota::Counts;

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
    pub(super) events_dropped: Counter,
    pub(super) keepalives: Counter,
    pub(super) background_failures: Counter,
    /// Of a shared quota.
    pub(super) quota: Arc<Counts>,
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
            events_dropped: self.events_dropped.get(),
            keepalives: self.keepalives.get(),
            background_failures: self.background_failures.get(),
            shared_permits: self.quota.shared.load(Ordering::Relaxed),
            own_permits: self.quota.own.load(Ordering::Relaxed),
            quota_losses: self.quota.losses.load(Ordering::Relaxed),
        }
    }
}
