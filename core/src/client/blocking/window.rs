//! Which of many rows may begin, and whose outcome comes next. It makes no calls itself.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crate::client::CallOptions;
use crate::error::Result;
use crate::request::CheckResultRequest;
use crate::result::CheckResult;

/// What became of one of many requests, with its position among them, from 0.
pub type Outcome = (usize, Result<CheckResult>);

/// Nothing yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting;

/// A request, or why there is none in its place.
pub(super) struct Row {
    pub(super) request: Result<CheckResultRequest>,
    pub(super) options: CallOptions,
}

/// At most `size` rows have begun and not been taken.
pub(super) struct Window {
    size: usize,
    ordered: bool,
    state: Mutex<State>,
    changed: Condvar,
    on_ready: OnceLock<Box<dyn Fn() + Send + Sync>>,
}

#[derive(Default)]
struct State {
    /// Rows that wait for room.
    queued: VecDeque<Row>,
    landed: BTreeMap<usize, Result<CheckResult>>,
    begun: usize,
    taken: usize,
    finished: bool,
    /// Somebody looked in vain, and is to hear of what comes.
    awaited: bool,
}

impl Window {
    pub(super) fn new(size: usize, ordered: bool) -> Self {
        let state = Mutex::new(State { awaited: true, ..State::default() });
        Self { size: size.max(1), ordered, state, changed: Condvar::new(), on_ready: OnceLock::new() }
    }

    pub(super) fn on_ready(&self, hook: impl Fn() + Send + Sync + 'static) {
        let _ = self.on_ready.set(Box::new(hook));
    }

    /// Takes a row and says its position; `None` where the rows have ended.
    pub(super) fn push(&self, row: Row) -> Option<usize> {
        let mut state = self.state();
        if state.finished {
            return None;
        }
        state.queued.push_back(row);
        Some(state.begun + state.queued.len() - 1)
    }

    /// The row that is to begin now, if any.
    pub(super) fn begin(&self) -> Option<(usize, Row)> {
        let mut state = self.state();
        if state.begun - state.taken >= self.size {
            return None;
        }
        let row = state.queued.pop_front()?;
        state.begun += 1;
        Some((state.begun - 1, row))
    }

    pub(super) fn land(&self, position: usize, outcome: Result<CheckResult>) {
        self.update(|state| drop(state.landed.insert(position, outcome.map_err(|error| error.of_item(position)))));
    }

    /// No row comes any more.
    pub(super) fn finish(&self) {
        self.update(|state| state.finished = true);
    }

    /// The next outcome, waited for so long at most; `None` once all rows were answered.
    pub(super) fn next(&self, limit: Duration) -> Result<Option<Outcome>, Waiting> {
        let step = self.wait(limit, true, |state| {
            let due = self.is_due(state).then(|| state.landed.pop_first()).flatten();
            state.taken += usize::from(due.is_some());
            if due.is_none() && !state.has_ended() { None } else { Some(due) }
        });
        if matches!(step, Ok(Some(_))) {
            // There is room, for one who waits for it.
            self.changed.notify_all();
        }
        step
    }

    /// Whether a row that comes now would begin at once, waited for so long at most; `false` where the rows have ended.
    pub(super) fn wants_more(&self, limit: Duration) -> Result<bool, Waiting> {
        self.wait(limit, false, |state| {
            let room = state.begun - state.taken + state.queued.len() < self.size;
            (state.finished || room).then_some(!state.finished)
        })
    }

    pub(super) fn has_ended(&self) -> bool {
        self.state().has_ended()
    }

    fn is_due(&self, state: &State) -> bool {
        state.landed.first_key_value().is_some_and(|(first, _)| !self.ordered || *first == state.taken)
    }

    /// Makes a change, and reports it.
    fn update(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state();
        change(&mut state);
        let ready = state.awaited && (self.is_due(&state) || state.has_ended());
        state.awaited &= !ready;
        drop(state);
        self.changed.notify_all();
        if ready && let Some(hook) = self.on_ready.get() {
            hook();
        }
    }

    /// Looks until something is seen. One who looks in vain for an outcome is to hear of it.
    fn wait<T>(&self, limit: Duration, awaits: bool, mut look: impl FnMut(&mut State) -> Option<T>) -> Result<T, Waiting> {
        let deadline = Instant::now().checked_add(limit);
        let mut state = self.state();
        loop {
            if let Some(seen) = look(&mut state) {
                return Ok(seen);
            }
            let left = deadline.map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                state.awaited |= awaits;
                return Err(Waiting);
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn has_ended(&self) -> bool {
        self.finished && self.queued.is_empty() && self.begun == self.taken
    }
}
