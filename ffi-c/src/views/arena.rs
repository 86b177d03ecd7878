//! Storage that views point into: what is put here stays where it is until all of it goes.

use std::any::Any;
use std::mem;
use std::ptr;
use std::sync::Arc;

use crate::text::cloudauth_text;

/// A result's texts fit one block of each sort, most often.
const BLOCK: usize = 2048;

#[derive(Default)]
pub(super) struct Arena {
    /// There was no memory for one of the texts, which is no text then.
    pub(super) has_lost: bool,
    texts: Pool<cloudauth_text>,
    bytes: Pool<u8>,
    other: Vec<Arc<dyn Any>>,
}

impl Arena {
    /// A copy of the text, with a NUL behind it.
    pub(super) fn text(&mut self, text: &str) -> cloudauth_text {
        match self.bytes.extend(text.len() + 1, text.bytes().chain([0])) {
            Some(data) => cloudauth_text { data: data.cast(), len: text.len() },
            None => self.lost(),
        }
    }

    pub(super) fn lost(&mut self) -> cloudauth_text {
        self.has_lost = true;
        cloudauth_text::NONE
    }

    /// A pointer to such a copy, or NULL.
    pub(super) fn optional(&mut self, text: Option<&str>) -> *const cloudauth_text {
        text.map_or(ptr::null(), |text| {
            let text = self.text(text);
            self.texts.extend(1, [text]).unwrap_or_else(|| {
                self.lost();
                ptr::null()
            })
        })
    }

    pub(super) fn keep<T: Any>(&mut self, value: T) -> *const T {
        // Not a box: one that moves says that nobody else points to what is in it.
        let value = Arc::new(value);
        let place = Arc::as_ptr(&value);
        self.other.push(value);
        place
    }

    /// The values one after the other, or NULL where there are none.
    pub(super) fn list<T: Any>(&mut self, values: Vec<T>) -> *const T {
        if values.is_empty() {
            return ptr::null();
        }
        let place = self.keep(values);
        // SAFETY: `keep` just gave the place, which lives as long as `self`; a vector's elements stay where they are.
        unsafe { (*place).as_ptr() }
    }
}

/// Values in blocks that never grow beyond what they were made for, so that none moves.
struct Pool<T> {
    block: Vec<T>,
    full: Vec<Vec<T>>,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self { block: Vec::new(), full: Vec::new() }
    }
}

impl<T> Pool<T> {
    /// Puts `count` values, which `values` yields, one after the other; `None` where there is no memory for them.
    fn extend(&mut self, count: usize, values: impl IntoIterator<Item = T>) -> Option<*const T> {
        let block = &mut self.block;
        if block.capacity() - block.len() < count {
            let mut next = Vec::new();
            next.try_reserve_exact(count.max(BLOCK / size_of::<T>())).ok()?;
            let full = mem::replace(block, next);
            // Most results need one block, and no list of them.
            if !full.is_empty() {
                self.full.push(full);
            }
        }
        let place = block.as_ptr().wrapping_add(block.len());
        block.extend(values.into_iter().take(count));
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::Arena;

    #[test]
    fn nothing_moves() {
        let mut arena = Arena::default();
        let words: Vec<String> = (0..2000).map(|word| "é".repeat(word % 50)).chain(["x".repeat(10_000)]).collect();
        let views: Vec<_> = words.iter().map(|word| arena.optional(Some(word))).collect();
        for (view, word) in views.into_iter().zip(&words) {
            // SAFETY: the views are the arena's, which is alive; a NUL lies behind each text.
            let bytes = unsafe { slice::from_raw_parts((*view).data.cast::<u8>(), (*view).len + 1) };
            assert_eq!(bytes.split_last(), Some((&0, word.as_bytes())));
        }
        assert!(arena.optional(None).is_null());
        assert!(arena.list(Vec::<u8>::new()).is_null());
        let list = arena.list(vec![1_u64, 2]);
        // SAFETY: as above.
        assert_eq!(unsafe { slice::from_raw_parts(list, 2) }, [1, 2]);
    }
}
