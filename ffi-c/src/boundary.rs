//! What every entry point passes through: no panic leaves, and nothing is written to where nothing may be.

use std::ptr::{self, NonNull};

use cloudauth_core::{Error, host};

use crate::error::{Failure, cloudauth_error};
use crate::handle;

/// The outcome of `body`, or `fallback` where it panicked.
pub(crate) fn value<T>(fallback: T, body: impl FnOnce() -> T) -> T {
    host::contain(body).unwrap_or(fallback)
}

/// NULL, or the error that `body` ended in.
pub(crate) fn fallible(body: impl FnOnce() -> Result<(), Failure>) -> *mut cloudauth_error {
    match host::contain(body).unwrap_or(Err(Failure::PANIC)) {
        Ok(()) => ptr::null_mut(),
        Err(failure) => handle::give(failure.into()),
    }
}

/// `body`'s outcome, a panic counted as a failure.
pub(crate) fn outcome<T>(body: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    host::contain(body).unwrap_or(Err(Failure::PANIC))
}

/// A place that the caller wants written.
pub(crate) fn place<T>(out: *mut T, name: &str) -> Result<NonNull<T>, Failure> {
    match NonNull::new(out) {
        None => Err(Error::invalid_argument(name, "must not be NULL").into()),
        Some(place) if !place.is_aligned() => {
            Err(Error::invalid_argument(name, "is not aligned for what is written there").into())
        }
        Some(place) => Ok(place),
    }
}

#[cfg(test)]
mod tests {
    use super::{fallible, value};
    use crate::error::{cloudauth_error_free, cloudauth_error_kind};
    use crate::kind::cloudauth_kind;

    #[test]
    fn a_panic_becomes_an_error_or_the_fallback() {
        assert_eq!(value(7, || panic!("on purpose")), 7);
        let error = fallible(|| panic!("on purpose"));
        // SAFETY: `error` was just given and is freed once.
        unsafe {
            assert_eq!(cloudauth_error_kind(error), cloudauth_kind::Internal);
            cloudauth_error_free(error);
        }
    }
}
