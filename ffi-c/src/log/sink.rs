//! The thread that calls the host with lines.

use std::cell::Cell;
use std::ffi::{c_char, c_void};
use std::mem;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use cloudauth_core::host::{self, Thread};

use super::queue::Queue;
use crate::boundary;
use crate::text::c_string;

thread_local! {
    /// Whether this thread is one that calls the host with lines.
    static DELIVERS: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread calls the host with lines; what happens here is not logged.
pub(super) fn delivers() -> bool {
    boundary::value(true, || DELIVERS.get())
}

/// The host's function, with what belongs to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Host {
    pub(super) callback: unsafe extern "C" fn(*mut c_void, u32, *const c_char),
    pub(super) context: *mut c_void,
}

// SAFETY: the context is handed back to the host and never looked at; the header says that it goes to another thread.
unsafe impl Send for Host {}

/// Where lines go.
#[derive(Debug)]
pub(super) struct Sink {
    host: Host,
    running: Option<Running>,
}

/// A thread that delivers, of the process that started it.
#[derive(Debug)]
pub(super) struct Running {
    queue: Arc<Queue>,
    silent: Arc<AtomicBool>,
    thread: Thread<()>,
    generation: u64,
}

impl Sink {
    pub(super) fn new(host: Host) -> Self {
        Self { host, running: None }
    }

    /// Puts a line in the queue, or drops it where there is no room or no thread to be had.
    pub(super) fn send(&mut self, level: u32, line: &str) {
        if self.running.as_ref().is_some_and(|running| running.generation != host::generation()) {
            // The parent's thread is not here, and its queue may be locked for ever.
            mem::forget(self.running.take());
        }
        if self.running.is_none() {
            self.running = Running::start(self.host);
        }
        if let Some(running) = &self.running {
            running.queue.push((level, c_string(line)));
        }
    }

    /// Takes the thread out, to be ended where no lock is held.
    pub(super) fn pause(&mut self) -> Option<Running> {
        self.running.take()
    }
}

impl Running {
    fn start(host: Host) -> Option<Self> {
        let (queue, silent) = (Arc::<Queue>::default(), Arc::new(AtomicBool::new(false)));
        let (delivery, still) = (Delivery(queue.clone()), silent.clone());
        let deliver = move || {
            // All of it, and not its parts: only the whole may go to another thread.
            let host = host;
            DELIVERS.set(true);
            while let Some((level, line)) = delivery.0.pop() {
                if !still.load(Ordering::Relaxed) {
                    // SAFETY: the host's function, with the context that came with it and a C string.
                    unsafe { (host.callback)(host.context, level, line.as_ptr().cast()) };
                }
            }
            drop(delivery);
        };
        let thread = host::spawn("cloudauth-log", deliver).ok()?;
        Some(Self { queue, silent, thread, generation: host::generation() })
    }

    /// Lets the thread end once it has delivered what waits.
    pub(super) fn end(self) -> Ending {
        let Self { queue, silent, thread, generation } = self;
        // In a forked child the queue may be locked for ever.
        if generation == host::generation() {
            queue.close();
        }
        if delivers() {
            // This is the thread: it ends when it gets back to its queue.
            silent.store(true, Ordering::Relaxed);
        }
        Ending { queue, silent, thread, generation }
    }
}

/// A thread that delivers its last lines.
#[derive(Debug)]
pub(super) struct Ending {
    queue: Arc<Queue>,
    silent: Arc<AtomicBool>,
    thread: Thread<()>,
    generation: u64,
}

/// What is delivered; its end is the end of the queue, come what may.
struct Delivery(Arc<Queue>);

impl Drop for Delivery {
    fn drop(&mut self) {
        self.0.finish();
    }
}

impl Ending {
    /// Waits until the host has got its lines; gives itself back where that takes longer than `limit`.
    pub(super) fn wait(self, limit: Duration) -> Option<Self> {
        if self.generation != host::generation() {
            mem::forget(self);
            return None;
        }
        if delivers() || !self.queue.is_finished_within(limit) {
            return Some(self);
        }
        // It only said that it is about to end; a panic in it was the host's.
        let _ = self.thread.join();
        None
    }

    /// Drops the lines that still wait.
    pub(super) fn silence(&self) {
        self.silent.store(true, Ordering::Relaxed);
    }
}
