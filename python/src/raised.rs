//! Exceptions of the program's that stand behind errors of core's.

use cloudauth_core::Error;
use pyo3::exceptions::PyBaseException;
use pyo3::prelude::*;

use crate::kept::Kept;

/// Stands for an exception inside an error.
#[derive(Debug, thiserror::Error)]
#[error("an exception of the program's")]
pub(crate) struct Raised(Kept);

impl Raised {
    pub(crate) fn keep(exception: Bound<'_, PyBaseException>) -> Self {
        Self(Kept::new(exception.into_any()))
    }

    /// The exception behind `error`.
    pub(crate) fn of<'py>(py: Python<'py>, error: &Error) -> Option<Bound<'py, PyAny>> {
        std::error::Error::source(error)?.downcast_ref::<Self>()?.0.object(py)
    }
}
