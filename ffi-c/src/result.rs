//! Results, and the functions that give views into them.

use std::ffi::{OsStr, c_char};
use std::os::unix::ffi::OsStrExt;
use std::ptr;
use std::slice;

use cloudauth_core::{CheckResult, Error, canonical_json, decode, from_json, to_json};
use once_cell::race::OnceBox;

use crate::boundary::{self, place};
use crate::error::{cloudauth_error, fallible};
use crate::handle::{self, Handle};
use crate::text::{self, OwnedText, cloudauth_text, large};
use crate::views::{Views, cloudauth_page};

/// The outcome of one verification. It never changes, and all that is read from it points into it: freeing it ends every
/// view taken from it.
#[derive(Debug)]
pub struct cloudauth_result {
    _opaque: (),
}

impl Handle for cloudauth_result {
    type Object = ResultObject;
    const NAME: &'static str = "cloudauth_result";
}

pub(crate) struct ResultObject {
    pub(crate) views: Views,
    // Made when asked for, since they take in the pictures; without a lock, which a fork could leave held.
    canonical: OnceBox<OwnedText>,
    stored: OnceBox<OwnedText>,
}

impl ResultObject {
    pub(crate) fn new(result: CheckResult) -> cloudauth_core::Result<Self> {
        Ok(Self { views: Views::new(result)?, canonical: OnceBox::new(), stored: OnceBox::new() })
    }
}

/// A view of a result, or `absent` where the handle is no live result.
pub(crate) fn ask<T>(result: *const cloudauth_result, absent: T, answer: impl FnOnce(&Views) -> T) -> T {
    boundary::value(None, || handle::find(result).map(|result| answer(&result.views))).unwrap_or(absent)
}

/// Decodes a stored CheckResult body of `len` bytes, offline. Its HTTP status is not known, so only its Code is checked. On
/// success `*result` is a result that the caller frees with cloudauth_result_free. The body is not needed after that.
///
/// Errors: protocol where it is no reply of this service; the code's own kind where the service refused.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_result_decode(
    body: *const u8,
    len: usize,
    result: *mut *mut cloudauth_result,
) -> *mut cloudauth_error {
    // SAFETY: the caller's promise, as the header has it.
    unsafe { make(result, "body", body, len, decode) }
}

/// The result that cloudauth_result_to_json wrote, in whatever language: `len` bytes, which are not needed after that. On
/// success the caller frees `*result` with cloudauth_result_free.
///
/// Errors: invalid_argument where the text is anything else.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_result_from_json(
    json: *const c_char,
    len: usize,
    result: *mut *mut cloudauth_result,
) -> *mut cloudauth_error {
    // SAFETY: the caller's promise, as the header has it.
    unsafe { make(result, "json", json.cast(), len, from_json) }
}

/// Puts what `read` makes of the bytes into `result`.
///
/// # Safety
/// `bytes` is NULL or points to `len` bytes, which nobody changes meanwhile; `result` is NULL or may be written.
unsafe fn make(
    result: *mut *mut cloudauth_result,
    name: &str,
    bytes: *const u8,
    len: usize,
    read: impl FnOnce(&[u8]) -> cloudauth_core::Result<CheckResult>,
) -> *mut cloudauth_error {
    fallible(|| {
        let result = place(result, "result")?;
        if bytes.is_null() && len > 0 {
            return Err(Error::invalid_argument(name, "must not be NULL").into());
        }
        if isize::try_from(len).is_err() {
            return Err(Error::invalid_argument("len", "is larger than memory can be").into());
        }
        // SAFETY: the caller's promise, for what is neither NULL nor larger than memory.
        let bytes = if len == 0 { &[] } else { unsafe { slice::from_raw_parts(bytes, len) } };
        let made = handle::give(ResultObject::new(read(bytes)?)?);
        // SAFETY: `place` saw to NULL and alignment; that the place may be written is the caller's promise.
        unsafe { result.write(made) };
        Ok(())
    })
}

/// Frees a result, which ends every view taken from it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_free(result: *mut cloudauth_result) {
    boundary::value((), || drop(handle::take(result)));
}

/// The document's page of this number, such as "01", or NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_page(result: *const cloudauth_result, number: *const c_char) -> *const cloudauth_page {
    ask(result, ptr::null(), |views| {
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        let Ok(Some(number)) = (unsafe { text::read(number) }) else { return ptr::null() };
        // SAFETY: NULL, or the result's own view, which lives as long as the result.
        let Some(document) = (unsafe { views.document.as_ref() }) else { return ptr::null() };
        (0..document.pages.count)
            // SAFETY: as above; so is each of the pages that it lists.
            .map(|index| unsafe { *document.pages.items.add(index) })
            .find(|page| {
                // SAFETY: as above; a text view of ours is `len` bytes.
                let own = unsafe { slice::from_raw_parts((**page).number.data.cast::<u8>(), (**page).number.len) };
                own == number.as_bytes()
            })
            .unwrap_or(ptr::null())
    })
}

/// The reply's body, byte for byte as it came: `*len` bytes, not copied, until the result is freed. NULL, and nothing in `*len`,
/// where the client was not made to keep it by cloudauth_config_set_keep_raw.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_raw(result: *const cloudauth_result, len: *mut usize) -> *const u8 {
    let Ok(len) = place(len, "len") else { return ptr::null() };
    ask(result, ptr::null(), |views| {
        views.result.raw().map_or(ptr::null(), |raw| {
            // SAFETY: `place` saw to NULL and alignment; that the place may be written is the caller's promise.
            unsafe { len.write(raw.len()) };
            raw.as_ptr()
        })
    })
}

/// Writes each picture into a new file in `folder`: "face.jpg", "document-01.jpg", by names that lead nowhere else, whatever the
/// service calls a page. `*count` is then how many; NULL where that does not matter. The files have mode 0600; the folder is made
/// where it is missing, with mode 0700.
///
/// Errors: io, also where there is a file of that name: none is overwritten, and what was written until then is removed.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_result_save_images(
    result: *const cloudauth_result,
    folder: *const c_char,
    count: *mut usize,
) -> *mut cloudauth_error {
    fallible(|| {
        let found = handle::get(result, "result")?;
        let count = if count.is_null() { None } else { Some(place(count, "count")?) };
        // SAFETY: the caller's promise, as the header has it: NULL or a C string. A path is bytes.
        let folder = unsafe { text::read_bare(folder) }.and_then(|folder| folder.ok_or("must not be NULL"));
        let folder = folder.map_err(|rule| Error::invalid_argument("folder", rule))?;
        let written = found.views.result.save_images(OsStr::from_bytes(folder.to_bytes()))?;
        if let Some(count) = count {
            // SAFETY: `place` saw to alignment; that the place may be written is the caller's promise.
            unsafe { count.write(written.len()) };
        }
        Ok(())
    })
}

/// The result as canonical JSON: one text for one result, in every language; no text where there is no memory for it. Lives
/// until the result is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_canonical_json(result: *const cloudauth_result) -> cloudauth_text {
    // SAFETY: NULL, or the result's own view.
    unsafe { cloudauth_result_canonical_json_view(result).as_ref() }.copied().unwrap_or(cloudauth_text::NONE)
}

/// As cloudauth_result_canonical_json, by pointer; NULL where there is no text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_canonical_json_view(result: *const cloudauth_result) -> *const cloudauth_text {
    json(result, |result| &result.canonical, canonical_json)
}

/// The result as JSON for cloudauth_result_from_json, in whatever language: canonical JSON, but for a version in front and the
/// pictures, which are whole. Protect it as you protect them. No text where there is no memory for it. Lives until the result
/// is freed, beside the pictures.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_to_json(result: *const cloudauth_result) -> cloudauth_text {
    // SAFETY: NULL, or the result's own view.
    unsafe { cloudauth_result_to_json_view(result).as_ref() }.copied().unwrap_or(cloudauth_text::NONE)
}

/// As cloudauth_result_to_json, by pointer; NULL where there is no text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_result_to_json_view(result: *const cloudauth_result) -> *const cloudauth_text {
    json(result, |result| &result.stored, to_json)
}

/// A text that is kept at its place once it was asked for.
fn json(
    result: *const cloudauth_result,
    kept: impl FnOnce(&ResultObject) -> &OnceBox<OwnedText>,
    write: impl FnOnce(&CheckResult) -> cloudauth_core::Result<String>,
) -> *const cloudauth_text {
    let view = || {
        let result = handle::find(result)?;
        let text = || large(write(&result.views.result)?).map(|text| Box::new(OwnedText::of(text)));
        kept(&result).get_or_try_init(text).ok().map(OwnedText::view)
    };
    boundary::value(None, view).unwrap_or(ptr::null())
}
