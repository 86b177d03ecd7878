//! How many connections a client may have.

use tokio::sync::{Semaphore, SemaphorePermit};

/// The right to use one connection, first come first served.
#[derive(Debug)]
pub(crate) struct Slots {
    free: Semaphore,
}

pub(crate) type Slot<'a> = SemaphorePermit<'a>;

impl Slots {
    pub(super) fn new(most: usize) -> Self {
        Self { free: Semaphore::new(most.min(Semaphore::MAX_PERMITS)) }
    }

    /// One that is free now, and that nobody else waits for.
    pub(crate) fn try_take(&self) -> Option<Slot<'_>> {
        self.free.try_acquire().ok()
    }

    pub(crate) async fn take(&self) -> Slot<'_> {
        self.free.acquire().await.expect("slots are never closed")
    }

    /// Whether `idle` connections and one for each slot that is taken are too many.
    pub(super) fn are_exceeded(&self, idle: usize) -> bool {
        idle > self.free.available_permits()
    }
}
