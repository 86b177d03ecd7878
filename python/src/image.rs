//! A picture's bytes, handed to Python.

use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use cloudauth_core::Buffer;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// From here on, other threads get their turn while the bytes are copied.
const LARGE: usize = 64 << 10;

/// A `bytes` object. The pages of a large one are touched, and `source` is let go, while other Python threads run.
pub(crate) fn bytes(py: Python<'_>, source: Buffer) -> PyResult<Bound<'_, PyBytes>> {
    if source.len() < LARGE {
        return Ok(PyBytes::new(py, &source));
    }
    let length = ffi::Py_ssize_t::try_from(source.len())?;
    // SAFETY: without a source pointer this makes an object of that length, not yet filled; NULL is an exception.
    let object = unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyBytes_FromStringAndSize(ptr::null(), length)) }?;
    let object = object.cast_into::<PyBytes>()?;
    // SAFETY: it is a bytes object. Its buffer stays where it is for as long as `object` lives.
    let target = AtomicPtr::new(unsafe { ffi::PyBytes_AsString(object.as_ptr()) }.cast::<u8>());
    py.detach(move || {
        // SAFETY: the buffer has `source.len()` bytes, and no one else has seen the object yet, so that nobody reads or
        // writes it meanwhile.
        unsafe { ptr::copy_nonoverlapping(source.as_ptr(), target.load(Ordering::Relaxed), source.len()) };
        drop(source);
    });
    Ok(object)
}
