//! Body buffers, kept: the first touch of fresh pages costs more than decoding what is read into them.

use std::sync::{Mutex, PoisonError};

/// At most this many buffers wait, each at most this large.
const KEPT: usize = 4;
const MAX_KEPT_BYTES: usize = 16 << 20;

/// A length that a server announces is believed up to here; what comes beyond makes the buffer grow.
const MAX_PRESIZE: usize = 16 << 20;

#[derive(Default)]
pub(super) struct Buffers(Mutex<Vec<Vec<u8>>>);

impl Buffers {
    /// An empty buffer for a body of `announced` bytes.
    pub(super) fn take(&self, announced: usize) -> Vec<u8> {
        let mut buffer = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        buffer.reserve(announced.min(MAX_PRESIZE));
        buffer
    }

    pub(super) fn give_back(&self, mut buffer: Vec<u8>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buffer.capacity() <= MAX_KEPT_BYTES && kept.len() < KEPT {
            // Faces do not wait in memory for the next caller.
            buffer.fill(0);
            buffer.clear();
            kept.push(buffer);
        }
    }
}

impl std::fmt::Debug for Buffers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Buffers")
    }
}
