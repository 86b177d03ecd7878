//! A client's own quota.

use std::convert::Infallible;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::per_action::PerAction;
use super::{Admitted, Pace, Permit, PermitFuture, PermitRequest, Quota};
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
    gates: PerAction<Gate>,
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

    /// Waits until a request of `action` may go.
    pub(super) async fn admit(&self, action: &str) -> Permit {
        match self.pass(action) {
            Some(permit) => permit,
            None => self.turn(action).await,
        }
    }

    /// Most often there is no limit, and nobody need wait his turn.
    fn pass(&self, action: &str) -> Option<Permit> {
        let process = self.process();
        let now = process.begun.elapsed();
        process.gates.get(action).pace().pass(self.most, now).then(|| permit(now))
    }

    async fn turn(&self, action: &str) -> Permit {
        let process = self.process();
        let gate = process.gates.get(action);
        let _turn = gate.turn.lock().await;
        loop {
            let now = process.begun.elapsed();
            let waits = match gate.pace().go(self.most, now) {
                Ok(()) => return permit(now),
                Err(waits) => waits,
            };
            tokio::time::sleep(waits).await;
        }
    }

    /// A permit for now.
    pub(super) fn now(&self) -> Permit {
        permit(self.process().begun.elapsed())
    }

    fn process(&self) -> &Process {
        let Ok(process) =
            self.process.get_or_try_init(|| Ok::<_, Infallible>(Process { begun: Instant::now(), gates: PerAction::default() }));
        process
    }
}

fn permit(at: Duration) -> Permit {
    Permit(u64::try_from(at.as_micros()).unwrap_or(u64::MAX))
}

impl Quota for Local {
    fn acquire<'a>(&'a self, request: PermitRequest<'a>) -> PermitFuture<'a> {
        // A permit for now was asked for before.
        Box::pin(async move { Ok(self.turn(request.action).await) })
    }

    fn acquire_now(&self, request: PermitRequest<'_>) -> Option<Permit> {
        self.pass(request.action)
    }

    fn report(&self, action: &str, Permit(sent): Permit, admitted: Admitted) {
        let process = self.process();
        let (sent, now) = (Duration::from_micros(sent), process.begun.elapsed());
        process.gates.get(action).pace().report(sent, admitted, now);
    }
}
