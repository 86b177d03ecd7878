//! A thread of the system's for a Python function.

use std::ffi::{c_ulong, c_void};

use pyo3::exceptions::PyRuntimeError;
use pyo3::ffi;
use pyo3::prelude::*;

unsafe extern "C" {
    fn PyThread_start_new_thread(run: unsafe extern "C-unwind" fn(*mut c_void), argument: *mut c_void) -> c_ulong;
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

/// Nothing here is to be dropped: an interpreter that ends unwinds this thread from wherever it waits.
unsafe extern "C-unwind" fn run(function: *mut c_void) {
    let function = function.cast::<ffi::PyObject>();
    // SAFETY: this thread attaches itself before it touches Python, and detaches itself last; it owns the reference.
    unsafe {
        let attached = ffi::PyGILState_Ensure();
        let returned = ffi::PyObject_CallNoArgs(function);
        if returned.is_null() {
            ffi::PyErr_WriteUnraisable(function);
        } else {
            ffi::Py_DECREF(returned);
        }
        ffi::Py_DECREF(function);
        ffi::PyGILState_Release(attached);
    }
}
