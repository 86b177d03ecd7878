//! When the library's threads may end: no clock, no runtime, only who uses what.
//!
//! The time between two shutdowns is an epoch. Whoever needs an epoch's threads enters it first; a closed epoch lets nobody
//! in, and its threads end once the last user has left. So nothing is ever started on threads that are ending, and whatever
//! was started is finished by threads that are still there. `core/tests/lifecycle.rs` tries this file under shuttle.

use std::ops::Deref;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::sync::{Condvar, Mutex, MutexGuard};

/// What an epoch has beside its users.
pub(crate) trait Resources: Default {
    /// The epoch was closed: users should come to an end.
    fn stop(&self);
    /// The last user of a closed epoch has left.
    fn drained(&self);
    /// Waits for the threads to end, after the last user has left; whether they did within `limit`.
    fn join(&self, limit: Duration) -> bool;
}

#[derive(Debug)]
pub(crate) struct Lifecycle<R>(Mutex<Epochs<R>>);

#[derive(Debug)]
struct Epochs<R> {
    /// Never closed while it stands here.
    current: Option<Arc<Epoch<R>>>,
    /// Closed ones of which something may still run.
    ending: Vec<Arc<Epoch<R>>>,
}

#[derive(Debug)]
pub(crate) struct Epoch<R> {
    users: Mutex<Users>,
    left: Condvar,
    resources: R,
}

#[derive(Debug, Default)]
struct Users {
    count: usize,
    closed: bool,
    /// Of the thread that waits for the epoch to drain.
    waker: Option<Waker>,
}

/// Keeps an epoch's threads alive.
#[derive(Debug)]
pub(crate) struct User<R: Resources>(Arc<Epoch<R>>);

impl<R> Default for Lifecycle<R> {
    fn default() -> Self {
        Self(Mutex::new(Epochs { current: None, ending: Vec::new() }))
    }
}

impl<R: Resources> Lifecycle<R> {
    /// Enters the current epoch, which is a new one after a shutdown.
    pub(crate) fn enter(&self) -> User<R> {
        let mut epochs = self.epochs();
        let epoch = epochs.current.get_or_insert_with(|| {
            Arc::new(Epoch { users: Mutex::new(Users::default()), left: Condvar::new(), resources: R::default() })
        });
        epoch.users().count += 1;
        User(epoch.clone())
    }

    /// Closes the current epoch, if there is one.
    pub(crate) fn close(&self) {
        let mut epochs = self.epochs();
        let Some(epoch) = epochs.current.take() else { return };
        epochs.ending.push(epoch.clone());
        drop(epochs);
        epoch.close();
    }

    /// Waits for all closed epochs, in `left()` at most; whether nothing of them runs any more.
    pub(crate) fn wait(&self, left: impl Fn() -> Duration) -> bool {
        let ending = self.epochs().ending.clone();
        let (ended, unfinished): (Vec<_>, Vec<_>) = ending.into_iter().partition(|epoch| epoch.wait(&left));
        self.epochs().ending.retain(|epoch| !ended.iter().any(|ended| Arc::ptr_eq(epoch, ended)));
        unfinished.is_empty()
    }

    fn epochs(&self) -> MutexGuard<'_, Epochs<R>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<R: Resources> Epoch<R> {
    /// Ready once the epoch is closed and its last user has left.
    pub(crate) fn poll_drained(&self, context: &mut Context<'_>) -> Poll<()> {
        let mut users = self.users();
        if users.drained() {
            return Poll::Ready(());
        }
        users.waker = Some(context.waker().clone());
        Poll::Pending
    }

    pub(crate) fn resources(&self) -> &R {
        &self.resources
    }

    fn close(&self) {
        self.resources.stop();
        self.update(|users| users.closed = true);
    }

    fn wait(&self, left: impl Fn() -> Duration) -> bool {
        let mut users = self.users();
        while !users.drained() {
            let limit = left();
            if limit.is_zero() {
                return false;
            }
            users = self.left.wait_timeout(users, limit).unwrap_or_else(PoisonError::into_inner).0;
        }
        drop(users);
        self.resources.join(left())
    }

    /// Changes the users, and says so where none is left for good.
    fn update(&self, change: impl FnOnce(&mut Users)) {
        let mut users = self.users();
        change(&mut users);
        if !users.drained() {
            return;
        }
        let waker = users.waker.take();
        drop(users);
        self.resources.drained();
        self.left.notify_all();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn users(&self) -> MutexGuard<'_, Users> {
        self.users.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Users {
    fn drained(&self) -> bool {
        self.closed && self.count == 0
    }
}

impl<R: Resources> User<R> {
    pub(crate) fn epoch(&self) -> &Arc<Epoch<R>> {
        &self.0
    }
}

impl<R: Resources> Deref for User<R> {
    type Target = R;

    fn deref(&self) -> &R {
        &self.0.resources
    }
}

impl<R: Resources> Drop for User<R> {
    fn drop(&mut self) {
        self.0.update(|users| users.count -= 1);
    }
}
