//! Keeps what a source gave, and asks it again in good time: once, however many callers want to know. The callers that cannot
//! do without the outcome wait.

use std::convert::Infallible;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::flight::{self, Flight, Landing};
use super::{Credentials, CredentialsFuture, Provider};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::runtime::PerProcess;

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
    flight: Flight,
    memory: PerProcess<Mutex<Memory>>,
}

/// What is known.
#[derive(Default)]
struct Memory {
    kept: Option<Kept>,
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
    /// Have new ones fetched, and use these.
    Renew(Credentials),
    /// Wait for new ones; with valid credentials, not for long.
    Wait(Option<Credentials>),
    Fail(Error),
}

impl Cache {
    pub(super) fn new(source: Arc<dyn Provider>, clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Inner { source, clock, flight: Flight::new(), memory: PerProcess::new() }))
    }
}

impl Inner {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        let Ok(memory) = self.memory.get_or_try_init(|| Ok::<_, Infallible>(Mutex::default()));
        memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn step(&self) -> Step {
        self.memory().step(self.clock.now())
    }

    /// The fetch that is under way, begun here where there is none.
    fn fetch(self: &Arc<Self>) -> Result<Landing> {
        self.flight.fetch(|| {
            let inner = self.clone();
            async move {
                // Another fetch may have landed since the caller looked.
                match inner.step() {
                    Step::Use(credentials) => return Ok(credentials),
                    Step::Fail(error) => return Err(error),
                    Step::Renew(_) | Step::Wait(_) => {}
                }
                let outcome = flight::ask(inner.source.clone()).await;
                inner.landed(outcome)
            }
        })
    }

    fn landed(&self, outcome: Result<Credentials>) -> Result<Credentials> {
        let now = self.clock.now();
        let source = self.source.name();
        let outcome = outcome.and_then(|credentials| match credentials.expires_at() {
            Some(end) if end <= now => Err(dead_on_arrival(source)),
            _ => Ok(credentials),
        });
        let goes_on = self.memory().kept.is_some();
        match &outcome {
            Ok(_) => tracing::debug!(source, "credentials fetched"),
            Err(error) if goes_on => tracing::warn!(source, reason = error.message(), "credentials could not be fetched anew"),
            // The call that waits for them will say so.
            Err(error) => tracing::debug!(source, reason = error.message(), "no credentials could be fetched"),
        }
        // Nothing is logged under the lock: a host's logger may make calls of its own.
        let mut memory = self.memory();
        match &outcome {
            Ok(credentials) => {
                memory.failure = None;
                memory.kept = Some(Kept::new(credentials.clone(), now));
            }
            Err(error) => {
                let in_a_row = memory.failure.take().map_or(0, |earlier| earlier.in_a_row);
                let pause = self.pause(in_a_row);
                memory.failure = Some(Failure { error: error.clone(), in_a_row: in_a_row.saturating_add(1), at: now, pause });
            }
        }
        outcome
    }

    /// Between half and all of what doubling gives, so that many processes do not come back at once.
    fn pause(&self, failures: u32) -> Duration {
        let whole = FIRST_PAUSE.saturating_mul(1 << failures.min(8)).min(LONGEST_PAUSE);
        let chance = self.clock.random().map_or(0, |random| random[0]);
        whole / 2 + whole * u32::from(chance) / 512
    }
}

impl Memory {
    fn step(&self, now: SystemTime) -> Step {
        let valid = self.kept.as_ref().filter(|kept| kept.end.is_none_or(|end| now < end));
        let fresh = valid.filter(|kept| now < kept.early);
        let pausing = self.failure.as_ref().filter(|failure| failure.lasts(now));
        match (fresh.or(valid), pausing) {
            (Some(kept), _) if fresh.is_some() => Step::Use(kept.credentials.clone()),
            (Some(kept), Some(_)) => Step::Use(kept.credentials.clone()),
            (None, Some(failure)) => Step::Fail(failure.error.clone()),
            (Some(kept), None) if kept.forced.is_none_or(|at| now < at) => Step::Renew(kept.credentials.clone()),
            (kept, None) => Step::Wait(kept.map(|kept| kept.credentials.clone())),
        }
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
        Box::pin(self.get())
    }

    fn name(&self) -> &str {
        self.0.source.name()
    }

    /// Not of credentials that have only just come: a source that hands out dead ones is not asked for every request.
    fn expired(&self, credentials: &Credentials) {
        let now = self.0.clock.now();
        let mut memory = self.0.memory();
        let Some(kept) = &mut memory.kept else { return };
        let is_old = now.duration_since(kept.since).is_ok_and(|age| age >= FIRST_PAUSE);
        if is_old && kept.credentials.access_key_id() == credentials.access_key_id() {
            kept.end = Some(now);
        }
    }
}

impl Cache {
    async fn get(&self) -> Result<Credentials> {
        loop {
            let valid = match self.0.step() {
                Step::Use(credentials) => return Ok(credentials),
                Step::Fail(error) => return Err(error),
                Step::Renew(credentials) => {
                    // Where that is refused, there is time to try again.
                    drop(self.0.fetch());
                    return Ok(credentials);
                }
                Step::Wait(valid) => valid,
            };
            let landing = match self.0.fetch() {
                Ok(landing) => landing,
                Err(error) => return valid.ok_or(error),
            };
            match valid {
                None => drop(landing.outcome().await),
                Some(valid) => {
                    if tokio::time::timeout(PATIENCE, landing.outcome()).await.is_err() {
                        return Ok(valid);
                    }
                }
            }
        }
    }
}

fn dead_on_arrival(source: &str) -> Error {
    Error::credentials(format!("{source} gave keys that have expired already; is this machine's clock right?"))
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cache").field(&self.0.source).finish()
    }
}
