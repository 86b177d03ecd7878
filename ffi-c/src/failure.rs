//! Why an entry point failed, before it is an error of the header.

use cloudauth_core::Error;

#[derive(Debug)]
pub(crate) enum Failure {
    Core(Error),
    /// A fault in this library.
    Internal(&'static str),
}

impl Failure {
    pub(crate) const PANIC: Self = Self::Internal("the library met a state that it should never be in");
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}
