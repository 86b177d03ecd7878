//! Calls whose outcomes will come, and outcomes that nobody has taken yet.
//!
//! They lie in a table of the process, whose locks a fork holds: so a child knows which calls it does not have.

use std::collections::{BTreeMap, VecDeque};
use std::mem;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use cloudauth_core::{CheckResult, Error, Result, host};

use super::signal::Signal;
use crate::call::Replied;
use crate::client::Client;
use crate::fork::{self, Held, Locks};

/// What a call ended in.
pub(super) enum Outcome {
    Result(Box<Result<CheckResult>>),
    Reply(Result<Replied>),
}

impl Outcome {
    pub(super) fn result(outcome: Result<CheckResult>) -> Self {
        Self::Result(Box::new(outcome))
    }
}

/// A call, by the caller's own number. It keeps its client, so that what the client holds of the host's is let go by one who
/// takes the outcome or frees the queue, and not on the thread that does the I/O.
struct Call {
    id: u64,
    _client: Arc<Client>,
}

#[derive(Default)]
struct State {
    begun: u64,
    in_flight: BTreeMap<u64, Call>,
    waiting: VecDeque<(Call, Outcome)>,
    /// Raised while outcomes wait; none where a forked child was refused one.
    signal: Option<Arc<Signal>>,
    /// Of the process that began the calls and made the signal.
    generation: u64,
}

const SHARDS: usize = 16;

type Shard = BTreeMap<usize, State>;

static TABLE: [Mutex<Shard>; SHARDS] = [const { Mutex::new(Shard::new()) }; SHARDS];

type Locked = [MutexGuard<'static, Shard>; SHARDS];

impl Locks for Locked {
    fn lock_all() -> Self {
        std::array::from_fn(|index| lock(&TABLE[index]))
    }

    fn held() -> &'static Held<Self> {
        static HELD: Held<Locked> = Held::new();
        &HELD
    }
}

fn lock(shard: &'static Mutex<Shard>) -> MutexGuard<'static, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A queue's part of the table. Whatever holds something of the host's is dropped when no lock is held.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcomes(usize);

impl Outcomes {
    /// # Errors
    /// Kind `io` where the operating system refuses a descriptor.
    pub(super) fn open() -> Result<Self> {
        static OPENED: AtomicUsize = AtomicUsize::new(0);
        fork::watch::<Locked>();
        let mut state = State { generation: host::generation(), ..State::default() };
        state.signal()?;
        let outcomes = Self(OPENED.fetch_add(1, Ordering::Relaxed));
        outcomes.shard().insert(outcomes.0, state);
        Ok(outcomes)
    }

    /// Threads that wait return; outcomes that wait, or come later, are dropped.
    pub(super) fn close(self) {
        let generation = host::generation();
        let closed = self.shard().remove(&self.0);
        let Some(mut closed) = closed else { return };
        closed.enter(generation);
        if let Some(signal) = &closed.signal {
            signal.raise();
        }
    }

    /// The number of the descriptor; `None` where the system refuses one.
    pub(super) fn descriptor(self) -> Option<i32> {
        self.change(|state| state.signal().ok().map(|signal| signal.descriptor())).flatten()
    }

    /// A call is about to begin: the number by which its outcome is [brought](Self::land).
    ///
    /// # Errors
    /// Kind `io` as above.
    pub(super) fn begin(self, id: u64, client: &Arc<Client>) -> Result<u64> {
        let begin = |state: &mut State| {
            state.signal()?;
            state.begun += 1;
            state.in_flight.insert(state.begun, Call { id, _client: client.clone() });
            Ok(state.begun)
        };
        self.change(begin).unwrap_or_else(|| Err(Error::invalid_argument("queue", "was freed meanwhile")))
    }

    /// The call did not begin.
    pub(super) fn abandon(self, number: u64) {
        drop(self.change(|state| state.in_flight.remove(&number)));
    }

    pub(super) fn land(self, number: u64, outcome: Outcome) {
        let mut outcome = Some(outcome);
        // The I/O that brought it had its descriptors.
        self.change_in(host::noticed_generation(), |state| {
            // One that is not there was another process's, or was given up when the program closed all descriptors.
            if let Some(call) = state.in_flight.remove(&number) {
                state.waiting.extend(outcome.take().map(|outcome| (call, outcome)));
                if state.waiting.len() == 1
                    && let Some(signal) = &state.signal
                {
                    signal.raise();
                }
            }
        });
    }

    /// The next outcome, with the call's id, waited for so long at most.
    pub(super) fn next(self, limit: Duration) -> Option<(u64, Outcome)> {
        let deadline = Instant::now().checked_add(limit);
        loop {
            // To look in vain touches no descriptor, and asks nothing of the system.
            let empty = self.change_in(host::noticed_generation(), |state| state.waiting.is_empty())?;
            if empty && limit.is_zero() {
                return None;
            }
            let signal = match self.change(|state| state.take().ok_or_else(|| state.signal().ok()))? {
                Ok((call, outcome)) => return Some((call.id, outcome)),
                Err(signal) => signal,
            };
            let left = deadline.map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return None;
            }
            // Without a descriptor no call has begun in this process.
            signal?.wait(left);
        }
    }

    /// `None` where the queue is closed.
    fn change<T>(self, change: impl FnOnce(&mut State) -> T) -> Option<T> {
        self.change_in(host::generation(), change)
    }

    fn change_in<T>(self, generation: u64, change: impl FnOnce(&mut State) -> T) -> Option<T> {
        let mut shard = self.shard();
        let state = shard.get_mut(&self.0)?;
        state.enter(generation);
        Some(change(state))
    }

    fn shard(self) -> MutexGuard<'static, Shard> {
        lock(&TABLE[self.0 % SHARDS])
    }
}

impl State {
    /// In a forked child, the calls in flight are its parent's, and so is the descriptor, which is left where it lies.
    fn enter(&mut self, generation: u64) {
        if generation <= self.generation {
            return;
        }
        self.generation = generation;
        mem::forget(self.signal.take());
        for call in mem::take(&mut self.in_flight).into_values() {
            let forked = Error::forked("the call was in flight when the process forked");
            self.waiting.push_back((call, Outcome::result(Err(forked))));
        }
    }

    fn signal(&mut self) -> Result<Arc<Signal>> {
        if let Some(signal) = &self.signal {
            return Ok(signal.clone());
        }
        let signal = Arc::new(Signal::new().map_err(|error| host::refused(&error))?);
        if !self.waiting.is_empty() {
            signal.raise();
        }
        Ok(self.signal.insert(signal).clone())
    }

    fn take(&mut self) -> Option<(Call, Outcome)> {
        let taken = self.waiting.pop_front()?;
        if self.waiting.is_empty()
            && let Some(signal) = &self.signal
        {
            signal.lower();
        }
        Some(taken)
    }
}
