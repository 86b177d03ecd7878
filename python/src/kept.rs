//! Objects of the program's that the library's threads know of. Those threads end without the interpreter, so that the objects
//! themselves stay here.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use pyo3::prelude::*;

/// Stands for an object.
#[derive(Clone, Debug)]
pub(crate) struct Kept(Arc<()>);

type Objects = Vec<(Weak<()>, Py<PyAny>)>;

/// Only locked while the interpreter is held, so that no fork finds it taken.
static OBJECTS: Mutex<Objects> = Mutex::new(Vec::new());

impl Kept {
    pub(crate) fn new(object: Bound<'_, PyAny>) -> Self {
        forget_unneeded(object.py());
        let kept = Arc::new(());
        objects().push((Arc::downgrade(&kept), object.unbind()));
        Self(kept)
    }

    /// The object; `None` in an interpreter that is another one.
    pub(crate) fn object<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyAny>> {
        let objects = objects();
        let (_, object) = objects.iter().find(|(kept, _)| kept.as_ptr() == Arc::as_ptr(&self.0))?;
        Some(object.bind(py).clone())
    }
}

/// Lets go of what nothing stands for any more.
pub(crate) fn forget_unneeded(_py: Python<'_>) {
    let mut objects = objects();
    if objects.is_empty() {
        return;
    }
    let (needed, unneeded): (Objects, Objects) =
        mem::take(&mut *objects).into_iter().partition(|(kept, _)| kept.strong_count() > 0);
    *objects = needed;
    drop(objects);
    // Not under the lock: a destructor may be Python's.
    drop(unneeded);
}

fn objects() -> MutexGuard<'static, Objects> {
    OBJECTS.lock().unwrap_or_else(PoisonError::into_inner)
}
