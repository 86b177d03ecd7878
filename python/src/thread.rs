//! A thread of the system's for a Python function.

use std::ffi::{c_ulong, c_void};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::code;

unsafe extern "C" {
    fn PyThread_start_new_thread(run: extern "C" fn(*mut c_void), argument: *mut c_void) -> c_ulong;
}

/// Runs `function` on a thread of its own even where `threading` and `_thread` are patched, as gevent and eventlet patch them.
#[pyfunction]
pub(crate) fn start_thread(py: Python<'_>, function: Py<PyAny>) -> PyResult<()> {
    let function = function.into_ptr();
    // SAFETY: `run` gets the reference that it expects, and takes it over.
    let id = unsafe { PyThread_start_new_thread(run, function.cast()) };
    if id == c_ulong::MAX {
        // SAFETY: no thread has taken the reference over.
        drop(unsafe { Bound::from_owned_ptr(py, function) });
        return Err(PyRuntimeError::new_err("the operating system refused a thread"));
    }
    Ok(())
}

extern "C" fn run(function: *mut c_void) {
    // An interpreter that ends meanwhile keeps the reference.
    Python::try_attach(|py| {
        // SAFETY: the reference is this thread's.
        let function = unsafe { Bound::from_owned_ptr(py, function.cast()) };
        if let Err(raised) = code::call(&function, &PyTuple::empty(py), None) {
            raised.write_unraisable(py, Some(&function));
        }
    });
}
