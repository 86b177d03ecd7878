//! Locks that are free in a forked child.
//!
//! A thread that holds a lock when another forks does not exist in the child, so the lock would be held for ever. The
//! forking thread therefore takes every lock of this crate first, and both processes let go of them after.

use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::{handle, log};

struct Held(UnsafeCell<Option<(handle::Locked, log::Locked)>>);

// SAFETY: written by the handlers alone. A thread writes only while it holds every lock, or gives them up by writing, so no
// two write at once.
unsafe impl Sync for Held {}

static HELD: Held = Held(UnsafeCell::new(None));

/// Sees to it that forks are prepared for. Called before the first handle is given.
pub(crate) fn watch() {
    static WATCHED: AtomicBool = AtomicBool::new(false);
    if !WATCHED.load(Ordering::Relaxed) && !WATCHED.swap(true, Ordering::Relaxed) {
        // SAFETY: the handlers live as long as the process. Without memory for them, forks go unprepared, as they do in
        // most libraries.
        unsafe { libc::pthread_atfork(Some(prepare), Some(release), Some(release)) };
    }
}

extern "C" fn prepare() {
    let held = (handle::lock_all(), log::lock_all());
    // SAFETY: every lock is held, so this thread alone writes, as `Held` says.
    unsafe { *HELD.0.get() = Some(held) };
}

extern "C" fn release() {
    // SAFETY: as in `prepare`; the value is out of the cell before the first lock is let go.
    drop(unsafe { (*HELD.0.get()).take() });
}
