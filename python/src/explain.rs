//! The catalogue, as dicts.

use cloudauth_core::catalogue::{self, Explanation, Variant};
use cloudauth_core::spelling::{Language, spell};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arguments::{self, Given};

/// What a `SubCode`, a response code, a code of the client or a kind means; `None` where it is not known.
#[pyfunction]
pub(crate) fn explain<'py>(py: Python<'py>, code: Given<'_, '_>) -> PyResult<Option<Bound<'py, PyDict>>> {
    catalogue::explain(&arguments::text("code", code)?).map(|found| explanation(py, found)).transpose()
}

/// One shape for all of them, `None` where a key has no meaning.
fn explanation(py: Python<'_>, found: Explanation) -> PyResult<Bound<'_, PyDict>> {
    let dict = PyDict::new(py);
    for key in ["type", "code", "meaning", "cause", "advice", "action", "billed", "kind", "retry", "http_status", "variants"] {
        dict.set_item(key, py.None())?;
    }
    dict.set_item("type", found.subject().name())?;
    match found {
        Explanation::SubCode(entry) => {
            dict.set_item("code", entry.code)?;
            dict.set_item("meaning", entry.meaning)?;
            dict.set_item("cause", entry.cause)?;
            dict.set_item("advice", entry.advice)?;
            dict.set_item("action", entry.action.name())?;
            dict.set_item("billed", entry.billed)?;
            dict.set_item("variants", names(entry.variants))?;
        }
        Explanation::Response(entry) => {
            dict.set_item("code", entry.code)?;
            dict.set_item("meaning", entry.meaning)?;
            dict.set_item("cause", entry.cause)?;
            dict.set_item("advice", entry.advice)?;
            dict.set_item("kind", entry.kind.name())?;
            dict.set_item("retry", entry.retry.name())?;
            dict.set_item("http_status", entry.http_status)?;
            dict.set_item("variants", names(entry.variants))?;
        }
        Explanation::Client(entry) => {
            dict.set_item("code", entry.code)?;
            dict.set_item("meaning", entry.meaning)?;
            dict.set_item("cause", entry.cause)?;
            dict.set_item("advice", entry.advice)?;
            dict.set_item("billed", entry.billed)?;
        }
        Explanation::Kind(kind) => {
            dict.set_item("code", kind.name())?;
            dict.set_item("meaning", kind.meaning())?;
            dict.set_item("advice", spell(kind.advice(), Language::Python))?;
            dict.set_item("kind", kind.name())?;
        }
    }
    Ok(dict)
}

fn names(variants: &[Variant]) -> Vec<&'static str> {
    variants.iter().map(|variant| variant.name()).collect()
}
