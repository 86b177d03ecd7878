//! Keeps what a source gave, and asks it again in good time: once, however many callers want to know.
//!
//! Fetching is a task of the process's own runtime, so that it goes on whatever becomes of the call that began it. The callers
//! that cannot do without its outcome wait; no lock is held while anyone waits. A forked child begins with nothing.

use std::convert::Infallible;
use std::fmt;
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::sync::watch;
use tracing::Span;

use super::{Credentials, CredentialsFuture, Provider};
use crate::catalogue::Kind;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::runtime::{self, Done, PerProcess};

/// So long before their end credentials are fetched anew, in the background.
const EARLY: Duration = Duration::from_mins(5);
/// So long before their end callers wait for new ones, if not for long.
const FORCED: Duration = Duration::from_mins(1);
/// How long a caller who has valid credentials waits for new ones.
const PATIENCE: Duration = Duration::from_secs(2);
/// Credentials without an end are asked for again after this time.
const REVIEW: Duration = Duration::from_mins(15);
/// The pause after a failure; it doubles with each, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// A source whose answers are kept.
pub(super) struct Cache(Arc<Inner>);

struct Inner {
    source: Arc<dyn Provider>,
    clock: Arc<dyn Clock>,
    memory: PerProcess<Arc<Mutex<Memory>>>,
}

/// What is known, and what is under way.
#[derive(Default)]
struct Memory {
    kept: Option<Kept>,
    /// Closes when the fetch that is under way has ended.
    flight: Option<watch::Receiver<()>>,
    failure: Option<Failure>,
}

struct Kept {
    credentials: Credentials,
    since: SystemTime,
    early: SystemTime,
    /// `None` where they have no end, so that nobody ever waits.
    forced: Option<SystemTime>,
    end: Option<SystemTime>,
}

struct Failure {
    error: Error,
    in_a_row: u32,
    at: SystemTime,
    pause: Duration,
}

/// What a caller does next.
enum Step {
    Use(Credentials),
    /// Until the flight has ended; with valid credentials, not for long.
    Wait(watch::Receiver<()>, Option<Credentials>),
    Fail(Error),
}

impl Cache {
    pub(super) fn new(source: Arc<dyn Provider>, clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Inner { source, clock, memory: PerProcess::new() }))
    }
}

impl Inner {
    fn memory(&self) -> &Arc<Mutex<Memory>> {
        let Ok(memory) = self.memory.get_or_try_init(|| Ok::<_, Infallible>(Arc::default()));
        memory
    }

    /// Looks at what is known, and begins to fetch where that is due and nobody does.
    fn step(self: &Arc<Self>) -> Step {
        let (step, begun) = lock(self.memory()).step(self.clock.now());
        match (begun.map_or(Ok(()), |begun| self.fetch(begun)), step) {
            (Ok(()), step) => step,
            (Err(_), Step::Use(valid) | Step::Wait(_, Some(valid))) => Step::Use(valid),
            (Err(error), _) => Step::Fail(error),
        }
    }

    /// Not under the lock: a runtime that is being shut down ends its tasks at once.
    fn fetch(self: &Arc<Self>, begun: watch::Sender<()>) -> Result<()> {
        let (inner, ending, memory) = (self.clone(), self.clone(), self.memory().clone());
        let fetched = async move { inner.source.credentials().await };
        let done = move |outcome| {
            ending.landed(&memory, outcome);
            drop(begun);
        };
        // In no span: the call that is in need of keys may end before they come.
        runtime::start(Span::none(), fetched, done, Done::Io).inspect_err(|_| lock(self.memory()).flight = None)
    }

    fn landed(&self, memory: &Mutex<Memory>, outcome: Result<Credentials>) {
        let now = self.clock.now();
        let source = self.source.name();
        let outcome = outcome.and_then(|credentials| match credentials.expires_at() {
            Some(end) if end <= now => Err(dead_on_arrival(source)),
            _ => Ok(credentials),
        });
        let goes_on = lock(memory).kept.is_some();
        match &outcome {
            Ok(_) => tracing::debug!(source, "credentials fetched"),
            Err(error) if goes_on => tracing::warn!(source, reason = error.message(), "credentials could not be fetched anew"),
            // The call that waits for them will say so.
            Err(error) => tracing::debug!(source, reason = error.message(), "no credentials could be fetched"),
        }
        // Nothing is logged under the lock: a host's logger may make calls of its own.
        let mut memory = lock(memory);
        memory.flight = None;
        match outcome {
            Ok(credentials) => {
                memory.failure = None;
                memory.kept = Some(Kept::new(credentials, now));
            }
            // The library was shut down: that is no fault of the source's.
            Err(error) if error.kind() == Kind::Cancelled => {}
            Err(error) => {
                let in_a_row = memory.failure.take().map_or(0, |earlier| earlier.in_a_row);
                let pause = self.pause(in_a_row);
                memory.failure = Some(Failure { error, in_a_row: in_a_row.saturating_add(1), at: now, pause });
            }
        }
    }

    /// Between half and all of what doubling gives, so that many processes do not come back at once.
    fn pause(&self, failures: u32) -> Duration {
        let whole = FIRST_PAUSE.saturating_mul(1 << failures.min(8)).min(LONGEST_PAUSE);
        let chance = self.clock.random().map_or(0, |random| random[0]);
        whole / 2 + whole * u32::from(chance) / 512
    }
}

impl Memory {
    /// What a caller does, and what to close when the fetch that it must begin has ended.
    fn step(&mut self, now: SystemTime) -> (Step, Option<watch::Sender<()>>) {
        let valid = self.kept.as_ref().filter(|kept| kept.end.is_none_or(|end| now < end));
        let valid = valid.map(|kept| (kept.credentials.clone(), now >= kept.early, kept.forced.is_some_and(|at| now >= at)));
        if let Some((credentials, false, _)) = valid {
            return (Step::Use(credentials), None);
        }
        let pausing = self.failure.as_ref().filter(|failure| failure.lasts(now)).map(|failure| failure.error.clone());
        let (flight, begun) = match (&self.flight, pausing) {
            (Some(flight), _) => (flight.clone(), None),
            (None, Some(error)) => {
                return (valid.map_or(Step::Fail(error), |(credentials, ..)| Step::Use(credentials)), None);
            }
            (None, None) => {
                let (begun, flight) = watch::channel(());
                self.flight = Some(flight.clone());
                (flight, Some(begun))
            }
        };
        let step = match valid {
            Some((credentials, _, false)) => Step::Use(credentials),
            Some((credentials, _, true)) => Step::Wait(flight, Some(credentials)),
            None => Step::Wait(flight, None),
        };
        (step, begun)
    }
}

impl Kept {
    /// What lives shorter than usual is fetched later in its life, so that it is not fetched all the time.
    fn new(credentials: Credentials, now: SystemTime) -> Self {
        let end = credentials.expires_at();
        let life = end.and_then(|end| end.duration_since(now).ok()).unwrap_or_default();
        let before = |end: SystemTime, by: Duration| end.checked_sub(by).unwrap_or(now);
        Self {
            credentials,
            since: now,
            early: end.map_or_else(|| now.checked_add(REVIEW).unwrap_or(now), |end| before(end, EARLY.min(life / 2))),
            forced: end.map(|end| before(end, FORCED.min(life / 4))),
            end,
        }
    }
}

impl Failure {
    /// A clock that was set back ends the pause as well.
    fn lasts(&self, now: SystemTime) -> bool {
        now.duration_since(self.at).is_ok_and(|since| since < self.pause)
    }
}

impl Provider for Cache {
    fn credentials(&self) -> CredentialsFuture<'_> {
        match self.0.step() {
            Step::Use(credentials) => Box::pin(ready(Ok(credentials))),
            Step::Fail(error) => Box::pin(ready(Err(error))),
            Step::Wait(flight, valid) => Box::pin(self.wait(flight, valid)),
        }
    }

    fn name(&self) -> &str {
        self.0.source.name()
    }

    /// Not of credentials that have only just come: a source that hands out dead ones is not asked for every request.
    fn expired(&self, credentials: &Credentials) {
        let now = self.0.clock.now();
        let mut memory = lock(self.0.memory());
        let Some(kept) = &mut memory.kept else { return };
        let is_old = now.duration_since(kept.since).is_ok_and(|age| age >= FIRST_PAUSE);
        if is_old && kept.credentials.access_key_id() == credentials.access_key_id() {
            kept.end = Some(now);
        }
    }
}

impl Cache {
    async fn wait(&self, mut flight: watch::Receiver<()>, mut valid: Option<Credentials>) -> Result<Credentials> {
        loop {
            // Nothing is ever sent: an end, by whatever way, closes it.
            let landed = async { while flight.changed().await.is_ok() {} };
            match valid {
                None => landed.await,
                Some(valid) => {
                    if tokio::time::timeout(PATIENCE, landed).await.is_err() {
                        return Ok(valid);
                    }
                }
            }
            match self.0.step() {
                Step::Use(credentials) => return Ok(credentials),
                Step::Fail(error) => return Err(error),
                Step::Wait(next, still_valid) => (flight, valid) = (next, still_valid),
            }
        }
    }
}

fn dead_on_arrival(source: &str) -> Error {
    Error::credentials(format!("{source} gave keys that have expired already; is this machine's clock right?"))
}

fn lock(memory: &Mutex<Memory>) -> MutexGuard<'_, Memory> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cache").field(&self.0.source).finish()
    }
}
