//! What waits to be used again: last in first out, and not for longer than `idle_timeout`.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

#[derive(Debug)]
pub(super) struct Stack<T> {
    kept: Mutex<Vec<(Instant, T)>>,
    idle_timeout: Duration,
}

impl<T> Stack<T> {
    pub(super) fn new(idle_timeout: Duration) -> Self {
        Self { kept: Mutex::default(), idle_timeout }
    }

    /// The one that was used last, of those that fit.
    pub(super) fn pop(&self, fits: impl Fn(&T) -> bool) -> Option<T> {
        let mut kept = self.kept();
        let at = kept.iter().rposition(|(since, item)| since.elapsed() < self.idle_timeout && fits(item))?;
        Some(kept.remove(at).1)
    }

    /// Keeps `item`, and lets go of those that have waited too long.
    pub(super) fn push(&self, item: T) {
        self.sweep();
        self.kept().push((Instant::now(), item));
    }

    /// Lets go of those that have waited too long; says whether any is left.
    pub(super) fn sweep(&self) -> bool {
        let mut kept = self.kept();
        let expired = kept.partition_point(|(since, _)| since.elapsed() >= self.idle_timeout);
        let dropped: Vec<_> = kept.drain(..expired).collect();
        let left = !kept.is_empty();
        // Dropped without the lock.
        drop(kept);
        drop(dropped);
        left
    }

    fn kept(&self) -> MutexGuard<'_, Vec<(Instant, T)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn the_last_that_fits_comes_first_and_the_old_ones_go() {
        let stack = Stack::new(Duration::from_millis(20));
        for item in [1, 2, 3] {
            stack.push(item);
        }
        assert_eq!(stack.pop(|item| *item < 3), Some(2));
        assert_eq!(stack.pop(|_| true), Some(3));
        assert!(stack.sweep());
        thread::sleep(Duration::from_millis(25));
        assert_eq!(stack.pop(|_| true), None);
        assert!(!stack.sweep());
    }
}
