//! Exceptions of the program's that stand behind errors of core's.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use cloudauth_core::Error;
use pyo3::exceptions::PyBaseException;
use pyo3::prelude::*;

/// Stands for an exception inside an error. The library's threads drop errors without the interpreter, so that the
/// exception itself stays here.
#[derive(Debug, thiserror::Error)]
#[error("an exception of the program's")]
pub(crate) struct Raised(());

type Kept = Vec<(Weak<Raised>, Py<PyBaseException>)>;

/// Only locked while the interpreter is held, so that no fork finds it taken.
static KEPT: Mutex<Kept> = Mutex::new(Vec::new());

impl Raised {
    pub(crate) fn keep(py: Python<'_>, exception: Py<PyBaseException>) -> Arc<Self> {
        forget_unneeded(py);
        let raised = Arc::new(Self(()));
        kept().push((Arc::downgrade(&raised), exception));
        raised
    }

    /// The exception behind `error`.
    pub(crate) fn of(py: Python<'_>, error: &Error) -> Option<Py<PyBaseException>> {
        let raised: *const Self = std::error::Error::source(error)?.downcast_ref::<Self>()?;
        let kept = kept();
        let (_, exception) = kept.iter().find(|(kept, _)| kept.as_ptr() == raised)?;
        Some(exception.clone_ref(py))
    }
}

/// Lets go of the exceptions whose errors are gone.
pub(crate) fn forget_unneeded(_py: Python<'_>) {
    let mut kept = kept();
    let (needed, unneeded): (Kept, Kept) = kept.drain(..).partition(|(raised, _)| raised.strong_count() > 0);
    *kept = needed;
    drop(kept);
    // Not under the lock: a destructor may be Python's.
    drop(unneeded);
}

fn kept() -> MutexGuard<'static, Kept> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}
