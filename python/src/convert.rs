//! Results as dicts of the package's classes for them, which print nothing of a person.

use std::collections::BTreeMap;

use cloudauth_core::Callback;
use cloudauth_core::result::{
    CheckResult, Document, Duplicate, Face, Fields, Identity, Image, Number, Page, Pages, Problem, Spoof, Value, classify_number,
};
use cloudauth_core::typed::TypedReply;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString};

use crate::code::Module;
use crate::image;

/// What a call gives, as Python has it.
pub(crate) trait ToPython {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>>;
}

impl ToPython for CheckResult {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        self.part(py)
    }
}

/// A reply as it came, in plain dicts.
impl ToPython for Fields {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        value(py, Value::Object(self), |py| Ok(PyDict::new(py)))
    }
}

impl ToPython for Callback {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let dict = new_part(py, pyo3::intern!(py, "Callback"))?;
        dict.set_item(pyo3::intern!(py, "transaction_id"), self.transaction_id)?;
        dict.set_item(pyo3::intern!(py, "parameters"), self.parameters.part(py)?)?;
        Ok(dict.into_any())
    }
}

impl ToPython for TypedReply {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let class = REPLY_PARTS.import(py)?.getattr(self.spec().reply)?;
        let dict: Bound<'_, PyDict> = class.call0()?.cast_into()?;
        dict.set_item(pyo3::intern!(py, "request_id"), self.request_id.as_str())?;
        for (field, value) in self.fields() {
            dict.set_item(field.name, value.cloned().part(py)?)?;
        }
        dict.set_item(pyo3::intern!(py, "extra"), self.extra.part(py)?)?;
        dict.set_item(pyo3::intern!(py, "problems"), self.problems.part(py)?)?;
        Ok(dict.into_any())
    }
}

/// A part of a result.
trait Part {
    fn part(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>>;
}

static PARTS: Module = Module::new(c"cloudauth._parts");
static REPLY_PARTS: Module = Module::new(c"cloudauth._reply_parts");

/// An empty dict of the class with that name.
fn new_part<'py>(py: Python<'py>, class: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyDict>> {
    Ok(PARTS.import(py)?.getattr(class)?.call0()?.cast_into()?)
}

/// A tree's object: a dict with its named keys, all of them, in the order given. The keys are made once in a process.
macro_rules! object {
    ($type:ident { $($field:ident),* $(,)? } $($beside:ident)?) => {
        impl Part for $type {
            fn part(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
                let dict = new_part(py, pyo3::intern!(py, stringify!($type)))?;
                $(dict.set_item(pyo3::intern!(py, stringify!($field)), self.$field.part(py)?)?;)*
                $(if let Some(body) = self.$beside.into_buffer() {
                    dict.setattr(pyo3::intern!(py, "_raw"), image::bytes(py, body)?)?;
                })?
                Ok(dict.into_any())
            }
        }
    };
}

cloudauth_core::result_objects!(object);

impl Part for Image {
    fn part(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let dict = new_part(py, pyo3::intern!(py, "Image"))?;
        dict.set_item(pyo3::intern!(py, "bytes"), image::bytes(py, self.bytes)?)?;
        dict.set_item(pyo3::intern!(py, "format"), self.format.name())?;
        Ok(dict.into_any())
    }
}

impl<T: Part> Part for Option<T> {
    fn part(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        self.map_or_else(|| Ok(py.None().into_bound(py)), |value| value.part(py))
    }
}

impl<T: Part> Part for Vec<T> {
    fn part(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let list = PyList::empty(py);
        for item in self {
            list.append(item.part(py)?)?;
        }
        Ok(list.into_any())
    }
}

impl Part for bool {
    fn part(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(PyBool::new(py, self).to_owned().into_any())
    }
}

impl Part for i64 {
    fn part(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(PyInt::new(py, self).into_any())
    }
}

impl Part for f64 {
    fn part(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(PyFloat::new(py, self).into_any())
    }
}

impl Part for &str {
    fn part(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(PyString::new(py, self).into_any())
    }
}

impl Part for String {
    fn part(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        self.as_str().part(py)
    }
}

impl Part for Value {
    fn part(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        value(py, self, fields)
    }
}

impl Part for Fields {
    fn part(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        map(self, fields(py)?, |value| value.part(py))
    }
}

impl Part for BTreeMap<String, String> {
    fn part(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        map(self, fields(py)?, |text| text.part(py))
    }
}

impl Part for Pages {
    fn part(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        map(self, fields(py)?, |page| page.part(py))
    }
}

/// An empty dict for values by the service's names.
fn fields(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    new_part(py, pyo3::intern!(py, "Fields"))
}

type NewDict = for<'py> fn(Python<'py>) -> PyResult<Bound<'py, PyDict>>;

fn value(py: Python<'_>, given: Value, new_dict: NewDict) -> PyResult<Bound<'_, PyAny>> {
    match given {
        Value::Null => Ok(py.None().into_bound(py)),
        Value::Bool(flag) => flag.part(py),
        Value::Number(number) => match classify_number(&number) {
            Some(Number::Integer(digits)) => match digits.parse::<i64>() {
                Ok(small) => small.part(py),
                Err(_) => py.get_type::<PyInt>().call1((digits,)),
            },
            Some(Number::Double(double)) => double.part(py),
            None => number.as_str().part(py),
        },
        Value::String(text) => text.part(py),
        Value::Array(items) => {
            let list = PyList::empty(py);
            for item in items {
                list.append(value(py, item, new_dict)?)?;
            }
            Ok(list.into_any())
        }
        Value::Object(fields) => map(fields, new_dict(py)?, |field| value(py, field, new_dict)),
    }
}

fn map<'py, T>(
    entries: impl IntoIterator<Item = (String, T)>,
    dict: Bound<'py, PyDict>,
    to_python: impl Fn(T) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    for (key, value) in entries {
        dict.set_item(key, to_python(value)?)?;
    }
    Ok(dict.into_any())
}
