//! Storage that views point into: what is put here stays where it is until all of it goes.

use std::mem;
use std::ptr;

use bumpalo::Bump;

use crate::text::cloudauth_text;

/// Most results fit into one block, which is a page with what malloc and bumpalo need of it.
const BLOCK: usize = 4096 - 64;

pub(super) struct Arena {
    /// There was no memory for something, which is a null pointer then, or no text.
    pub(super) has_lost: bool,
    blocks: Bump,
}

impl Default for Arena {
    fn default() -> Self {
        Self { has_lost: false, blocks: Bump::try_with_capacity(BLOCK).unwrap_or_default() }
    }
}

impl Arena {
    /// A copy of the text, with a NUL behind it.
    pub(super) fn text(&mut self, text: &str) -> cloudauth_text {
        let Ok(copy) = self.blocks.try_alloc_slice_fill_copy(text.len() + 1, 0) else { return self.lost() };
        copy[..text.len()].copy_from_slice(text.as_bytes());
        cloudauth_text { data: copy.as_ptr().cast(), len: text.len() }
    }

    pub(super) fn lost(&mut self) -> cloudauth_text {
        self.has_lost = true;
        cloudauth_text::NONE
    }

    /// A pointer to such a copy, or NULL.
    pub(super) fn optional(&mut self, text: Option<&str>) -> *const cloudauth_text {
        text.map_or(ptr::null(), |text| {
            let text = self.text(text);
            self.keep(text)
        })
    }

    pub(super) fn keep<T>(&mut self, value: T) -> *const T {
        const { assert!(!mem::needs_drop::<T>(), "nothing here is dropped") };
        let place = self.blocks.try_alloc(value).map_or(ptr::null(), |place| ptr::from_mut(place).cast_const());
        self.has_lost |= place.is_null();
        place
    }

    /// The values one after the other, or NULL where there are none.
    pub(super) fn list<T: Copy>(&mut self, values: &[T]) -> *const T {
        if values.is_empty() {
            return ptr::null();
        }
        let place = self.blocks.try_alloc_slice_copy(values).map_or(ptr::null(), |copy| copy.as_ptr());
        self.has_lost |= place.is_null();
        place
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
        assert!(arena.list::<u8>(&[]).is_null());
        let list = arena.list(&[1_u64, 2]);
        // SAFETY: as above.
        assert_eq!(unsafe { slice::from_raw_parts(list, 2) }, [1, 2]);
    }
}
