//! What needs no server.

use std::path::PathBuf;

use cloudauth_core::{evidence, typed};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::arguments::{self, Given};
use crate::convert::ToPython;
use crate::errors;

/// Decodes a stored reply's body.
#[pyfunction]
pub(crate) fn decode<'py>(py: Python<'py>, body: &Bound<'py, PyBytes>) -> PyResult<Bound<'py, PyAny>> {
    let bytes = body.as_bytes();
    let outcome = py.detach(|| cloudauth_core::decode(bytes));
    outcome.map_err(|error| errors::raised(py, error))?.to_python(py)
}

/// Reads a result that `to_json` wrote.
#[pyfunction]
pub(crate) fn from_json<'py>(py: Python<'py>, json: &Bound<'py, PyBytes>) -> PyResult<Bound<'py, PyAny>> {
    let bytes = json.as_bytes();
    let outcome = py.detach(|| cloudauth_core::from_json(bytes));
    outcome.map_err(|error| errors::raised(py, error))?.to_python(py)
}

/// A start as `started_from_json` reads it.
#[pyfunction]
pub(crate) fn started_to_json(py: Python<'_>, started: Given<'_, '_>) -> PyResult<String> {
    typed::started_to_json(arguments::started(started)?).map_err(|error| errors::raised(py, error))
}

/// Reads a start that `started_to_json` wrote.
#[pyfunction]
pub(crate) fn started_from_json<'py>(py: Python<'py>, json: &Bound<'py, PyBytes>) -> PyResult<Bound<'py, PyAny>> {
    typed::started_from_json(json.as_bytes()).map_err(|error| errors::raised(py, error))?.to_python(py)
}

/// Writes the pictures of a result that `to_json` wrote into a folder; gives their paths.
#[pyfunction]
pub(crate) fn save_images(py: Python<'_>, json: &Bound<'_, PyBytes>, folder: Given<'_, '_>) -> PyResult<Vec<PathBuf>> {
    let (bytes, folder) = (json.as_bytes(), arguments::path("folder", folder)?);
    let outcome = py.detach(|| cloudauth_core::from_json(bytes).and_then(|result| result.save_images(folder)));
    outcome.map_err(|error| errors::raised(py, error))
}

/// Whether an archive's folder holds what its manifest says.
#[pyfunction]
pub(crate) fn verify_archive<'py>(py: Python<'py>, folder: Given<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let folder = arguments::path("folder", folder)?;
    let outcome = py.detach(|| evidence::verify_archive(folder));
    outcome.map_err(|error| errors::raised(py, error))?.to_object().to_python(py)
}

/// The action of a decision, and its reasons.
#[pyfunction]
pub(crate) fn decide(
    py: Python<'_>,
    passed: Option<Given<'_, '_>>,
    sub_code: Option<Given<'_, '_>>,
    comparison_score: Option<Given<'_, '_>>,
    min_face_score: Option<Given<'_, '_>>,
) -> PyResult<(&'static str, Vec<String>)> {
    let passed = passed.map(|passed| arguments::flag("result.passed", passed)).transpose()?;
    let sub_code = sub_code.map(|code| arguments::text("result.sub_code", code)).transpose()?;
    let score = arguments::score("result.face.comparison_score", comparison_score)?;
    let least = arguments::score("min_face_score", min_face_score)?;
    let decision = cloudauth_core::decide(passed, sub_code.as_deref(), score, least);
    let decision = decision.map_err(|error| errors::raised(py, error))?;
    Ok((decision.action.name(), decision.reasons))
}
