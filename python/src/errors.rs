//! Core's errors as the package's exceptions.

use cloudauth_core::Error;
use cloudauth_core::spelling::Language;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::code::{self, Module};
use crate::kept;
use crate::raised::Raised;

static FROM_KIND: Module = Module::new(c"cloudauth._from_kind");

/// The exception of `error`'s kind, with everything that the error knows.
pub(crate) fn exception(py: Python<'_>, error: Error) -> PyResult<Bound<'_, PyAny>> {
    let from_kind = FROM_KIND.import(py)?.getattr("from_kind")?;
    let known = PyDict::new(py);
    known.set_item("code", error.code())?;
    known.set_item("http_status", error.http_status())?;
    known.set_item("request_id", error.request_id())?;
    known.set_item("retryable", error.retryable())?;
    known.set_item("retry_after", error.retry_after().map(|time| time.as_secs_f64()))?;
    known.set_item("attempts", error.attempts())?;
    known.set_item("advice", error.advice_in(Language::Python))?;
    let arguments = (error.kind().name(), error.message_in(Language::Python)).into_pyobject(py)?;
    let exception = code::call(&from_kind, &arguments, Some(&known))?;
    if let Some(cause) = Raised::of(py, &error) {
        if !cause.is_instance_of::<PyException>() {
            // KeyboardInterrupt and its like are no failures of the call's.
            return Ok(cause);
        }
        exception.setattr("__cause__", cause)?;
        drop(error);
        kept::forget_unneeded(py);
    }
    Ok(exception)
}

/// [`exception`], to be raised.
pub(crate) fn raised(py: Python<'_>, error: Error) -> PyErr {
    match exception(py, error) {
        Ok(exception) => PyErr::from_value(exception),
        Err(failed) => failed,
    }
}

/// `argument` broke `rule`.
pub(crate) fn invalid(py: Python<'_>, argument: &str, rule: &str) -> PyErr {
    raised(py, Error::invalid_argument(argument, rule))
}

/// What an object is, for an error that says that it must be something else.
pub(crate) fn type_name(object: &Bound<'_, PyAny>) -> String {
    object.get_type().name().map_or_else(|_| "this".to_owned(), |name| name.to_string())
}
