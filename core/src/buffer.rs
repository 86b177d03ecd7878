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
    /// An empty one for as many bytes as a server announces; `None` where there is no memory for them.
    pub(crate) fn announced(bytes: usize) -> Option<Self> {
        Self::for_exactly(bytes.min(MAX_PRESIZE))
    }

    /// An empty one for so many bytes.
    pub(crate) fn for_exactly(bytes: usize) -> Option<Self> {
        if bytes >= MIN_BYTES {
            let mut kept = pool();
            let fits = kept.iter().rposition(|buffer| (bytes..=bytes.saturating_mul(4)).contains(&buffer.capacity()));
            let found = fits.map(|at| kept.remove(at));
            drop(kept);
            if let Some(found) = found {
                return Some(Self(found));
            }
        }
        let mut fresh = Vec::new();
        fresh.try_reserve_exact(bytes).ok()?;
        Some(Self(fresh))
    }

    /// Appends `bytes`, at another place where there is no room, and leaves nothing at the former one.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> Option<()> {
        let length = self.0.len() + bytes.len();
        if length > self.0.capacity() {
            let mut larger = Self::for_exactly(length.max(self.0.capacity().saturating_mul(2)))?;
            larger.0.extend_from_slice(&self.0);
            *self = larger;
        }
        self.0.extend_from_slice(bytes);
        Some(())
    }

    /// The bytes alone, as memory of the caller's.
    pub fn into_vec(mut self) -> Vec<u8> {
        std::mem::take(&mut self.0)
    }

    pub(crate) fn as_mut_vec(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

/// Fills all that was allocated, not only what is in use: decoders write beyond it, and leave what they refused.
pub(crate) fn wipe(buffer: &mut Vec<u8>) {
    buffer.clear();
    buffer.resize(buffer.capacity(), 0);
    // Or the compiler would drop what nobody reads.
    std::hint::black_box(buffer.as_mut_slice());
    buffer.clear();
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let mut buffer = std::mem::take(&mut self.0);
        wipe(&mut buffer);
        if !(MIN_BYTES..=MAX_KEPT_BYTES).contains(&buffer.capacity()) {
            return;
        }
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

    fn room(bytes: usize) -> Buffer {
        Buffer::for_exactly(bytes).expect("memory")
    }

    #[test]
    fn memory_is_wiped_and_used_again_and_no_more_is_kept_than_allowed() {
        // Of a size that no other test has.
        let wanted = MIN_BYTES + 4321;
        let mut first = room(wanted);
        first.as_mut_vec().resize(wanted, 0xFA);
        // Finding D5: bytes beyond those in use were left.
        first.as_mut_vec().truncate(7);
        let place = first.as_ptr();
        drop(first);
        let mut again = room(wanted);
        assert!(again.is_empty());
        assert_eq!(again.as_ptr(), place);
        // SAFETY: the buffer has room for these bytes, and all of them were written before.
        unsafe { again.as_mut_vec().set_len(wanted) };
        assert!(again.iter().all(|byte| *byte == 0));
        for _ in 0..8 {
            let buffers = [(); 4].map(|()| room(MAX_PRESIZE));
            drop(buffers);
        }
        assert!(pool().iter().map(Vec::capacity).sum::<usize>() <= MAX_KEPT_BYTES);
        assert!(pool().len() >= 2);
        assert_eq!(Buffer::announced(usize::MAX).map(|buffer| buffer.0.capacity()), Some(MAX_PRESIZE));
        assert_eq!(Buffer::for_exactly(usize::MAX), None);
    }
}
