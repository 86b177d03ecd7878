//! Callbacks, read and verified in two steps: between them, the package looks the token up.

use std::str;

use cloudauth_core::{Error, Result};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};

use crate::arguments::{self, Given};
use crate::convert::ToPython;
use crate::errors;

/// A callback whose token has not been compared yet.
#[pyclass(frozen, module = "cloudauth._cloudauth")]
pub(crate) struct UnverifiedCallback(cloudauth_core::Callback);

impl UnverifiedCallback {
    fn new(py: Python<'_>, read: Result<cloudauth_core::Callback>) -> PyResult<Self> {
        read.map(Self).map_err(|error| errors::raised(py, error))
    }
}

#[pymethods]
impl UnverifiedCallback {
    /// Reads a query or a URL, a `str` or `bytes`.
    #[staticmethod]
    fn parse(py: Python<'_>, query: Given<'_, '_>) -> PyResult<Self> {
        if let Ok(bytes) = query.cast::<PyBytes>() {
            let text = str::from_utf8(bytes.as_bytes()).map_err(|_| Error::invalid_argument("query", "is not UTF-8"));
            return Self::new(py, text.and_then(cloudauth_core::Callback::parse));
        }
        Self::new(py, cloudauth_core::Callback::parse(&arguments::text("query", query)?))
    }

    /// Reads names and values that a framework decoded.
    #[staticmethod]
    fn from_pairs(py: Python<'_>, pairs: &Bound<'_, PyList>) -> PyResult<Self> {
        let pair = |pair: Bound<'_, PyAny>| {
            let (name, value) = pair.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
            Ok((arguments::text("query: a name", &name)?, arguments::text("query: a value", &value)?))
        };
        let pairs = pairs.iter().map(pair).collect::<PyResult<Vec<_>>>()?;
        Self::new(py, cloudauth_core::Callback::from_pairs(pairs))
    }

    #[getter]
    fn transaction_id(&self) -> &str {
        &self.0.transaction_id
    }

    /// The callback as Python has it, if its token is this one.
    fn verified<'py>(&self, py: Python<'py>, token: Option<Given<'_, '_>>) -> PyResult<Bound<'py, PyAny>> {
        let token = token.map(|token| arguments::text("token", token)).transpose()?;
        self.0.verify(|_: &str| token).map_err(|error| errors::raised(py, error))?;
        self.0.clone().to_python(py)
    }
}
