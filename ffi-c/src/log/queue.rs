//! Lines on their way to the thread that delivers them.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Lines that may wait.
const MOST: usize = 1024;

/// Its level, and the text as a C string.
pub(super) type Line = (u32, Box<[u8]>);

#[derive(Debug, Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    lines: VecDeque<Line>,
    closed: bool,
    delivered: bool,
}

impl Queue {
    /// A full queue drops the line: a slow host must not stall the calls that it hears of.
    pub(super) fn push(&self, line: Line) {
        let mut state = self.state();
        if state.lines.len() < MOST {
            state.lines.push_back(line);
            self.changed.notify_all();
        }
    }

    /// The next line, once there is one; `None` where the queue is closed and empty.
    pub(super) fn pop(&self) -> Option<Line> {
        let idle = |state: &mut State| state.lines.is_empty() && !state.closed;
        self.changed.wait_while(self.state(), idle).unwrap_or_else(PoisonError::into_inner).lines.pop_front()
    }

    /// Nothing follows.
    pub(super) fn close(&self) {
        self.state().closed = true;
        self.changed.notify_all();
    }

    /// The host has got its last line.
    pub(super) fn finish(&self) {
        self.state().delivered = true;
        self.changed.notify_all();
    }

    /// Waits until the host has got its last line; whether it has within `limit`.
    pub(super) fn is_finished_within(&self, limit: Duration) -> bool {
        let waited = self.changed.wait_timeout_while(self.state(), limit, |state| !state.delivered);
        waited.unwrap_or_else(PoisonError::into_inner).0.delivered
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_in_order_until_it_is_closed_and_those_beyond_the_most_are_dropped() {
        let queue = Queue::default();
        let most = u32::try_from(MOST).expect("it is small");
        (0..=most).for_each(|number| queue.push((number, Box::default())));
        queue.close();
        let delivered = std::iter::from_fn(|| queue.pop()).map(|(number, _)| number);
        assert!(delivered.eq(0..most));
        assert!(!queue.is_finished_within(Duration::ZERO));
        queue.finish();
        assert!(queue.is_finished_within(Duration::ZERO));
    }

    #[test]
    fn whoever_waits_for_a_line_or_for_the_end_is_woken() {
        let queue = Queue::default();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while queue.pop().is_some() {}
                queue.finish();
            });
            queue.push((1, Box::default()));
            queue.close();
            assert!(queue.is_finished_within(Duration::from_mins(1)));
        });
    }
}
