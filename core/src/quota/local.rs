//! A client's own quota.

use std::convert::Infallible;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::{Admitted, Pace, Permit, PermitFuture, Quota};
use crate::runtime::PerProcess;

/// Paces requests, each operation by itself: by the rate that was asked for, and by one learnt from what is throttled.
#[derive(Debug)]
pub(crate) struct Local {
    /// Requests a second, at most.
    most: Option<f64>,
    process: PerProcess<Process>,
}

/// What a forked child begins anew, locks included.
#[derive(Debug)]
struct Process {
    begun: Instant,
    /// A list that only grows, by the few operations there are: every request looks its own up, and none waits for another.
    gates: OnceLock<Box<Named>>,
}

#[derive(Debug, Default)]
struct Named {
    action: String,
    gate: Gate,
    next: OnceLock<Box<Named>>,
}

#[derive(Debug, Default)]
struct Gate {
    /// Held by the one whose turn is next, so that a change of the rate counts at once, and first come first served.
    turn: tokio::sync::Mutex<()>,
    pace: Mutex<Pace>,
}

impl Gate {
    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Local {
    /// `most`: requests a second and operation; `None` for as many as the service admits.
    pub(crate) fn new(most: Option<usize>) -> Self {
        #[allow(clippy::cast_precision_loss, reason = "nobody sends 2^53 requests a second")]
        let most = most.map(|most| most as f64);
        Self { most, process: PerProcess::new() }
    }

    async fn permit(&self, action: &str) -> Duration {
        let process = self.process();
        let gate = process.gate(action);
        // Most often there is no limit, and nobody need wait his turn.
        let now = process.begun.elapsed();
        if gate.pace().pass(self.most, now) {
            return now;
        }
        let _turn = gate.turn.lock().await;
        loop {
            let now = process.begun.elapsed();
            let waits = match gate.pace().go(self.most, now) {
                Ok(()) => return now,
                Err(waits) => waits,
            };
            tokio::time::sleep(waits).await;
        }
    }

    fn process(&self) -> &Process {
        let Ok(process) =
            self.process.get_or_try_init(|| Ok::<_, Infallible>(Process { begun: Instant::now(), gates: OnceLock::new() }));
        process
    }
}

impl Quota for Local {
    fn acquire<'a>(&'a self, action: &'a str) -> PermitFuture<'a> {
        Box::pin(async move { Ok(Permit(u64::try_from(self.permit(action).await.as_micros()).unwrap_or(u64::MAX))) })
    }

    fn report(&self, action: &str, Permit(sent): Permit, admitted: Admitted) {
        let process = self.process();
        let (sent, now) = (Duration::from_micros(sent), process.begun.elapsed());
        process.gate(action).pace().report(sent, admitted, now);
    }
}

impl Process {
    fn gate(&self, action: &str) -> &Gate {
        let mut place = &self.gates;
        loop {
            let named = place.get_or_init(|| Box::new(Named { action: action.to_owned(), ..Named::default() }));
            if named.action == action {
                return &named.gate;
            }
            place = &named.next;
        }
    }
}
