//! From the library's threads to an event loop.
//!
//! The library's threads know a call by its number and hold no Python object. They leave outcomes in a queue and make its
//! descriptor readable, which wakes the loop once for all that has come in by the time it looks.

use std::mem::ManuallyDrop;
use std::os::fd::RawFd;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cloudauth_core::{CallOptions, Cancellation, Result, host};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

use crate::convert::ToPython;
use crate::errors;
use crate::event::Event;
use crate::kept;

/// What comes out of a queue: makes of a call's outcome a value and an exception, one of which is `None`.
pub(crate) type Item = Box<dyn for<'py> FnOnce(Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> + Send>;

/// The side of a queue that the library's threads see.
pub(crate) struct Inlet {
    items: Mutex<Vec<(u64, Item)>>,
    next: AtomicU64,
    event: Event,
}

impl Inlet {
    /// A number that nothing else in the queue has.
    pub(crate) fn number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    pub(crate) fn push(&self, number: u64, item: Item) {
        let mut items = self.items();
        let first = items.is_empty();
        items.push((number, item));
        drop(items);
        if first {
            self.event.set();
        }
    }

    fn take(&self) -> Vec<(u64, Item)> {
        // Cleared before the queue is emptied: what comes in between wakes the loop again.
        self.event.clear();
        std::mem::take(&mut *self.items())
    }

    fn items(&self) -> MutexGuard<'_, Vec<(u64, Item)>> {
        self.items.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One loop's queue. It belongs to the process that made it.
#[pyclass(frozen, module = "cloudauth._cloudauth")]
pub(crate) struct Queue {
    inlet: ManuallyDrop<Arc<Inlet>>,
    generation: u64,
}

impl Queue {
    pub(crate) fn inlet(&self) -> Arc<Inlet> {
        (*self.inlet).clone()
    }

    /// A number for a call that begins.
    pub(crate) fn begin(&self, options: CallOptions, calls_back: bool) -> (InFlight, CallOptions, Done) {
        let number = self.inlet.number();
        let cancellation = Cancellation::new();
        let options = options.cancellation(&cancellation);
        let operation =
            InFlight { number, calls_back, cancellation: ManuallyDrop::new(cancellation), generation: self.generation };
        (operation, options, Done { inlet: (*self.inlet).clone(), number })
    }

    /// A number, and what puts it into the queue without anything else.
    pub(crate) fn bell(&self) -> (u64, impl Fn() + Send + Sync + 'static) {
        let (number, inlet) = (self.inlet.number(), self.inlet());
        (number, move || inlet.push(number, nothing()))
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        // A forked child's copy shares the loop's wake-ups with the parent; it is left where it lies.
        if self.generation == host::generation() {
            // SAFETY: dropped here alone, and never used again.
            unsafe { ManuallyDrop::drop(&mut self.inlet) };
        }
    }
}

#[pymethods]
impl Queue {
    #[new]
    fn new() -> PyResult<Self> {
        let inlet = Arc::new(Inlet { items: Mutex::default(), next: AtomicU64::new(0), event: Event::new()? });
        Ok(Self { inlet: ManuallyDrop::new(inlet), generation: host::generation() })
    }

    /// Readable when something has come in.
    fn fileno(&self) -> RawFd {
        self.inlet.event.fileno()
    }

    /// All that has come in: numbers, each with a value and an exception, one of which is `None`.
    fn take<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        let taken = self.inlet.take();
        kept::forget_unneeded(py);
        for (number, item) in taken {
            let (value, exception) = item(py)?;
            list.append(PyTuple::new(py, [number.into_pyobject(py)?.into_any(), value, exception])?)?;
        }
        Ok(list)
    }
}

/// A number alone.
pub(crate) fn nothing() -> Item {
    Box::new(|py| Ok((py.None().into_bound(py), py.None().into_bound(py))))
}

pub(crate) fn halves<T: ToPython>(py: Python<'_>, outcome: Result<T>) -> PyResult<(Bound<'_, PyAny>, Bound<'_, PyAny>)> {
    let none = || py.None().into_bound(py);
    Ok(match outcome {
        // What Python refuses to hold is one call's misfortune, not that of all that came with it.
        Ok(value) => match value.to_python(py) {
            Ok(value) => (value, none()),
            Err(error) => (none(), error.into_value(py).into_bound(py).into_any()),
        },
        Err(error) => (none(), errors::exception(py, error)?),
    })
}

/// Where one call's outcome goes.
pub(crate) struct Done {
    inlet: Arc<Inlet>,
    number: u64,
}

impl Done {
    pub(crate) fn push<T: ToPython + Send + 'static>(self, outcome: Result<T>) {
        self.inlet.push(self.number, Box::new(move |py| halves(py, outcome)));
    }
}

/// A call under way.
#[pyclass(frozen, module = "cloudauth._cloudauth")]
pub(crate) struct InFlight {
    #[pyo3(get)]
    number: u64,
    /// Whether it calls code of the program's, which must have returned when it ends.
    #[pyo3(get)]
    calls_back: bool,
    cancellation: ManuallyDrop<Cancellation>,
    generation: u64,
}

#[pymethods]
impl InFlight {
    /// Ends the call. Its outcome still comes out of the queue.
    fn cancel(&self) {
        if self.generation == host::generation() {
            self.cancellation.cancel();
        }
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        // A lock in it may have been held by a thread that a forked child does not have.
        if self.generation == host::generation() {
            // SAFETY: dropped here alone, and never used again.
            unsafe { ManuallyDrop::drop(&mut self.cancellation) };
        }
    }
}
