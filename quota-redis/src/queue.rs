//! Calls that wait for permits of one operation.

use std::collections::VecDeque;

use crate::wish::{Denied, Waiter};
use crate::worker::Worker;

#[derive(Debug)]
pub(crate) struct Queue {
    pub(crate) action: String,
    pub(crate) keys: [String; 3],
    pub(crate) worker: Worker,
    waiters: VecDeque<Waiter>,
}

impl Queue {
    pub(crate) fn new(action: String, keys: [String; 3], worker: Worker) -> Self {
        Self { action, keys, worker, waiters: VecDeque::new() }
    }

    pub(crate) fn push(&mut self, waiter: Waiter) {
        self.waiters.push_back(waiter);
    }

    /// How many calls wait.
    pub(crate) fn len(&mut self) -> usize {
        self.waiters.retain(|waiter| !waiter.is_closed());
        self.waiters.len()
    }

    /// Hands permits to the calls that have waited longest, as far as there are any for now.
    pub(crate) fn serve(&mut self, now: u64) {
        while self.len() > 0
            && let Some(permit) = self.worker.take(now)
        {
            // A call that ended this very moment leaves its permit to the next.
            while self.waiters.pop_front().is_some_and(|waiter| waiter.send(Ok(permit)).is_err()) {}
        }
    }

    /// Ends all calls that wait.
    pub(crate) fn deny(&mut self, denied: &Denied) {
        for waiter in self.waiters.drain(..) {
            drop(waiter.send(Err(denied.clone())));
        }
    }
}
