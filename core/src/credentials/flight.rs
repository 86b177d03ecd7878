//! One fetch under way at a time, whoever waits for its outcome.
//!
//! A fetch is a task of the process's own runtime, so that it goes on whatever becomes of the call that began it. No lock is
//! held while anyone waits. A forked child begins with nothing.

use std::convert::Infallible;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use tokio::sync::watch;
use tracing::Span;

use super::{Credentials, Provider};
use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::runtime::{self, AtShutdown, Delivery, PerProcess};

/// What a fetch came to; `None` while it is under way.
type Outcome = Option<Result<Credentials>>;

/// The fetch under way, if there is one.
type Slot = Arc<Mutex<Option<watch::Receiver<Outcome>>>>;

#[derive(Debug)]
pub(super) struct Flight(PerProcess<Slot>);

impl Flight {
    pub(super) const fn new() -> Self {
        Self(PerProcess::new())
    }

    fn slot(&self) -> &Slot {
        let Ok(slot) = self.0.get_or_try_init(|| Ok::<_, Infallible>(Slot::default()));
        slot
    }

    /// The fetch that is under way, or else one that the caller must now make.
    fn join(&self) -> (Landing, Option<Begun>) {
        let slot = self.slot();
        let mut flight = lock(slot);
        if let Some(under_way) = &*flight {
            return (Landing(under_way.clone()), None);
        }
        let (sender, receiver) = watch::channel(None);
        *flight = Some(receiver.clone());
        (Landing(receiver), Some(Begun { slot: slot.clone(), sender }))
    }

    /// Leads to the outcome of the fetch that is under way, which is `fetch` where there was none.
    ///
    /// # Errors
    /// The system refused what a task needs.
    pub(super) fn fetch<F>(&self, fetch: impl FnOnce() -> F) -> Result<Landing>
    where
        F: Future<Output = Result<Credentials>> + Send + 'static,
    {
        let (landing, begun) = self.join();
        begun.map_or(Ok(()), |begun| begun.run(fetch()))?;
        Ok(landing)
    }

    /// Asks `source` on this thread. `None` where it cannot be asked so, or is being asked already: [`fetch`](Self::fetch) then
    /// leads to the outcome.
    pub(super) fn ask_here(&self, source: &Arc<dyn Provider>) -> Option<Result<Credentials>> {
        let begun = self.join().1?;
        let asked = std::panic::catch_unwind(AssertUnwindSafe(|| source.blocking_credentials()));
        let outcome = asked.unwrap_or_else(|_| Some(Err(panicked())));
        match &outcome {
            Some(outcome) => begun.land(outcome.clone()),
            // Whoever waits for it by now, or the caller, begins another. Begun here, it could land before the caller waits for
            // it, who would ask a second time.
            None => drop(begun),
        }
        outcome
    }
}

/// Asks `source`.
pub(super) async fn ask(source: Arc<dyn Provider>) -> Result<Credentials> {
    // Within, since a source may panic before it gives a future.
    let asked = AssertUnwindSafe(async { source.credentials().await });
    asked.catch_unwind().await.unwrap_or_else(|_| Err(panicked()))
}

/// A fetch that was begun, by whoever has this. Dropped without an outcome, it lets the next caller begin another.
struct Begun {
    slot: Slot,
    sender: watch::Sender<Outcome>,
}

impl Begun {
    fn run(self, fetch: impl Future<Output = Result<Credentials>> + Send + 'static) -> Result<()> {
        let done = |outcome: Result<Credentials>| match outcome {
            // The library was shut down: that is no fault of the source's.
            Err(error) if error.kind() == Kind::Cancelled => drop(self),
            outcome => self.land(outcome),
        };
        // In no span: the call that is in need of keys may end before they come.
        runtime::start(Span::none(), Box::pin(fetch), AtShutdown::End, Delivery::OnIoThread, Box::new(done))
    }

    fn land(self, outcome: Result<Credentials>) {
        // Before anyone hears of it, so that whoever asks after that asks anew.
        *lock(&self.slot) = None;
        self.sender.send_replace(Some(outcome));
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        let mut slot = lock(&self.slot);
        // After it has landed, the flight may be another's.
        if slot.as_ref().is_some_and(|flight| flight.same_channel(&self.sender.subscribe())) {
            *slot = None;
        }
    }
}

/// The end of a fetch.
pub(super) struct Landing(watch::Receiver<Outcome>);

impl Landing {
    /// `None` where there is no outcome, since the library was shut down: the caller may begin again.
    pub(super) async fn outcome(mut self) -> Option<Result<Credentials>> {
        self.0.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone())
    }
}

fn panicked() -> Error {
    Error::credentials("the source of credentials panicked")
}

fn lock(slot: &Slot) -> MutexGuard<'_, Option<watch::Receiver<Outcome>>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}
