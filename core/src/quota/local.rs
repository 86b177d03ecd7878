//! A client's own quota.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Admitted, Pace, Permit, Quota};
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
    gates: Mutex<HashMap<String, Arc<Gate>>>,
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
        // Most often nobody waits.
        if let Ok(_turn) = gate.turn.try_lock() {
            let now = process.begun.elapsed();
            if gate.pace().go(self.most, now).is_ok() {
                return now;
            }
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
            self.process.get_or_try_init(|| Ok::<_, Infallible>(Process { begun: Instant::now(), gates: Mutex::default() }));
        process
    }
}

impl Quota for Local {
    fn acquire<'a>(&'a self, action: &'a str) -> Pin<Box<dyn Future<Output = Permit> + Send + 'a>> {
        Box::pin(async move { Permit(u64::try_from(self.permit(action).await.as_micros()).unwrap_or(u64::MAX)) })
    }

    fn report(&self, action: &str, Permit(sent): Permit, admitted: Admitted) {
        let process = self.process();
        let (sent, now) = (Duration::from_micros(sent), process.begun.elapsed());
        let gate = process.gate(action);
        gate.pace().report(sent, admitted, now);
    }
}

impl Process {
    fn gate(&self, action: &str) -> Arc<Gate> {
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gate) = gates.get(action) {
            return gate.clone();
        }
        gates.entry(action.to_owned()).or_default().clone()
    }
}
