//! The native half of the Python package `cloudauth`: it converts types and drives calls; all else is core's.

mod arguments;
mod bridge;
mod client;
mod convert;
mod credentials;
mod emulator;
mod errors;
mod explain;
mod image;
mod many;
mod offline;
mod process;
mod signals;

use pyo3::prelude::*;

// Only a build that a test runs in parallel may claim to do without the GIL; the stable ABI has no such build yet.
#[pymodule(gil_used = true)]
mod _cloudauth {
    #[pymodule_export]
    use crate::bridge::{Operation, Queue};
    #[pymodule_export]
    use crate::client::Client;
    #[pymodule_export]
    use crate::credentials::KeySource;
    #[pymodule_export]
    use crate::emulator::Emulator;
    #[pymodule_export]
    use crate::explain::explain;
    #[pymodule_export]
    use crate::many::Many;
    #[pymodule_export]
    use crate::offline::{decide, decode};
    #[pymodule_export]
    use crate::process::{generation, main, shutdown};

    use super::{Bound, PyModule, PyModuleMethods, PyResult};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
