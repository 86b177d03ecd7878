//! From the library's threads to an event loop.
//!
//! The library's threads know a call by its number and hold no Python object. They leave outcomes in a queue and make its
//! descriptor readable, which wakes the loop once for all that has come in by the time it looks.

use std::fs::File;
use std::io::{Read, Write};
use std::mem::ManuallyDrop;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cloudauth_core::result::{CheckResult, Fields};
use cloudauth_core::{CallOptions, Cancellation, Result, host};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

use crate::convert::ToPython;
use crate::errors;

/// What comes out of a queue.
enum Item {
    CheckResult(Box<Result<CheckResult>>),
    Call(Result<Fields>),
    /// The number alone: someone asks for keys.
    Asked,
}

/// The side of a queue that the library's threads see.
pub(crate) struct Inlet {
    items: Mutex<Vec<(u64, Item)>>,
    event: File,
}

impl Inlet {
    /// An empty queue with a descriptor of its own.
    pub(crate) fn new() -> std::io::Result<Self> {
        // SAFETY: asks the system for a new descriptor.
        let event = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) };
        if event < 0 {
            return Err(std::io::Error::last_os_error());
        }
        // SAFETY: the descriptor was just made, and this is its only owner.
        let event = File::from(unsafe { OwnedFd::from_raw_fd(event) });
        Ok(Self { items: Mutex::default(), event })
    }

    pub(crate) fn asked(&self, number: u64) {
        self.push(number, Item::Asked);
    }

    fn push(&self, number: u64, item: Item) {
        let mut items = self.items();
        let first = items.is_empty();
        items.push((number, item));
        drop(items);
        if first {
            // Full is readable, too, and nothing else can go wrong with it.
            let _ = (&self.event).write(&1_u64.to_ne_bytes());
        }
    }

    fn take(&self) -> Vec<(u64, Item)> {
        // Emptied before the queue is: what comes in between wakes the loop again. Empty already is fine.
        let _ = (&self.event).read(&mut [0; 8]);
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
    next: AtomicU64,
    generation: u64,
}

impl Queue {
    pub(crate) fn of(inlet: Arc<Inlet>) -> Self {
        Self { inlet: ManuallyDrop::new(inlet), next: AtomicU64::new(0), generation: host::generation() }
    }

    /// A number for a call that begins.
    pub(crate) fn begin(&self, options: CallOptions) -> (Operation, CallOptions, Done) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let cancellation = Cancellation::new();
        let options = options.cancellation(&cancellation);
        let operation = Operation { number, cancellation: ManuallyDrop::new(cancellation), generation: self.generation };
        (operation, options, Done { inlet: (*self.inlet).clone(), number })
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
        Ok(Self::of(Arc::new(Inlet::new()?)))
    }

    /// Readable when something has come in.
    fn fileno(&self) -> RawFd {
        self.inlet.event.as_raw_fd()
    }

    /// All that has come in: numbers, each with a value and an exception, one of which is `None`.
    fn take<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        for (number, item) in self.inlet.take() {
            let (value, exception) = match item {
                Item::CheckResult(outcome) => halves(py, *outcome)?,
                Item::Call(outcome) => halves(py, outcome)?,
                Item::Asked => (py.None().into_bound(py), py.None().into_bound(py)),
            };
            list.append(PyTuple::new(py, [number.into_pyobject(py)?.into_any(), value, exception])?)?;
        }
        Ok(list)
    }
}

fn halves<T: ToPython>(py: Python<'_>, outcome: Result<T>) -> PyResult<(Bound<'_, PyAny>, Bound<'_, PyAny>)> {
    let none = || py.None().into_bound(py);
    Ok(match outcome {
        // What Python refuses to hold is one call's misfortune, not that of all that came with it.
        Ok(value) => match value.to_python(py) {
            Ok(value) => (value, none()),
            Err(error) => (none(), error.into_value(py).into_bound(py).into_any()),
        },
        Err(error) => (none(), errors::exception(py, &error)?),
    })
}

/// Where one call's outcome goes.
pub(crate) struct Done {
    inlet: Arc<Inlet>,
    number: u64,
}

impl Done {
    pub(crate) fn check_result(self, outcome: Result<CheckResult>) {
        self.inlet.push(self.number, Item::CheckResult(Box::new(outcome)));
    }

    pub(crate) fn call(self, outcome: Result<Fields>) {
        self.inlet.push(self.number, Item::Call(outcome));
    }
}

/// A call under way.
#[pyclass(frozen, module = "cloudauth._cloudauth")]
pub(crate) struct Operation {
    #[pyo3(get)]
    number: u64,
    cancellation: ManuallyDrop<Cancellation>,
    generation: u64,
}

#[pymethods]
impl Operation {
    /// Ends the call. Its outcome still comes out of the queue.
    fn cancel(&self) {
        if self.generation == host::generation() {
            self.cancellation.cancel();
        }
    }
}

impl Drop for Operation {
    fn drop(&mut self) {
        // A lock in it may have been held by a thread that a forked child does not have.
        if self.generation == host::generation() {
            // SAFETY: dropped here alone, and never used again.
            unsafe { ManuallyDrop::drop(&mut self.cancellation) };
        }
    }
}
