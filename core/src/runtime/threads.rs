//! Threads of the library's own: what they know of themselves, and how their end is waited for.

use std::cell::Cell;
use std::io;
use std::mem::{self, MaybeUninit};
use std::process;
use std::ptr;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::fork::generation;
use super::sentinel;
use super::thread::Thread;

thread_local! {
    /// The process in which this thread is one of the library's, by its generation: a callback may fork.
    static OURS: Cell<Option<u64>> = const { Cell::new(None) };
    /// Where this thread drives I/O: the generation of its descriptors, and the process.
    static DRIVES: Cell<Option<(u64, u32)>> = const { Cell::new(None) };
}

/// Whether this thread is one that the library started.
pub(crate) fn is_ours() -> bool {
    OURS.try_with(|ours| ours.get().is_some_and(|made| made == generation())).unwrap_or(false)
}

/// Runs what drives I/O on this thread.
pub(super) fn drive<T>(body: impl FnOnce() -> T) -> T {
    DRIVES.set(Some((sentinel::generation(), process::id())));
    let outcome = body();
    DRIVES.set(None);
    outcome
}

/// Whether this thread drives I/O on descriptors that the program closed under it.
pub(super) fn is_stranded() -> bool {
    let drives = DRIVES.try_with(Cell::get).ok().flatten();
    drives.is_some_and(|(born, process)| process == process::id() && born != sentinel::generation())
}

/// Makes this thread one of the library's.
///
/// SIGPIPE is held back: a server that hangs up is then an error of the write, and not the end of a host that has not ignored
/// the signal. What the host does with signals elsewhere is not touched.
pub(crate) fn begin() {
    OURS.set(Some(generation()));
    let mut set = MaybeUninit::uninit();
    // SAFETY: the set is emptied, which makes it whole, before it is added to and read; only this thread's mask changes.
    unsafe {
        libc::sigemptyset(set.as_mut_ptr());
        libc::sigaddset(set.as_mut_ptr(), libc::SIGPIPE);
        libc::pthread_sigmask(libc::SIG_BLOCK, set.as_ptr(), ptr::null_mut());
    }
}

pub(crate) fn spawn<T: Send + 'static>(name: &str, body: impl FnOnce() -> T + Send + 'static) -> io::Result<Thread<T>> {
    Thread::spawn(name, || {
        begin();
        body()
    })
}

/// Threads that end together.
#[derive(Debug, Default)]
pub(super) struct Crew(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    members: Mutex<Members>,
    ended: Condvar,
}

#[derive(Debug, Default)]
struct Members {
    alive: usize,
    handles: Vec<Thread<()>>,
}

impl Crew {
    pub(super) fn spawn(&self, name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<()> {
        self.0.members().alive += 1;
        // Goes with the closure, also where no thread takes it.
        let alive = Alive(self.0.clone());
        let spawned = spawn(name, move || {
            let alive = alive;
            body();
            drop(alive);
        })?;
        let mut members = self.0.members();
        members.handles.retain(|handle| !handle.is_finished());
        members.handles.push(spawned);
        Ok(())
    }

    /// Whether all have ended within `limit`.
    pub(super) fn join(&self, limit: Duration) -> bool {
        let begun = Instant::now();
        let mut members = self.0.members();
        while members.alive > 0 {
            let left = limit.saturating_sub(begun.elapsed());
            if left.is_zero() {
                return false;
            }
            members = self.0.ended.wait_timeout(members, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        let handles = mem::take(&mut members.handles);
        drop(members);
        for handle in handles {
            // They are past their last word; what panicked was reported where it was caught.
            let _ = handle.join();
        }
        true
    }
}

impl Shared {
    fn members(&self) -> MutexGuard<'_, Members> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Alive(Arc<Shared>);

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.members().alive -= 1;
        self.0.ended.notify_all();
    }
}
