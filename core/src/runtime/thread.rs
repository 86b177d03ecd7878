//! A thread that a fork does no harm to.
//!
//! The standard library's threads take a lock of its own as they end, and in a program of Rust's as they begin. A fork in that
//! moment leaves it locked in the child, whose threads then never end. These take the C library's locks alone, which are free
//! in a child.

use std::ffi::{CString, c_void};
use std::io;
use std::mem::{self, MaybeUninit};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::ptr;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Of every thread that the library starts, whatever the C library's default is. The host's callbacks run on some of them.
const STACK_SIZE: usize = 2 << 20;

/// Runs on by itself, unless it is joined.
#[derive(Debug)]
pub struct Thread<T> {
    id: Id,
    outcome: Outcome<T>,
}

type Outcome<T> = Arc<Mutex<Option<thread::Result<T>>>>;

impl<T: Send + 'static> Thread<T> {
    pub(super) fn spawn(name: &str, body: impl FnOnce() -> T + Send + 'static) -> io::Result<Self> {
        // SAFETY: it borrows nothing.
        unsafe { Self::start(name, body) }
    }
}

impl<T: Send> Thread<T> {
    /// # Safety
    ///
    /// It is joined before what `body` borrows is gone.
    unsafe fn start(name: &str, body: impl FnOnce() -> T + Send) -> io::Result<Self> {
        let outcome = Outcome::default();
        let told = outcome.clone();
        let body = move || {
            let made = catch_unwind(AssertUnwindSafe(body));
            *told.lock().unwrap_or_else(PoisonError::into_inner) = Some(made);
        };
        Ok(Self { id: Id::start(Start { name: CString::new(name)?, body: Box::new(body) })?, outcome })
    }

    /// Waits for its end: what it returned, or what it panicked with.
    ///
    /// # Errors
    /// What it panicked with.
    pub fn join(self) -> thread::Result<T> {
        self.id.join();
        let made = self.outcome.lock().unwrap_or_else(PoisonError::into_inner).take();
        made.unwrap_or_else(|| Err(Box::new("it was joined by itself")))
    }

    /// Whether its work is done.
    pub(super) fn is_finished(&self) -> bool {
        Arc::strong_count(&self.outcome) == 1
    }
}

/// Runs `work` on a thread of its own, and waits for it.
pub(super) fn apart<T: Send>(name: &str, work: impl FnOnce() -> T + Send) -> io::Result<thread::Result<T>> {
    // SAFETY: it is joined here.
    unsafe { Thread::start(name, work) }.map(Thread::join)
}

/// Runs `work` on this thread and on `others`, or on as many as can be had; returns once all have done it.
pub fn together(name: &str, others: usize, work: impl Fn() + Sync) {
    // SAFETY: they are joined below, and nothing before that panics.
    let started: Vec<_> = (0..others).map_while(|_| unsafe { Thread::start(name, &work) }.ok()).collect();
    let here = catch_unwind(AssertUnwindSafe(&work));
    let there: Vec<_> = started.into_iter().map(Thread::join).collect();
    if let Some(panicked) = there.into_iter().chain([here]).find_map(Result::err) {
        resume_unwind(panicked);
    }
}

#[derive(Debug)]
struct Id(libc::pthread_t);

// SAFETY: any thread may join or detach another.
unsafe impl Send for Id {}
// SAFETY: a shared one is only shown.
unsafe impl Sync for Id {}

struct Start<'a> {
    name: CString,
    body: Box<dyn FnOnce() + Send + 'a>,
}

impl Id {
    fn start(start: Start<'_>) -> io::Result<Self> {
        extern "C" fn run(start: *mut c_void) -> *mut c_void {
            // SAFETY: it was boxed below, for this thread alone.
            let Start { name, body } = *unsafe { Box::from_raw(start.cast::<Start<'_>>()) };
            // SAFETY: a C string, of which the kernel takes fifteen bytes.
            unsafe { libc::prctl(libc::PR_SET_NAME, name.as_ptr()) };
            body();
            ptr::null_mut()
        }
        let start = Box::into_raw(Box::new(start));
        let (mut attributes, mut id) = (MaybeUninit::uninit(), MaybeUninit::uninit());
        // SAFETY: the attributes are made before they are used, and `id` is read only where it was written.
        let code = unsafe {
            libc::pthread_attr_init(attributes.as_mut_ptr());
            libc::pthread_attr_setstacksize(attributes.as_mut_ptr(), STACK_SIZE);
            let code = libc::pthread_create(id.as_mut_ptr(), attributes.as_ptr(), run, start.cast());
            libc::pthread_attr_destroy(attributes.as_mut_ptr());
            code
        };
        if code == 0 {
            // SAFETY: written by the call that succeeded.
            return Ok(Self(unsafe { id.assume_init() }));
        }
        // SAFETY: no thread has it.
        drop(unsafe { Box::from_raw(start) });
        Err(io::Error::from_raw_os_error(code))
    }

    fn join(self) {
        // SAFETY: neither joined nor detached before: that takes this value.
        unsafe { libc::pthread_join(self.0, ptr::null_mut()) };
        mem::forget(self);
    }
}

impl Drop for Id {
    fn drop(&mut self) {
        // SAFETY: as above.
        unsafe { libc::pthread_detach(self.0) };
    }
}
