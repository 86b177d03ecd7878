//! Objects that Java knows by number.
//!
//! Numbers are never given twice, and an object lives as long as a call uses it: a number that was given back, or was none to
//! begin with, is an answer and not a fault.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::failure::Failure;

static NEXT: AtomicI64 = AtomicI64::new(1);
static LIVE: AtomicUsize = AtomicUsize::new(0);

/// How many objects of all tables Java has not given back.
pub(crate) fn live() -> usize {
    LIVE.load(Ordering::Relaxed)
}

pub(crate) struct Table<T>(LazyLock<RwLock<HashMap<i64, Arc<T>>>>);

impl<T> Table<T> {
    pub(crate) const fn new() -> Self {
        Self(LazyLock::new(RwLock::default))
    }

    /// The number of a new object.
    pub(crate) fn give(&self, object: T) -> i64 {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        self.put(number, object);
        number
    }

    /// A new object under a number that the caller chose, and chooses once.
    pub(crate) fn put(&self, number: i64, object: T) {
        if self.write().insert(number, Arc::new(object)).is_none() {
            LIVE.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(crate) fn get(&self, number: i64) -> Result<Arc<T>, Failure> {
        self.read().get(&number).cloned().ok_or(Failure::Closed)
    }

    /// Ends a number; `None` where it was none.
    pub(crate) fn take(&self, number: i64) -> Option<Arc<T>> {
        let taken = self.write().remove(&number);
        if taken.is_some() {
            LIVE.fetch_sub(1, Ordering::Relaxed);
        }
        taken
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<i64, Arc<T>>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<i64, Arc<T>>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}
