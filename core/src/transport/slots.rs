//! How many connections a client may have.

use std::future::Future;

use tokio::sync::{Notify, Semaphore, SemaphorePermit};

/// The right to use one connection, first come first served.
#[derive(Debug)]
pub(crate) struct Slots {
    free: Semaphore,
    /// A call found none free.
    wanted: Notify,
}

pub(crate) type Slot<'a> = SemaphorePermit<'a>;

impl Slots {
    pub(super) fn new(most: usize) -> Self {
        Self { free: Semaphore::new(most.min(Semaphore::MAX_PERMITS)), wanted: Notify::new() }
    }

    /// One that is free now, and that nobody else waits for.
    pub(crate) fn try_take(&self) -> Option<Slot<'_>> {
        self.free.try_acquire().ok()
    }

    pub(crate) async fn take(&self) -> Slot<'_> {
        if let Some(slot) = self.try_take() {
            return slot;
        }
        self.wanted.notify_waiters();
        self.free.acquire().await.expect("slots are never closed")
    }

    /// Runs `work` under a slot that no call needs, and ends it early once one does. `None` where it was not done.
    pub(super) async fn lend<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let _slot = self.try_take()?;
        tokio::select! {
            biased;
            () = self.wanted.notified() => None,
            done = work => Some(done),
        }
    }

    /// Whether `idle` connections and one for each slot that is taken are too many.
    pub(super) fn are_exceeded(&self, idle: usize) -> bool {
        idle > self.free.available_permits()
    }
}
