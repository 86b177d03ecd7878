//! The reply that a result was read from.

use std::fmt;

use crate::buffer::Buffer;

/// A reply's body, where a client was made to keep it. It is no part of what a result says: any two are equal.
#[derive(Clone, Default)]
pub struct Raw(Option<Buffer>);

impl Raw {
    pub(crate) fn of(body: Buffer) -> Self {
        Self(Some(body))
    }

    /// The body itself.
    pub fn into_buffer(self) -> Option<Buffer> {
        self.0
    }

    pub(super) fn bytes(&self) -> Option<&[u8]> {
        self.0.as_deref()
    }
}

impl PartialEq for Raw {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "…" } else { "None" })
    }
}
