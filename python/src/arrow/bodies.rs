//! A column of stored bodies, in another library's memory.

use std::ffi::{CStr, c_void};
use std::ops::Range;
use std::{mem, slice};

use super::abi::{ArrowArray, ArrowSchema};

/// An array of texts or binaries. Both sizes of offsets are read; dictionaries and views are not.
pub(super) struct Bodies {
    array: ArrowArray,
    is_large: bool,
}

impl Bodies {
    /// Takes over what lies behind two pointers, of which the other library then has nothing left to release. The error is a rule
    /// that the column breaks.
    ///
    /// # Safety
    /// Both must point to structures that are as the C data interface says.
    pub(super) unsafe fn take(schema: *mut c_void, array: *mut c_void) -> Result<Self, &'static str> {
        // SAFETY: the caller vouches for both. What is left behind counts as released.
        let schema = unsafe { mem::replace(&mut *schema.cast(), ArrowSchema::RELEASED) };
        // SAFETY: as above.
        let array: ArrowArray = unsafe { mem::replace(&mut *array.cast(), ArrowArray::RELEASED) };
        if schema.release.is_none() || array.release.is_none() {
            return Err("was given away already");
        }
        // SAFETY: a schema's format is a C string for as long as the schema is not released.
        let format = unsafe { CStr::from_ptr(schema.format) };
        let is_large = match format.to_bytes() {
            b"u" | b"z" => false,
            b"U" | b"Z" => true,
            _ => return Err("must hold text or binary"),
        };
        let bodies = Self { array, is_large };
        let is_sound = schema.dictionary.is_null()
            && bodies.array.n_buffers == 3
            && bodies.array.length >= 0
            && bodies.array.offset >= 0
            && (bodies.len() == 0 || !bodies.buffer(1).is_null());
        if is_sound && bodies.offsets_ascend() { Ok(bodies) } else { Err("is not a valid array of Arrow") }
    }

    pub(super) fn len(&self) -> usize {
        usize::try_from(self.array.length).unwrap_or_default()
    }

    /// The body of a row below `len`; `None` where it is null.
    pub(super) fn get(&self, row: usize) -> Option<&[u8]> {
        let at = self.first() + row;
        let valid = self.buffer(0).cast::<u8>();
        // SAFETY: a bitmap has a bit for each row, and `row` is one.
        if !valid.is_null() && unsafe { *valid.add(at / 8) } & (1 << (at % 8)) == 0 {
            return None;
        }
        let Range { start, end } = self.range(row);
        let data = self.buffer(2).cast::<u8>();
        if data.is_null() || start == end {
            return Some(&[]);
        }
        // SAFETY: the data reaches to the last offset, and offsets ascend.
        Some(unsafe { slice::from_raw_parts(data.add(start), end - start) })
    }

    /// Where a row's bytes are.
    pub(super) fn range(&self, row: usize) -> Range<usize> {
        self.offset(row)..self.offset(row + 1)
    }

    fn offset(&self, row: usize) -> usize {
        let (offsets, at) = (self.buffer(1), self.first() + row);
        // SAFETY: there is one offset more than there are rows.
        let offset =
            unsafe { if self.is_large { *offsets.cast::<i64>().add(at) } else { i64::from(*offsets.cast::<i32>().add(at)) } };
        usize::try_from(offset).unwrap_or(usize::MAX)
    }

    fn offsets_ascend(&self) -> bool {
        (0..self.len()).all(|row| self.offset(row) <= self.offset(row + 1))
            && (self.len() == 0 || isize::try_from(self.offset(self.len())).is_ok())
    }

    fn first(&self) -> usize {
        usize::try_from(self.array.offset).unwrap_or_default()
    }

    fn buffer(&self, index: usize) -> *const c_void {
        // SAFETY: it has three, or is refused before this is called.
        unsafe { *self.array.buffers.add(index) }
    }
}
