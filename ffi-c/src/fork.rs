//! Locks that are free in a forked child.
//!
//! A thread that holds a lock when another forks does not exist in the child, so the lock would be held for ever. The
//! forking thread therefore takes every lock of this crate first, and both processes let go of them after. Each module that
//! has locks asks for that itself.

use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicBool, Ordering};

/// Every lock of a module, held.
pub(crate) trait Locks: Sized + 'static {
    fn lock_all() -> Self;

    /// Where they are kept for the time of a fork.
    fn held() -> &'static Held<Self>;
}

pub(crate) struct Held<L> {
    locks: UnsafeCell<Option<L>>,
    watched: AtomicBool,
}

// SAFETY: written by the handlers alone. A thread writes only while it holds every lock of the module, or gives them up by
// writing, so no two write at once.
unsafe impl<L> Sync for Held<L> {}

impl<L> Held<L> {
    pub(crate) const fn new() -> Self {
        Self { locks: UnsafeCell::new(None), watched: AtomicBool::new(false) }
    }
}

/// Sees to it that forks are prepared for. Called before one of the locks is taken, or before what it guards is of use.
pub(crate) fn watch<L: Locks>() {
    let watched = &L::held().watched;
    if !watched.load(Ordering::Relaxed) && !watched.swap(true, Ordering::Relaxed) {
        // SAFETY: the handlers live as long as the process. Without memory for them, forks go unprepared, as they do in
        // most libraries.
        unsafe { libc::pthread_atfork(Some(prepare::<L>), Some(release::<L>), Some(release::<L>)) };
    }
}

extern "C" fn prepare<L: Locks>() {
    let locks = L::lock_all();
    // SAFETY: every lock is held, so this thread alone writes, as `Held` says.
    unsafe { *L::held().locks.get() = Some(locks) };
}

extern "C" fn release<L: Locks>() {
    // SAFETY: as in `prepare`; the value is out of the cell before the first lock is let go.
    drop(unsafe { (*L::held().locks.get()).take() });
}
