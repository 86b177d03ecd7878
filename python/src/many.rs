//! Many calls, a bounded number at a time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use cloudauth_core::blocking::{self, Outcome, Waiting};
use pyo3::prelude::*;
use pyo3::types::PyBool;

use crate::arguments;
use crate::bridge::{self, Queue};
use crate::errors;
use crate::made_in::LoopOf;

/// How often signals are looked for while no outcome comes.
const LOOK_UP: Duration = Duration::from_millis(50);

/// A run of many calls: rows are pushed, outcomes are taken.
#[pyclass(frozen, module = "cloudauth._cloudauth")]
pub(crate) struct Many {
    run: blocking::Many,
    inlet: LoopOf,
    closed: AtomicBool,
}

impl Many {
    pub(crate) fn new(run: blocking::Many, inlet: LoopOf) -> Self {
        Self { run, inlet, closed: AtomicBool::new(false) }
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    fn next_within(&self, py: Python<'_>, limit: Duration) -> Result<Option<Outcome>, Waiting> {
        let next = py.detach(|| self.run.next_within(limit));
        if self.is_closed() { Ok(None) } else { next }
    }
}

/// `(position, value, exception)`, one of the latter two `None`; `None` after the last.
fn step(py: Python<'_>, outcome: Option<Outcome>) -> PyResult<Bound<'_, PyAny>> {
    let Some((position, outcome)) = outcome else { return Ok(py.None().into_bound(py)) };
    let (value, exception) = bridge::halves(py, outcome)?;
    Ok((position, value, exception).into_pyobject(py)?.into_any())
}

#[pymethods]
impl Many {
    /// Has `queue` hear when there is something to take, where `take` found nothing: under the number that it gives. Its loop is
    /// that of the calls.
    fn tell(&self, queue: &Bound<'_, Queue>) -> u64 {
        let (number, ring) = queue.get().bell();
        let _ = self.inlet.set(queue.get().inlet());
        self.run.on_ready(ring);
        number
    }

    /// Takes the arguments of `check_result`, or a `TypeError` that says why there are none.
    fn push(&self, py: Python<'_>, row: &Bound<'_, PyAny>) -> PyResult<()> {
        let request = arguments::row(row)?;
        let pushed = py.detach(|| self.run.push(request, None));
        // Once it is closed, nobody waits for the outcome.
        pushed.map(drop).or_else(|error| if self.is_closed() { Ok(()) } else { Err(errors::raised(py, error)) })
    }

    /// Whether there is room for a row; may wait until there is. `False` as well once no row is wanted any more.
    fn wants_more(&self, py: Python<'_>, wait: bool) -> bool {
        let limit = if wait { Duration::MAX } else { Duration::ZERO };
        py.detach(|| self.run.wants_more_within(limit)).unwrap_or_default()
    }

    /// No row comes any more.
    fn finish(&self, py: Python<'_>) {
        py.detach(|| self.run.finish());
    }

    /// Waits for the next outcome.
    fn next<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        loop {
            match self.next_within(py, LOOK_UP) {
                Ok(outcome) => return step(py, outcome),
                Err(Waiting) => py.check_signals()?,
            }
        }
    }

    /// The next outcome, if there is one; `False` where its queue will say when.
    fn take<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.next_within(py, Duration::ZERO) {
            Ok(outcome) => step(py, outcome),
            Err(Waiting) => Ok(PyBool::new(py, false).to_owned().into_any()),
        }
    }

    /// Cancels what is under way, and ends the outcomes.
    fn close(&self, py: Python<'_>) {
        self.closed.store(true, Ordering::Relaxed);
        py.detach(|| self.run.cancel());
    }
}
