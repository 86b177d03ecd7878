//! Where a call was made.

use std::sync::{Arc, OnceLock};

use pyo3::intern;
use pyo3::prelude::*;

use crate::bridge::Inlet;

/// The context, as `contextvars` has it, and the event loop.
pub(crate) struct MadeIn {
    context: Option<Py<PyAny>>,
    inlet: LoopOf,
}

/// The way to the event loop of a call, where that has one; a run of many calls knows it later than its options.
pub(crate) type LoopOf = Arc<OnceLock<Arc<Inlet>>>;

impl MadeIn {
    /// This thread's context, if a listener wants it.
    pub(crate) fn new(py: Python<'_>, is_wanted: bool, inlet: LoopOf) -> PyResult<Self> {
        let copy = || py.import(intern!(py, "contextvars"))?.call_method0(intern!(py, "copy_context"));
        Ok(Self { context: if is_wanted { Some(copy()?.unbind()) } else { None }, inlet })
    }

    pub(crate) fn context<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyAny>> {
        Some(self.context.as_ref()?.bind(py).clone())
    }

    pub(crate) fn inlet(&self) -> Option<Arc<Inlet>> {
        self.inlet.get().cloned()
    }
}
