//! Results as plain dicts.

use cloudauth_core::result::{
    CheckResult, Document, Duplicate, Face, Fields, Identity, Image, Number, Page, Pages, Problem, Spoof, Value, classify_number,
};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString};

use crate::image;

/// A value as Python's own.
pub(crate) trait ToPython {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>>;
}

/// A tree's object: a dict with its named keys, all of them, in the order given. The keys are made once in a process.
macro_rules! object {
    ($type:ident { $($field:ident),* $(,)? }) => {
        impl ToPython for $type {
            fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
                let dict = PyDict::new(py);
                $(dict.set_item(pyo3::intern!(py, stringify!($field)), self.$field.to_python(py)?)?;)*
                Ok(dict.into_any())
            }
        }
    };
}

cloudauth_core::result_objects!(object);

impl ToPython for Image {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let dict = PyDict::new(py);
        dict.set_item(pyo3::intern!(py, "bytes"), image::bytes(py, self.bytes)?)?;
        dict.set_item(pyo3::intern!(py, "format"), self.format.name())?;
        Ok(dict.into_any())
    }
}

impl<T: ToPython> ToPython for Option<T> {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        self.map_or_else(|| Ok(py.None().into_bound(py)), |value| value.to_python(py))
    }
}

impl<T: ToPython> ToPython for Vec<T> {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let list = PyList::empty(py);
        for item in self {
            list.append(item.to_python(py)?)?;
        }
        Ok(list.into_any())
    }
}

impl ToPython for bool {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(PyBool::new(py, self).to_owned().into_any())
    }
}

impl ToPython for i64 {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(PyInt::new(py, self).into_any())
    }
}

impl ToPython for f64 {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(PyFloat::new(py, self).into_any())
    }
}

impl ToPython for &str {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(PyString::new(py, self).into_any())
    }
}

impl ToPython for String {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        self.as_str().to_python(py)
    }
}

impl ToPython for Value {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        match self {
            Value::Null => Ok(py.None().into_bound(py)),
            Value::Bool(flag) => flag.to_python(py),
            Value::Number(number) => match classify_number(&number) {
                Some(Number::Integer(digits)) => match digits.parse::<i64>() {
                    Ok(small) => small.to_python(py),
                    Err(_) => py.get_type::<PyInt>().call1((digits,)),
                },
                Some(Number::Double(double)) => double.to_python(py),
                None => number.as_str().to_python(py),
            },
            Value::String(text) => text.to_python(py),
            Value::Array(items) => items.to_python(py),
            Value::Object(fields) => fields.to_python(py),
        }
    }
}

impl ToPython for Fields {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        map(py, self)
    }
}

impl ToPython for Pages {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        map(py, self)
    }
}

fn map<T: ToPython>(py: Python<'_>, entries: impl IntoIterator<Item = (String, T)>) -> PyResult<Bound<'_, PyAny>> {
    let dict = PyDict::new(py);
    for (key, value) in entries {
        dict.set_item(key, value.to_python(py)?)?;
    }
    Ok(dict.into_any())
}
