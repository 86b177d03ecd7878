//! Ctrl-C while a call waits.

use std::sync::{Arc, Mutex, PoisonError};

use cloudauth_core::{CallOptions, Result};
use pyo3::prelude::*;

use crate::errors;

/// What a signal's handler raised while a call waited.
#[derive(Clone, Default)]
pub(crate) struct Signals(Arc<Mutex<Option<PyErr>>>);

impl Signals {
    /// A call with these options looks for signals while it waits, and ends once a handler raises.
    pub(crate) fn watch(&self, options: CallOptions) -> CallOptions {
        let signals = self.clone();
        options.interrupt(move || signals.raise())
    }

    /// Lets the handlers of signals that came in run, and says whether one of them raised.
    pub(crate) fn raise(&self) -> bool {
        if !is_main_thread() {
            return false;
        }
        let Some(Err(raised)) = Python::try_attach(run_handlers) else { return false };
        *self.raised() = Some(raised);
        true
    }

    /// What a handler raised comes before whatever became of the call.
    pub(crate) fn outcome<T>(&self, py: Python<'_>, outcome: Result<T>) -> PyResult<T> {
        match self.raised().take() {
            Some(raised) => Err(raised),
            None => outcome.map_err(|error| errors::raised(py, error)),
        }
    }

    fn raised(&self) -> std::sync::MutexGuard<'_, Option<PyErr>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Handlers run on the main thread alone: another one need not wait for the interpreter to be told so.
fn is_main_thread() -> bool {
    // SAFETY: both only ask the system for a number.
    unsafe { libc::gettid() == libc::getpid() }
}

fn run_handlers(py: Python<'_>) -> PyResult<()> {
    py.check_signals()
}
