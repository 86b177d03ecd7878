//! What every entry point passes through: no panic leaves, and nothing is written to where nothing may be.

use std::ptr::NonNull;

use cloudauth_core::{Error, host};

use crate::failure::Failure;

/// The outcome of `body`, or `fallback` where it panicked.
pub(crate) fn value<T>(fallback: T, body: impl FnOnce() -> T) -> T {
    host::contain(body).unwrap_or(fallback)
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
    use super::value;

    #[test]
    fn a_panic_becomes_the_fallback() {
        assert_eq!(value(7, || panic!("on purpose")), 7);
    }
}
