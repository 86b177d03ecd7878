//! What an object holds: how much, and its hash.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) size: u64,
    /// In lower-case hex.
    pub(super) sha256: String,
}

impl Content {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut measured = Measured::default();
        measured.add(bytes);
        measured.finish()
    }
}

/// Content that comes piece by piece.
#[derive(Default)]
pub(super) struct Measured {
    pub(super) size: u64,
    hash: Sha256,
}

impl Measured {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        self.hash.update(bytes);
    }

    pub(super) fn finish(self) -> Content {
        let sha256 = self.hash.finalize().iter().fold(String::new(), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        });
        Content { size: self.size, sha256 }
    }
}
