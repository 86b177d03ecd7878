//! Events for the listeners of clients. As lines of the log do, they wait in core until a thread of Python's takes them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cloudauth_core::{CallContext, Event, Kind, take_events};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::made_in::MadeIn;

/// An event with the number of its client's listener, and the context that its call was made in.
type Taken<'py> = (u64, Option<Bound<'py, PyAny>>, Bound<'py, PyDict>);

/// The events that wait, the oldest first.
#[pyfunction]
#[pyo3(name = "take_events")]
pub(crate) fn take(py: Python<'_>) -> PyResult<Vec<Taken<'_>>> {
    let taken = |(listener, event): (u64, Event)| {
        let context = event.context.as_ref().and_then(CallContext::get::<MadeIn>).and_then(|made| made.context(py));
        Ok((listener, context, dict(py, event)?))
    };
    take_events().into_iter().map(taken).collect()
}

/// A field, as Python has it.
trait Field {
    type Plain;

    fn plain(self) -> Self::Plain;
}

macro_rules! fields {
    ($($type:ty => $plain:ty: $convert:expr;)*) => {
        $(impl Field for $type {
            type Plain = $plain;

            fn plain(self) -> $plain {
                $convert(self)
            }
        })*
    };
}

fields! {
    String => String: std::convert::identity;
    Option<String> => Option<String>: std::convert::identity;
    u64 => u64: std::convert::identity;
    Option<u64> => Option<u64>: std::convert::identity;
    Option<Kind> => Option<&'static str>: |kind: Option<Kind>| kind.map(Kind::name);
    Duration => f64: |time: Duration| time.as_secs_f64();
    SystemTime => f64: |time: SystemTime| time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
}

macro_rules! object {
    ($type:ident { $($field:ident),* }) => {
        fn dict(py: Python<'_>, event: $type) -> PyResult<Bound<'_, PyDict>> {
            let dict = PyDict::new(py);
            $(dict.set_item(stringify!($field), event.$field.plain())?;)*
            Ok(dict)
        }
    };
}

cloudauth_core::event_object!(object);
