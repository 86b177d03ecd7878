//! Columns of stored bodies to columns of results, over the Arrow C data interface.

mod abi;
mod bodies;
mod cell;
mod column;
mod export;
mod pieces;

use std::num::NonZero;
use std::thread;

use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use crate::arguments::{self, Given};
use crate::errors;
use bodies::Bodies;

type Capsule<'py> = Bound<'py, PyCapsule>;

/// The table's schema.
#[pyfunction]
pub(crate) fn arrow_schema(py: Python<'_>, images: bool) -> PyResult<Capsule<'_>> {
    PyCapsule::new_with_value(py, export::schema(&pieces::table(images)), c"arrow_schema")
}

/// The pieces of the table that a column of bodies becomes, exported as its schema and its array; `threads` are as many as there
/// are processors, unless given.
#[pyfunction]
pub(crate) fn arrow_decode<'py>(
    py: Python<'py>,
    column: &Bound<'py, PyTuple>,
    images: bool,
    threads: Option<Given<'_, 'py>>,
) -> PyResult<Vec<Capsule<'py>>> {
    let threads = arguments::count("threads", threads)?;
    let (schema, array): (Capsule<'py>, Capsule<'py>) = column.extract()?;
    let schema_place = schema.pointer_checked(Some(c"arrow_schema"))?;
    let array_place = array.pointer_checked(Some(c"arrow_array"))?;
    // SAFETY: the capsules have these names, and so hold these structures.
    let bodies = unsafe { Bodies::take(schema_place.as_ptr(), array_place.as_ptr()) };
    let bodies = bodies.map_err(|rule| errors::invalid(py, "column", rule))?;
    let threads = threads.unwrap_or_else(|| thread::available_parallelism().map_or(1, NonZero::get));
    let pieces = py.detach(|| pieces::decode(&bodies, images, threads));
    pieces.into_iter().map(|piece| PyCapsule::new_with_value(py, piece, c"arrow_array")).collect()
}
