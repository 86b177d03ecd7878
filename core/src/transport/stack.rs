//! What waits to be used again: last in first out, and not for longer than `idle_timeout`.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::reaper::{self, Chore};

/// What can wait.
pub(super) trait Idle: Send + 'static {
    /// Whether it can still be used.
    fn is_open(&self) -> bool;

    fn close(self);
}

#[derive(Debug)]
pub(super) struct Stack<T> {
    kept: Mutex<Kept<T>>,
    idle_timeout: Duration,
}

#[derive(Debug)]
struct Kept<T> {
    items: Vec<(Instant, T)>,
    /// The reaper has this stack on its list.
    watched: bool,
}

impl<T> Kept<T> {
    fn remove(&mut self, goes: impl Fn(&Instant, &T) -> bool) -> Vec<T> {
        self.items.extract_if(.., |(since, item)| goes(since, item)).map(|(_, item)| item).collect()
    }
}

impl<T: Idle> Stack<T> {
    pub(super) fn new(idle_timeout: Duration) -> Arc<Self> {
        Arc::new(Self { kept: Mutex::new(Kept { items: Vec::new(), watched: false }), idle_timeout })
    }

    /// The one that was used last, of those that fit.
    pub(super) fn pop(&self, fits: impl Fn(&T) -> bool) -> Option<T> {
        let mut kept = self.kept();
        let at = kept.items.iter().rposition(|(since, item)| since.elapsed() < self.idle_timeout && fits(item))?;
        Some(kept.items.remove(at).1)
    }

    pub(super) fn push(self: &Arc<Self>, item: T) {
        let mut kept = self.kept();
        kept.items.push((Instant::now(), item));
        if mem::replace(&mut kept.watched, true) {
            return;
        }
        drop(kept);
        let chore: Arc<dyn Chore> = self.clone();
        if !reaper::watch(Arc::downgrade(&chore)) {
            self.kept().watched = false;
        }
    }

    /// Closes the one that has waited longest; says whether there was one.
    pub(super) fn evict(&self) -> bool {
        let mut kept = self.kept();
        let oldest = if kept.items.is_empty() { None } else { Some(kept.items.remove(0)) };
        drop(kept);
        oldest.map(|(_, item)| item.close()).is_some()
    }

    pub(super) fn len(&self) -> usize {
        self.kept().items.len()
    }

    pub(super) fn count(&self, fits: impl Fn(&T) -> bool) -> usize {
        self.kept().items.iter().filter(|(_, item)| fits(item)).count()
    }

    /// Closes what is closed or old.
    pub(super) fn close_unusable(&self) {
        let mut kept = self.kept();
        let unusable = kept.remove(|since, item| self.is_unusable(since, item));
        drop(kept);
        unusable.into_iter().for_each(T::close);
    }

    fn is_unusable(&self, since: &Instant, item: &T) -> bool {
        since.elapsed() >= self.idle_timeout || !item.is_open()
    }

    fn kept(&self) -> MutexGuard<'_, Kept<T>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Idle> Chore for Stack<T> {
    fn period(&self) -> Duration {
        self.idle_timeout.clamp(Duration::from_millis(10), Duration::from_secs(1))
    }

    fn sweep(&self, all: bool) -> bool {
        let mut kept = self.kept();
        let closed = kept.remove(|since, item| all || self.is_unusable(since, item));
        kept.watched = !kept.items.is_empty();
        let left = kept.watched;
        // Closed without the lock.
        drop(kept);
        closed.into_iter().for_each(T::close);
        left
    }
}

impl<T> Drop for Stack<T> {
    fn drop(&mut self) {
        if self.kept.get_mut().unwrap_or_else(PoisonError::into_inner).watched {
            reaper::wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::thread;

    use super::*;

    /// A number that is kept, and how many were closed.
    struct Item(usize, &'static AtomicBool, &'static AtomicUsize);

    impl Idle for Item {
        fn is_open(&self) -> bool {
            self.1.load(Ordering::Relaxed)
        }

        fn close(self) {
            self.2.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn wait_for(closed: &AtomicUsize, expected: usize) {
        for _ in 0..2000 {
            if closed.load(Ordering::Relaxed) == expected {
                return;
            }
            thread::sleep(Duration::from_millis(1));
        }
        panic!("{closed:?} closed, not {expected}");
    }

    // Finding B10: what the other side has closed, or what is old, goes although nobody uses the stack.
    #[test]
    fn the_last_that_fits_comes_first_and_the_others_go_in_time() {
        static OPEN: AtomicBool = AtomicBool::new(true);
        static CLOSED: AtomicUsize = AtomicUsize::new(0);
        let stack = Stack::new(Duration::from_millis(200));
        let push = |number| stack.push(Item(number, &OPEN, &CLOSED));
        (1..=3).for_each(push);
        assert_eq!(stack.pop(|item| item.0 < 3).map(|item| item.0), Some(2));
        assert_eq!(stack.pop(|_| true).map(|item| item.0), Some(3));
        assert_eq!((stack.len(), CLOSED.load(Ordering::Relaxed)), (1, 0));
        wait_for(&CLOSED, 1);
        assert_eq!(stack.len(), 0);
        let long = Stack::new(Duration::from_mins(1));
        let push = |number| long.push(Item(number, &OPEN, &CLOSED));
        (1..=2).for_each(push);
        assert!(long.evict());
        assert_eq!((long.len(), CLOSED.load(Ordering::Relaxed)), (1, 2));
        OPEN.store(false, Ordering::Relaxed);
        wait_for(&CLOSED, 3);
        assert!(!long.evict());
    }
}
