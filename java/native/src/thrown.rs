//! Exceptions of the host's that stand behind errors of core's.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cloudauth_core::Error;
use jni::Env;
use jni::objects::JThrowable;
use jni::refs::Global;

/// An exception inside an error. The library's threads, which drop errors, are not attached to the virtual machine: so the
/// reference to it stays in [`KEPT`] until a thread of Java's comes by.
#[derive(thiserror::Error)]
#[error("an exception of the program's")]
pub(crate) struct Thrown(Shared);

type Shared = Arc<Global<JThrowable<'static>>>;

static KEPT: Mutex<Vec<Shared>> = Mutex::new(Vec::new());

impl Thrown {
    /// `None` for null, and where the virtual machine has no room for a reference.
    pub(crate) fn keep(env: &mut Env<'_>, exception: &JThrowable<'_>) -> Option<Self> {
        forget_unneeded();
        if exception.is_null() {
            return None;
        }
        let reference = Arc::new(env.new_global_ref(exception).ok()?);
        kept().push(reference.clone());
        Some(Self(reference))
    }

    /// The exception behind `error`.
    pub(crate) fn behind(error: &Error) -> Option<&JThrowable<'static>> {
        Some(&std::error::Error::source(error)?.downcast_ref::<Self>()?.0)
    }
}

/// Lets go of the exceptions whose errors are gone. Called on a thread of Java's.
pub(crate) fn forget_unneeded() {
    kept().retain(|reference| Arc::strong_count(reference) > 1);
}

fn kept() -> MutexGuard<'static, Vec<Shared>> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Thrown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Thrown")
    }
}
