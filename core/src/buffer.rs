//! Large buffers, kept: the first touch of fresh pages costs more than decoding what is written to them.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::runtime::PerProcess;

/// Smaller ones are the allocator's.
const MIN_BYTES: usize = 64 << 10;

/// So much memory waits at most, the oldest going first.
const MAX_KEPT_BYTES: usize = 32 << 20;

/// A length that a server announces is believed up to here; what comes beyond makes the buffer grow.
const MAX_PRESIZE: usize = 16 << 20;

/// What waits: zeros, as long as there is room. One process's, so that a fork never finds the lock taken.
static POOL: PerProcess<Mutex<Vec<Vec<u8>>>> = PerProcess::new();

fn pool() -> MutexGuard<'static, Vec<Vec<u8>>> {
    let Ok(pool) = POOL.get_or_try_init(|| Ok::<_, std::convert::Infallible>(Mutex::default()));
    pool.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Bytes of a reply or of a picture. Memory of large ones is wiped and used again once they are dropped: faces do not wait
/// in it for the next caller. The pictures of one result share their memory, which goes with the last of them.
#[derive(Clone)]
pub struct Buffer(Memory);

#[derive(Clone)]
enum Memory {
    Own(Vec<u8>),
    Part(Arc<Buffer>, Range<usize>),
}

impl Buffer {
    /// An empty one for as many bytes as a server announces; `None` where there is no memory for them.
    pub(crate) fn announced(bytes: usize) -> Option<Self> {
        Self::for_exactly(bytes.min(MAX_PRESIZE))
    }

    /// An empty one for so many bytes.
    fn for_exactly(bytes: usize) -> Option<Self> {
        let mut memory = kept(bytes).or_else(|| fresh(bytes))?;
        memory.clear();
        Some(Self::from(memory))
    }

    /// So many zeros, or some more.
    pub(crate) fn zeros(bytes: usize) -> Option<Self> {
        let zeros = kept(bytes).or_else(|| {
            let mut zeros = fresh(bytes)?;
            zeros.resize(bytes, 0);
            Some(zeros)
        });
        zeros.map(Self::from)
    }

    /// So many bytes, which `write` puts where zeros are; `None` where there is no memory for them.
    pub fn written<E>(bytes: usize, write: impl FnOnce(&mut [u8]) -> Result<(), E>) -> Option<Result<Self, E>> {
        let mut buffer = Self::zeros(bytes)?;
        let own = buffer.as_mut_vec();
        own.truncate(bytes);
        Some(write(own).map(|()| buffer))
    }

    /// The bytes of `whole` at `range`.
    pub(crate) fn part(whole: &Arc<Self>, range: Range<usize>) -> Self {
        Self(Memory::Part(whole.clone(), range))
    }

    /// Appends `bytes`, at another place where there is no room, and leaves nothing at the former one.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> Option<()> {
        let own = self.as_mut_vec();
        let length = own.len() + bytes.len();
        if length > own.capacity() {
            let mut larger = Self::for_exactly(length.max(own.capacity().saturating_mul(2)))?;
            larger.as_mut_vec().extend_from_slice(own);
            *self = larger;
        }
        self.as_mut_vec().extend_from_slice(bytes);
        Some(())
    }

    /// The bytes alone, as memory of the caller's.
    pub fn into_vec(mut self) -> Vec<u8> {
        match &mut self.0 {
            Memory::Own(own) => std::mem::take(own),
            // What stands beside them stays behind, to be wiped.
            Memory::Part(whole, range) => match Arc::get_mut(whole) {
                Some(whole) if *range == (0..whole.len()) => std::mem::take(whole.as_mut_vec()),
                _ => self.to_vec(),
            },
        }
    }

    /// Memory of its own, with what it holds.
    pub(crate) fn as_mut_vec(&mut self) -> &mut Vec<u8> {
        if let Memory::Part(..) = self.0 {
            *self = Self::from(self.to_vec());
        }
        let Memory::Own(own) = &mut self.0 else { unreachable!("it was just given memory of its own") };
        own
    }
}

/// Zeros in all that was allocated, not only what is in use: decoders write beyond it, and leave what they refused.
pub(crate) fn wipe(buffer: &mut Vec<u8>) {
    fill(buffer);
    buffer.clear();
}

/// The same, and as long as there is room.
fn fill(buffer: &mut Vec<u8>) {
    buffer.clear();
    buffer.resize(buffer.capacity(), 0);
    // Or the compiler would drop what nobody reads.
    std::hint::black_box(buffer.as_mut_slice());
}

/// Memory that waited, all of it zeros.
fn kept(bytes: usize) -> Option<Vec<u8>> {
    if bytes < MIN_BYTES {
        return None;
    }
    let mut kept = pool();
    let fits = kept.iter().rposition(|zeros| (bytes..=bytes.saturating_mul(4)).contains(&zeros.len()));
    fits.map(|at| kept.remove(at))
}

fn fresh(bytes: usize) -> Option<Vec<u8>> {
    let mut fresh = Vec::new();
    fresh.try_reserve_exact(bytes).ok()?;
    Some(fresh)
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let Memory::Own(own) = &mut self.0 else { return };
        let mut zeros = std::mem::take(own);
        fill(&mut zeros);
        if !(MIN_BYTES..=MAX_KEPT_BYTES).contains(&zeros.len()) {
            return;
        }
        let mut kept = pool();
        let mut total = zeros.len() + kept.iter().map(Vec::len).sum::<usize>();
        let mut dropped = Vec::new();
        while total > MAX_KEPT_BYTES {
            let oldest = kept.remove(0);
            total -= oldest.len();
            dropped.push(oldest);
        }
        kept.push(zeros);
        // Unmapped without the lock.
        drop(kept);
        drop(dropped);
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Memory::Own(own) => own,
            Memory::Part(whole, range) => &whole[range.clone()],
        }
    }
}

impl Default for Buffer {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl PartialEq for Buffer {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Buffer {}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl From<Vec<u8>> for Buffer {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Memory::Own(bytes))
    }
}

impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Buffer({} bytes)", self.len())
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
        let again = Buffer::zeros(wanted).expect("memory");
        assert_eq!(again.as_ptr(), place);
        assert!(again.len() >= wanted && again.iter().all(|byte| *byte == 0));
        for _ in 0..8 {
            let buffers = [(); 4].map(|()| room(MAX_PRESIZE));
            drop(buffers);
        }
        assert!(pool().iter().map(Vec::len).sum::<usize>() <= MAX_KEPT_BYTES);
        assert!(pool().len() >= 2);
        assert_eq!(Buffer::announced(usize::MAX).map(|mut buffer| buffer.as_mut_vec().capacity()), Some(MAX_PRESIZE));
        assert!(Buffer::for_exactly(usize::MAX).is_none());
        assert!(Buffer::zeros(usize::MAX).is_none());
    }

    #[test]
    fn parts_share_their_memory_and_one_that_is_taken_out_has_its_own() {
        let whole = Arc::new(Buffer::from(b"facedocument".to_vec()));
        let (face, document) = (Buffer::part(&whole, 0..4), Buffer::part(&whole, 4..12));
        assert_eq!((&*face, &*document), (&b"face"[..], &b"document"[..]));
        assert_eq!(face.as_ptr(), whole.as_ptr());
        drop(whole);
        let mut copy = face.clone();
        copy.as_mut_vec().push(b'!');
        assert_eq!((&*face, copy.into_vec()), (&b"face"[..], b"face!".to_vec()));
        drop(face);
        // Alone by now, and yet without what stood beside it.
        let taken = document.into_vec();
        assert_eq!((taken.len(), taken), (8, b"document".to_vec()));
    }

    #[test]
    fn a_part_that_is_all_there_is_moves() {
        let whole = Arc::new(Buffer::from(b"face".to_vec()));
        let place = whole.as_ptr();
        let face = Buffer::part(&whole, 0..4);
        drop(whole);
        let taken = face.into_vec();
        assert_eq!(taken.as_ptr(), place);
    }
}
