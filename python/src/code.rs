//! Python code that Rust runs.
//!
//! Until Python 3.14, an interpreter that ends unwinds every other thread that runs its code. Rust's frames do not survive that
//! where `PyO3` declares a function not to unwind. A thread that meets its end in here stops instead, as later Pythons have it.
//!
//! The linker knows one declaration of a function, and it may be `PyO3`'s; behind `black_box` it knows none.

use std::ffi::CStr;
use std::hint::black_box;
use std::mem;
use std::thread;

use pyo3::ffi::PyObject;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};

mod unwinding {
    use std::ffi::c_char;

    use pyo3::ffi::PyObject;

    unsafe extern "C-unwind" {
        pub(super) fn PyImport_ImportModule(name: *const c_char) -> *mut PyObject;
        pub(super) fn PyObject_Call(callable: *mut PyObject, arguments: *mut PyObject, named: *mut PyObject) -> *mut PyObject;
    }
}

/// A module that is imported when it is first needed.
pub(crate) struct Module {
    name: &'static CStr,
    imported: PyOnceLock<Py<PyAny>>,
}

impl Module {
    pub(crate) const fn new(name: &'static CStr) -> Self {
        Self { name, imported: PyOnceLock::new() }
    }

    pub(crate) fn import<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyAny>> {
        if let Some(imported) = self.imported.get(py) {
            return Ok(imported.bind(py));
        }
        let import: unsafe extern "C-unwind" fn(_) -> _ = unwinding::PyImport_ImportModule;
        // SAFETY: the name ends in a zero.
        let module = stopping(|| unsafe { black_box(import)(self.name.as_ptr()) });
        // SAFETY: the reference is ours; null is an exception.
        let module = unsafe { Bound::from_owned_ptr_or_err(py, module) }?;
        // The lock is taken only now: a thread that stops in the import would never open it.
        Ok(self.imported.get_or_init(py, || module.unbind()).bind(py))
    }
}

pub(crate) fn call<'py>(
    callable: &Bound<'py, PyAny>,
    arguments: &Bound<'py, PyTuple>,
    named: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let named = named.map_or_else(std::ptr::null_mut, Bound::as_ptr);
    let call: unsafe extern "C-unwind" fn(_, _, _) -> _ = unwinding::PyObject_Call;
    // SAFETY: all three live through the call.
    let returned = stopping(|| unsafe { black_box(call)(callable.as_ptr(), arguments.as_ptr(), named) });
    // SAFETY: the reference is ours; null is an exception.
    unsafe { Bound::from_owned_ptr_or_err(callable.py(), returned) }
}

fn stopping(run: impl FnOnce() -> *mut PyObject) -> *mut PyObject {
    let stop = Stop;
    let returned = run();
    mem::forget(stop);
    returned
}

/// Keeps the thread for ever where it is dropped.
struct Stop;

impl Drop for Stop {
    fn drop(&mut self) {
        loop {
            thread::park();
        }
    }
}
