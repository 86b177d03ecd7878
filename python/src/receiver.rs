//! Functions and objects of the program's that a download calls: on its own thread, which holds the interpreter meanwhile and at no
//! other time.

use std::error::Error;

use cloudauth_core::typed::{Progress, Received, Receiver};
use pyo3::exceptions::{PyOSError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyInt, PyTuple};

use crate::code::{self, Module};
use crate::errors::type_name;
use crate::kept::Kept;
use crate::raised::Raised;

static INSPECT: Module = Module::new(c"inspect");
static IO: Module = Module::new(c"io");

/// An object with `write`, or a callable, under an argument's name.
pub(crate) fn receiver(name: &str, given: &Bound<'_, PyAny>) -> PyResult<Receiver> {
    let function = given.getattr_opt("write")?.unwrap_or_else(|| given.clone());
    if !function.is_callable() {
        let rule = "must be a path, an object with write() or a callable";
        return Err(PyTypeError::new_err(format!("{name}: {rule}, not {}", type_name(given))));
    }
    check_plain(name, &function)?;
    let is_raw = is_raw(&function)?;
    let function = Kept::new(function);
    Ok(Receiver::new(move |bytes| {
        call(&function, |py, function| {
            let written = code::call(function, &PyTuple::new(py, [PyBytes::new(py, bytes)])?, None)?;
            let short = |count: &str| Err(PyOSError::new_err(format!("the receiver took {count} of {} bytes", bytes.len())));
            if written.is_none() && is_raw {
                // It would block.
                return short("none");
            }
            // As files without a buffer may do.
            let is_count = written.is_instance_of::<PyInt>() && !written.is_instance_of::<PyBool>();
            if is_count && written.lt(bytes.len())? { short(written.str()?.to_str()?) } else { check_done(&written) }
        })
    }))
}

/// A callable that takes two numbers.
pub(crate) fn progress(name: &str, given: &Bound<'_, PyAny>) -> PyResult<Progress> {
    if !given.is_callable() {
        return Err(PyTypeError::new_err(format!("{name}: must be a callable, not {}", type_name(given))));
    }
    check_plain(name, given)?;
    let function = Kept::new(given.clone());
    Ok(Progress::new(move |received, total| {
        call(&function, |py, function| check_done(&code::call(function, &(received, total).into_pyobject(py)?, None)?))
    }))
}

/// Whether a call of it does what its body says: nobody would await or iterate over what comes back.
pub(crate) fn check_plain(name: &str, function: &Bound<'_, PyAny>) -> PyResult<()> {
    let kinds = ["iscoroutinefunction", "isgeneratorfunction", "isasyncgenfunction"];
    let called = function.get_type().getattr("__call__")?;
    if is_any(function, &kinds)? || is_any(&called, &kinds)? {
        let rule = "must be a plain function, not an async or a generator function, which would not run";
        return Err(PyTypeError::new_err(format!("{name}: {rule}")));
    }
    Ok(())
}

/// The same, once something came back.
fn check_done(returned: &Bound<'_, PyAny>) -> PyResult<()> {
    if returned.is_none() || !is_any(returned, &["isawaitable", "isgenerator", "isasyncgen"])? {
        return Ok(());
    }
    close_unawaited(returned)?;
    let rule = "the function must do its work before it returns, and returned";
    Err(PyTypeError::new_err(format!("{rule} an object of type {}, which nobody awaits", type_name(returned))))
}

/// Ends what nobody awaits: else Python warns of that.
pub(crate) fn close_unawaited(returned: &Bound<'_, PyAny>) -> PyResult<()> {
    if is_any(returned, &["iscoroutine", "isgenerator"])? {
        code::call(&returned.getattr("close")?, &PyTuple::empty(returned.py()), None)?;
    }
    Ok(())
}

/// Whether one of these functions of `inspect` says so.
pub(crate) fn is_any(object: &Bound<'_, PyAny>, names: &[&str]) -> PyResult<bool> {
    let inspect = INSPECT.import(object.py())?;
    for name in names {
        if code::call(&inspect.getattr(*name)?, &PyTuple::new(object.py(), [object])?, None)?.is_truthy()? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether it is `write` of a file without a buffer, where `None` means that nothing was written.
fn is_raw(function: &Bound<'_, PyAny>) -> PyResult<bool> {
    let Some(file) = function.getattr_opt("__self__")? else { return Ok(false) };
    file.is_instance(&IO.import(file.py())?.getattr("RawIOBase")?)
}

fn call(function: &Kept, call: impl FnOnce(Python<'_>, &Bound<'_, PyAny>) -> PyResult<()>) -> Received {
    let gone = || Err(Box::from("the interpreter has ended"));
    let called = Python::try_attach(|py| {
        let Some(function) = function.object(py) else { return gone() };
        let raised = |error: PyErr| Box::new(Raised::keep(error.into_value(py).into_bound(py))) as Box<dyn Error + Send + Sync>;
        call(py, &function).map_err(raised)
    });
    called.unwrap_or_else(gone)
}
