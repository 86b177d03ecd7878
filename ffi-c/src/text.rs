//! Text that goes out, and text that comes in.

use std::ffi::{CStr, c_char};
use std::{ptr, slice};

use cloudauth_core::{Buffer, Error};

/// A text of the library's: UTF-8, `len` bytes, and a NUL after them that does not count. `data` is NULL where there is no
/// text. The text itself may hold NUL, since it is the service's.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct cloudauth_text {
    pub data: *const c_char,
    pub len: usize,
}

/// Texts one after the other; `items` is NULL where `count` is 0.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct cloudauth_text_list {
    pub items: *const cloudauth_text,
    pub count: usize,
}

impl cloudauth_text {
    /// No text at all.
    pub(crate) const NONE: Self = Self { data: ptr::null(), len: 0 };

    /// Of bytes that end in NUL and outlive the view.
    pub(crate) fn of(terminated: &[u8]) -> Self {
        debug_assert_eq!(terminated.last(), Some(&0));
        Self { data: terminated.as_ptr().cast(), len: terminated.len() - 1 }
    }
}

/// A text and its view. As a buffer, the text is wiped in the end: it holds a person.
pub(crate) struct OwnedText {
    view: cloudauth_text,
    _bytes: Buffer,
}

// SAFETY: nothing changes once it is made, and the view points to the bytes beside it.
unsafe impl Send for OwnedText {}
// SAFETY: as above.
unsafe impl Sync for OwnedText {}

impl OwnedText {
    /// Of bytes that end in NUL.
    pub(crate) fn of(terminated: Vec<u8>) -> Self {
        Self { view: cloudauth_text::of(&terminated), _bytes: terminated.into() }
    }

    /// The view, which lives as long as the text.
    pub(crate) fn view(&self) -> *const cloudauth_text {
        &raw const self.view
    }
}

impl cloudauth_text_list {
    pub(crate) const NONE: Self = Self { items: ptr::null(), count: 0 };
}

/// The text's bytes and a NUL.
pub(crate) fn terminated(text: &str) -> Box<[u8]> {
    let mut bytes = Vec::with_capacity(text.len() + 1);
    bytes.extend_from_slice(text.as_bytes());
    bytes.push(0);
    bytes.into_boxed_slice()
}

/// [`terminated`], for a text as large as a reply: without a copy, and an error where there is no memory.
pub(crate) fn large(text: String) -> cloudauth_core::Result<Vec<u8>> {
    let mut bytes = text.into_bytes();
    bytes.try_reserve(1).map_err(|_| Error::no_memory("the text"))?;
    bytes.push(0);
    Ok(bytes)
}

/// [`terminated`], for a `const char *` without a length: a NUL inside would cut it short, and is left out.
pub(crate) fn c_string(text: &str) -> Box<[u8]> {
    terminated(&text.replace('\0', ""))
}

/// Why a text was not taken.
pub(crate) const NOT_UTF8: &str = "must be UTF-8";
const HOLDS_NUL: &str = "must not hold a NUL character";

/// What cloudauth.hpp gives in the place of a text that holds a NUL, which as a C string would be cut short: NUL in modified
/// UTF-8, which no UTF-8 is.
const WITH_NUL: &CStr = c"\xC0\x80";

/// A text that the caller gave; NULL is none.
///
/// # Safety
/// `text` is NULL or points to bytes up to a NUL, which nobody changes meanwhile.
pub(crate) unsafe fn read(text: *const c_char) -> Result<Option<String>, &'static str> {
    // SAFETY: the caller's promise.
    let text = unsafe { read_bare(text) }?;
    text.map(|text| text.to_str().map(str::to_owned).map_err(|_| NOT_UTF8)).transpose()
}

/// The same, where it need not be UTF-8.
///
/// # Safety
/// As of [`read`], for as long as it is used.
pub(crate) unsafe fn read_bare<'a>(text: *const c_char) -> Result<Option<&'a CStr>, &'static str> {
    if text.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's promise.
    let text = unsafe { CStr::from_ptr(text) };
    if text == WITH_NUL { Err(HOLDS_NUL) } else { Ok(Some(text)) }
}

/// Bytes that the caller gave; NULL is none.
///
/// # Safety
/// `bytes` is NULL or points to `len` bytes, which nobody changes meanwhile.
pub(crate) unsafe fn read_bytes(bytes: *const u8, len: usize) -> Result<Option<Vec<u8>>, &'static str> {
    if bytes.is_null() {
        return if len == 0 { Ok(None) } else { Err("must not be NULL where there are bytes") };
    }
    if isize::try_from(len).is_err() {
        return Err("is larger than memory can be");
    }
    let mut copy = Vec::new();
    copy.try_reserve_exact(len).map_err(|_| "there is no memory for it")?;
    // SAFETY: the caller's promise, for what is neither NULL nor larger than memory.
    copy.extend_from_slice(unsafe { slice::from_raw_parts(bytes, len) });
    Ok(Some(copy))
}

/// Why what a builder was given cannot be used: told when the builder is used, since setters return nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults(Vec<(String, Error)>);

impl Faults {
    /// The value, or nothing and a fault under this name. A good value clears an earlier fault.
    pub(crate) fn accept<T>(&mut self, name: &str, given: Result<T, &'static str>) -> Option<T> {
        self.take(name, given.map_err(|rule| Error::invalid_argument(name, rule)))
    }

    /// The same, where core says what is wrong.
    pub(crate) fn take<T>(&mut self, name: &str, given: Result<T, Error>) -> Option<T> {
        self.0.retain(|(earlier, _)| earlier != name);
        given.map_err(|fault| self.0.push((name.to_owned(), fault))).ok()
    }

    /// Whether there is a fault under this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(faulty, _)| faulty == name)
    }

    /// The first fault there is.
    pub(crate) fn none(&self) -> Result<(), Error> {
        self.0.first().map_or(Ok(()), |(_, fault)| Err(fault.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Faults, HOLDS_NUL, NOT_UTF8, c_string, read, terminated};

    #[test]
    fn texts_go_in_and_out() {
        assert_eq!((&*terminated("a\0b"), &*c_string("a\0b")), (&b"a\0b\0"[..], &b"ab\0"[..]));
        // SAFETY: each is a C string or NULL.
        let read = |text: *const std::ffi::c_char| unsafe { read(text) };
        assert_eq!(read(c"\xC3\xA9".as_ptr()), Ok(Some("é".to_owned())));
        assert_eq!(read(c"\xFF".as_ptr()), Err(NOT_UTF8));
        assert_eq!(read(c"\xC0\x80".as_ptr()), Err(HOLDS_NUL));
        assert_eq!(read(std::ptr::null()), Ok(None));
    }

    #[test]
    fn a_good_value_clears_the_fault() {
        let mut faults = Faults::default();
        assert_eq!(faults.accept::<u8>("a", Err(NOT_UTF8)), None);
        assert_eq!(faults.accept("b", Ok(1)), Some(1));
        assert_eq!(faults.none().unwrap_err().to_string(), "a: must be UTF-8");
        assert_eq!(faults.accept("a", Ok(2)), Some(2));
        assert!(faults.none().is_ok());
    }
}
