//! The log of this process, behind its lock.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::sink::{Ending, Sink, delivers};
use crate::fork::{self, Held, Locks};

#[derive(Debug)]
pub(super) struct State {
    pub(super) sink: Option<Sink>,
    /// Threads that had not delivered their last lines when time was over.
    pub(super) ending: Vec<Ending>,
}

static STATE: Mutex<State> = Mutex::new(State { sink: None, ending: Vec::new() });

/// The log's lock, held.
type Locked = MutexGuard<'static, State>;

impl Locks for Locked {
    fn lock_all() -> Self {
        lock()
    }

    fn held() -> &'static Held<Self> {
        static HELD: Held<Locked> = Held::new();
        &HELD
    }
}

pub(super) fn lock() -> MutexGuard<'static, State> {
    fork::watch::<Locked>();
    // What runs under the lock does not leave the state half changed.
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One line for the host; dropped where nobody listens.
pub(super) fn deliver(level: u8, line: &str) {
    if delivers() {
        return;
    }
    if let Some(sink) = &mut lock().sink {
        sink.send(level.into(), line);
    }
}
