//! What belongs to the process as a whole.

use std::ffi::OsString;
use std::time::Duration;

use cloudauth_core::host;
use pyo3::prelude::*;

/// Runs the command `cloudauth` with `arguments`, the program's name first, and gives its exit code.
#[pyfunction]
pub(crate) fn main(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| cloudauth_cli::run(arguments))
}

/// How many forks lie between the process that first used the library and this one.
#[pyfunction]
pub(crate) fn generation() -> u64 {
    host::generation()
}

/// Ends calls in flight and the library's threads, and says whether that took at most `timeout` seconds.
#[pyfunction]
pub(crate) fn shutdown(py: Python<'_>, timeout: f64) -> bool {
    let timeout = Duration::try_from_secs_f64(timeout).unwrap_or_default();
    py.detach(|| host::shutdown(timeout))
}
