//! Large buffers, kept: the first touch of fresh pages costs more than decoding what is written to them.

use std::fmt;
use std::ops::Deref;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::runtime::PerProcess;

/// Smaller ones are the allocator's.
const MIN_BYTES: usize = 64 << 10;

/// So much memory waits at most, the oldest going first.
const MAX_KEPT_BYTES: usize = 32 << 20;

/// A length that a server announces is believed up to here; what comes beyond makes the buffer grow.
const MAX_PRESIZE: usize = 16 << 20;

/// One process's, so that a fork never finds the lock taken.
static POOL: PerProcess<Mutex<Vec<Vec<u8>>>> = PerProcess::new();

fn pool() -> MutexGuard<'static, Vec<Vec<u8>>> {
    let Ok(pool) = POOL.get_or_try_init(|| Ok::<_, std::convert::Infallible>(Mutex::default()));
    pool.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Bytes of a reply or of a picture. Memory of large ones is wiped and used again once they are dropped: faces do not wait
/// in it for the next caller.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Buffer(Vec<u8>);

impl Buffer {
    /// An empty one, for so many bytes.
    pub(crate) fn with_capacity(wanted: usize) -> Self {
        let wanted = wanted.min(MAX_PRESIZE);
        if wanted < MIN_BYTES {
            return Self(Vec::with_capacity(wanted));
        }
        let mut kept = pool();
        let fits = kept.iter().rposition(|buffer| (wanted..=wanted.saturating_mul(4)).contains(&buffer.capacity()));
        let found = fits.map(|at| kept.remove(at));
        drop(kept);
        Self(found.unwrap_or_else(|| Vec::with_capacity(wanted)))
    }

    /// The bytes alone, as memory of the caller's.
    pub fn into_vec(mut self) -> Vec<u8> {
        std::mem::take(&mut self.0)
    }

    pub(crate) fn as_mut_vec(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let mut buffer = std::mem::take(&mut self.0);
        if !(MIN_BYTES..=MAX_KEPT_BYTES).contains(&buffer.capacity()) {
            return;
        }
        buffer.fill(0);
        buffer.clear();
        let mut kept = pool();
        let mut total = buffer.capacity() + kept.iter().map(Vec::capacity).sum::<usize>();
        let mut dropped = Vec::new();
        while total > MAX_KEPT_BYTES {
            let oldest = kept.remove(0);
            total -= oldest.capacity();
            dropped.push(oldest);
        }
        kept.push(buffer);
        // Unmapped without the lock.
        drop(kept);
        drop(dropped);
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Buffer {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Buffer({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_wiped_and_used_again_and_no_more_is_kept_than_allowed() {
        // Of a size that no other test has.
        let wanted = MIN_BYTES + 4321;
        let mut first = Buffer::with_capacity(wanted);
        first.as_mut_vec().resize(wanted, 0xFA);
        let place = first.as_ptr();
        drop(first);
        let mut again = Buffer::with_capacity(wanted);
        assert!(again.is_empty());
        assert_eq!(again.as_ptr(), place);
        // SAFETY: the buffer has room for these bytes, and all of them were written before.
        unsafe { again.as_mut_vec().set_len(wanted) };
        assert!(again.iter().all(|byte| *byte == 0));
        for _ in 0..8 {
            let buffers = [(); 4].map(|()| Buffer::with_capacity(MAX_PRESIZE));
            drop(buffers);
        }
        assert!(pool().iter().map(Vec::capacity).sum::<usize>() <= MAX_KEPT_BYTES);
        assert!(pool().len() >= 2);
        assert_eq!(Buffer::with_capacity(usize::MAX).0.capacity(), MAX_PRESIZE);
    }
}
