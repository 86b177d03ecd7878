//! The emulator, in this process.

use std::fmt::Display;
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloudauth_core::host;
use cloudauth_emulator::{self as emulator, Fault, Options};
use pyo3::exceptions::{PyOSError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use serde_json::Value;

use crate::arguments::{self, Given};

/// A running emulator, until it is stopped.
#[pyclass(frozen, module = "cloudauth._cloudauth")]
pub(crate) struct Emulator {
    running: Mutex<Option<emulator::Emulator>>,
    generation: u64,
    #[pyo3(get)]
    endpoint: String,
    #[pyo3(get)]
    access_key_id: String,
    #[pyo3(get)]
    access_key_secret: String,
    #[pyo3(get)]
    security_token: Option<String>,
    /// A file with the certificate authority to trust, PEM, for as long as it runs.
    #[pyo3(get)]
    ca_file: Option<String>,
}

#[pymethods]
impl Emulator {
    #[new]
    #[pyo3(signature = (*, security_token, tls, qps, region, documented_quota, callback_names, callback_retry, finish_after, cases))]
    #[allow(clippy::too_many_arguments, reason = "the options")]
    fn new(
        py: Python<'_>,
        security_token: Option<Given<'_, '_>>,
        tls: bool,
        qps: Option<u32>,
        region: Option<Given<'_, '_>>,
        documented_quota: bool,
        callback_names: Given<'_, '_>,
        callback_retry: bool,
        finish_after: Option<&Bound<'_, PyAny>>,
        cases: Option<Given<'_, '_>>,
    ) -> PyResult<Self> {
        let options = Options {
            security_token: security_token.map(|token| arguments::text("security_token", token)).transpose()?,
            tls,
            qps,
            region: region.map(|region| parsed("region", region)).transpose()?,
            documented_quota,
            callback_names: parsed("callback_names", callback_names)?,
            callback_retry,
            finish_after: arguments::seconds("finish_after", finish_after)?,
            cases: cases.map(|cases| arguments::path("cases", cases)).transpose()?,
            ..Options::default()
        };
        let started = py.detach(|| emulator::Emulator::start(options)).map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidInput | std::io::ErrorKind::InvalidData => PyValueError::new_err(error.to_string()),
            _ => PyOSError::new_err(error.to_string()),
        })?;
        let ready: Value = serde_json::from_str(&started.ready_line()).unwrap_or_default();
        Ok(Self {
            generation: host::generation(),
            endpoint: started.endpoint().to_owned(),
            access_key_id: started.access_key_id().to_owned(),
            access_key_secret: started.access_key_secret().to_owned(),
            security_token: started.security_token().map(str::to_owned),
            ca_file: ready.get("ca_file").and_then(Value::as_str).map(str::to_owned),
            running: Mutex::new(Some(started)),
        })
    }

    /// The latest hundred calls, the oldest first.
    fn calls<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let calls = self.with(emulator::Emulator::calls)?;
        let dict = |call: emulator::Call| {
            let dict = PyDict::new(py);
            dict.set_item("time", call.time)?;
            dict.set_item("action", call.action)?;
            dict.set_item("signature", call.signature)?;
            dict.set_item("http_status", call.http_status)?;
            dict.set_item("code", call.code)?;
            dict.set_item("connection", call.connection)?;
            Ok(dict)
        };
        calls.into_iter().map(dict).collect()
    }

    /// Moves its clock forward by that many seconds.
    fn advance(&self, seconds: &Bound<'_, PyAny>) -> PyResult<()> {
        let by = arguments::seconds("seconds", Some(seconds))?.unwrap_or(Duration::ZERO);
        self.with(|running| running.advance(by))
    }

    /// Ends a verification that Initialize began.
    fn finish(&self, transaction_id: Given<'_, '_>, sub_code: Given<'_, '_>) -> PyResult<()> {
        let (id, sub_code) = (verification(transaction_id)?, arguments::text("sub_code", sub_code)?);
        self.with(|running| running.finish(&id, &sub_code))?.map_err(refused)
    }

    /// Lets the person come to a page.
    fn enter(&self, transaction_id: Given<'_, '_>, page: Given<'_, '_>) -> PyResult<()> {
        let (id, page) = (verification(transaction_id)?, arguments::text("page", page)?);
        self.with(|running| running.enter(&id, &page))?.map_err(refused)
    }

    /// Lets the person leave for good at a page.
    fn abandon(&self, transaction_id: Given<'_, '_>, page: Given<'_, '_>, code: Given<'_, '_>) -> PyResult<()> {
        let (id, page, code) = (verification(transaction_id)?, arguments::text("page", page)?, arguments::text("code", code)?);
        self.with(|running| running.abandon(&id, &page, &code))?.map_err(refused)
    }

    /// Lets the person be done before the service decides.
    fn pend(&self, transaction_id: Given<'_, '_>) -> PyResult<()> {
        let id = verification(transaction_id)?;
        self.with(|running| running.pend(&id))?.map_err(refused)
    }

    /// Puts these faults in the place of all that are set.
    fn set_faults(&self, faults: &Bound<'_, PyList>, rate: Option<f64>, seed: u64) -> PyResult<()> {
        let fault = |given: Bound<'_, PyAny>| arguments::text("faults", &given)?.parse::<Fault>().map_err(refused);
        let faults = faults.iter().map(fault).collect::<PyResult<Vec<_>>>()?;
        self.with(|running| running.set_faults(faults, rate, seed))?.map_err(refused)
    }

    /// Stops it and closes its connections.
    fn stop(&self, py: Python<'_>) {
        if self.generation == host::generation() {
            let stopped = self.running().take();
            py.detach(|| drop(stopped));
        }
    }
}

fn refused(error: impl Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

fn verification(transaction_id: Given<'_, '_>) -> PyResult<String> {
    arguments::text("transaction_id", transaction_id)
}

/// The text of an option as the emulator has it.
fn parsed<T: FromStr<Err: Display>>(name: &str, text: Given<'_, '_>) -> PyResult<T> {
    let text = arguments::text(name, text)?;
    text.parse().map_err(|error| refused(format_args!("{name}: {error}")))
}

impl Emulator {
    fn running(&self) -> MutexGuard<'_, Option<emulator::Emulator>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, read: impl FnOnce(&emulator::Emulator) -> T) -> PyResult<T> {
        if self.generation != host::generation() {
            return Err(PyRuntimeError::new_err("the emulator runs in the process that this one was forked from"));
        }
        self.running().as_ref().map(read).ok_or_else(|| PyRuntimeError::new_err("the emulator was stopped"))
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Its thread is the parent's: a forked child must not wait for it.
        if self.generation != host::generation() {
            std::mem::forget(self.running().take());
        }
    }
}
