//! The log of this process, behind its lock.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::sink::{Ending, Sink};
use crate::fork::{self, Held, Locks};

#[derive(Debug)]
pub(super) struct State {
    pub(super) sink: Option<Sink>,
    /// Threads that had not delivered their last lines when time was over.
    pub(super) ending: Vec<Ending>,
    /// Open spans, as text.
    pub(super) spans: BTreeMap<u64, Span>,
    pub(super) next_span: u64,
}

/// A span that is open.
#[derive(Debug)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) handles: usize,
}

static STATE: Mutex<State> = Mutex::new(State { sink: None, ending: Vec::new(), spans: BTreeMap::new(), next_span: 1 });

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
pub(super) fn say(level: u32, line: &str, span: Option<u64>) {
    let mut state = lock();
    let State { sink, spans, .. } = &mut *state;
    let Some(sink) = sink else { return };
    let within = span.and_then(|span| spans.get(&span)).map(|span| span.text.as_str());
    let line: String = within.into_iter().chain([line]).collect::<Vec<_>>().join(": ");
    sink.send(level, &line);
}
