//! Core's lines for Python's `logging`.
//!
//! The library's threads run no Python: lines wait in core, and whoever makes a call takes them out when it ends.

use cloudauth_core::log;
use pyo3::prelude::*;

/// Keeps lines up to that level of core's from now on.
#[pyfunction]
pub(crate) fn set_log_level(level: u8) {
    // Refused where the command runs in this process, whose log is its own.
    log::keep();
    log::set_level(level);
}

/// The lines that wait, the oldest first, each with its level.
#[pyfunction]
pub(crate) fn take_log() -> Vec<(u8, String)> {
    log::take()
}
