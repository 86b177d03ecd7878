//! The native half of the Python package `cloudauth`: it converts types and drives calls; all else is core's.

mod arguments;
mod arrow;
mod bridge;
mod callback;
mod client;
mod code;
mod convert;
mod credentials;
mod emulator;
mod errors;
mod event;
mod explain;
mod image;
mod kept;
mod limiter;
mod log;
mod made_in;
mod many;
mod offline;
mod process;
mod raised;
mod receiver;
mod report;
mod signals;
mod thread;

use pyo3::exceptions::PyImportError;
use pyo3::ffi;
use pyo3::prelude::*;

// Only a build that a test runs in parallel may claim to do without the GIL; the stable ABI has no such build yet.
#[pymodule(gil_used = true)]
fn _cloudauth(module: &Bound<'_, PyModule>) -> PyResult<()> {
    // Before anything is made: classes and interned names are the process's, and belong to the interpreter that made them.
    // SAFETY: this thread is attached to an interpreter.
    if unsafe { ffi::PyInterpreterState_GetID(ffi::PyInterpreterState_Get()) } != 0 {
        return Err(PyImportError::new_err(
            "cloudauth does not run in a subinterpreter: use the main one (uWSGI: single-interpreter = true; mod_wsgi: \
             WSGIApplicationGroup %{GLOBAL})",
        ));
    }
    cloudauth_core::host::contain_all();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<bridge::InFlight>()?;
    module.add_class::<bridge::Queue>()?;
    module.add_class::<callback::UnverifiedCallback>()?;
    module.add_class::<client::Client>()?;
    module.add_class::<credentials::KeySource>()?;
    module.add_class::<emulator::Emulator>()?;
    module.add_class::<limiter::LimiterFunction>()?;
    module.add_class::<limiter::PermitQuestion>()?;
    module.add_class::<many::Many>()?;
    module.add_function(wrap_pyfunction!(arrow::arrow_decode, module)?)?;
    module.add_function(wrap_pyfunction!(arrow::arrow_schema, module)?)?;
    module.add_function(wrap_pyfunction!(explain::explain, module)?)?;
    module.add_function(wrap_pyfunction!(log::set_log_level, module)?)?;
    module.add_function(wrap_pyfunction!(report::take, module)?)?;
    module.add_function(wrap_pyfunction!(log::take_log, module)?)?;
    module.add_function(wrap_pyfunction!(offline::decide, module)?)?;
    module.add_function(wrap_pyfunction!(offline::decode, module)?)?;
    module.add_function(wrap_pyfunction!(offline::from_json, module)?)?;
    module.add_function(wrap_pyfunction!(offline::save_images, module)?)?;
    module.add_function(wrap_pyfunction!(offline::started_from_json, module)?)?;
    module.add_function(wrap_pyfunction!(offline::started_to_json, module)?)?;
    module.add_function(wrap_pyfunction!(offline::verify_archive, module)?)?;
    module.add_function(wrap_pyfunction!(process::generation, module)?)?;
    module.add_function(wrap_pyfunction!(process::main, module)?)?;
    module.add_function(wrap_pyfunction!(process::shutdown, module)?)?;
    module.add_function(wrap_pyfunction!(thread::start_thread, module)?)
}
