//! Why an entry gives no value.

use cloudauth_core::Error;

#[derive(Debug)]
pub(crate) enum Failure {
    /// Core's own error.
    Core(Error),
    /// A mistake of this crate's or of its Java half.
    Internal(&'static str),
    /// A handle that is no more.
    Closed,
    /// The virtual machine refused something.
    Java(jni::errors::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

impl From<jni::errors::Error> for Failure {
    fn from(error: jni::errors::Error) -> Self {
        Self::Java(error)
    }
}
