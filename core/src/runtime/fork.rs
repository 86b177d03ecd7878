//! Values that are made anew after a fork.
//!
//! In a forked child the parent's threads are gone, and its sockets and locks are as the fork found them: what was inherited
//! is neither used nor dropped, but left where it lies. A handler that runs in every forked child counts generations, so
//! that a value's age costs one load to tell.

use std::mem;
use std::ptr;
use std::sync::Once;
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};

static GENERATION: AtomicU64 = AtomicU64::new(0);
static HANDLER: Once = Once::new();

extern "C" fn in_child() {
    GENERATION.fetch_add(1, Ordering::Relaxed);
}

/// How many forks lie between the process that first asked and this one.
pub(crate) fn generation() -> u64 {
    HANDLER.call_once(|| {
        // SAFETY: the handler is a function that lives as long as the process and only adds to an atomic, which is allowed
        // in a child forked from a process with threads. Without memory for it there is no handler, and forks go unnoticed
        // as they do in any other library.
        unsafe { libc::pthread_atfork(None, None, Some(in_child)) };
    });
    GENERATION.load(Ordering::Relaxed)
}

/// Has what was made so far left where it lies, as a fork does to its child.
pub(super) fn end_generation(generation: u64) {
    // Of several threads that find the same, one counts.
    let _ = GENERATION.compare_exchange(generation, generation + 1, Ordering::Relaxed, Ordering::Relaxed);
}

/// A value of the generation that made it; another makes its own. It is dropped by no one but who takes it.
#[derive(Debug)]
pub(super) struct PerGeneration<T> {
    stamped: AtomicPtr<Stamped<T>>,
}

#[derive(Debug)]
struct Stamped<T> {
    generation: u64,
    value: T,
}

impl<T: Send + Sync> PerGeneration<T> {
    /// No value yet.
    pub(super) const fn new() -> Self {
        Self { stamped: AtomicPtr::new(ptr::null_mut()) }
    }

    /// This generation's value, made by `init` where there is none yet. Of values made at the same time one stays.
    pub(super) fn get_or_try_init<E>(&self, init: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
        let mut init = Some(init);
        let mut made: Option<Box<Stamped<T>>> = None;
        loop {
            let generation = generation();
            let seen = self.stamped.load(Ordering::Acquire);
            if let Some(value) = Self::current(seen, generation) {
                return Ok(value);
            }
            let stamped = match made.take() {
                Some(stamped) => Box::new(Stamped { generation, ..*stamped }),
                None => Box::new(Stamped { generation, value: init.take().expect("a value is made once")()? }),
            };
            let stamped = Box::into_raw(stamped);
            match self.stamped.compare_exchange(seen, stamped, Ordering::AcqRel, Ordering::Acquire) {
                // SAFETY: `stamped` was just published and is freed only by `take`, which needs `self` whole. What stood
                // there before is an older generation's, or nothing: it is left alone, as the module says.
                Ok(_) => return Ok(unsafe { &(*stamped).value }),
                // SAFETY: it came from `Box::into_raw` above and no one else has seen it.
                Err(_) => made = Some(unsafe { Box::from_raw(stamped) }),
            }
        }
    }

    fn current<'a>(stamped: *mut Stamped<T>, generation: u64) -> Option<&'a T> {
        // SAFETY: a pointer that was stored is from `Box::into_raw`, and freed only by `take`, which needs `self` whole; the
        // callers hand the reference out for as long as they borrow `self`.
        unsafe { stamped.as_ref() }.filter(|stamped| stamped.generation == generation).map(|stamped| &stamped.value)
    }
}

impl<T> PerGeneration<T> {
    /// The value, where there is one and `generation` made it.
    pub(super) fn take(&mut self, generation: impl FnOnce() -> u64) -> Option<T> {
        let stamped = self.stamped.get_mut();
        // SAFETY: as in `current`; `&mut self` says that no reference is left.
        unsafe { stamped.as_ref() }.filter(|stamped| stamped.generation == generation())?;
        // SAFETY: as above, and taken once: nothing stands there any more.
        Some(unsafe { Box::from_raw(mem::replace(stamped, ptr::null_mut())) }.value)
    }
}
