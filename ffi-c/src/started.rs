//! A verification that was started, as it is stored.

use std::ffi::c_char;

use cloudauth_core::typed::{started_from_json, started_reply_to_json};
use cloudauth_core::{Error, Result};

use crate::boundary::place;
use crate::call::{Reply, cloudauth_reply};
use crate::error::{cloudauth_error, fallible};
use crate::handle;
use crate::text;

/// The reply of "initialize" as what a program stores until its callback comes. `reply` is its JSON, `len` bytes, as
/// cloudauth_reply_json gives it. On success cloudauth_reply_json of `*stored` is one line of JSON, which every language reads, and
/// cloudauth_reply_started its fields; the caller frees it with cloudauth_reply_free. It holds the callback's token and the URL of
/// the transaction: protect it as you protect them.
///
/// Errors: invalid_argument where a field is missing, such as the transaction's id, or has the wrong shape.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_started_to_json(
    reply: *const c_char,
    len: usize,
    stored: *mut *mut cloudauth_reply,
) -> *mut cloudauth_error {
    // SAFETY: the caller's promise, as the header has it.
    unsafe { give(reply, len, "started", stored, started_reply_to_json) }
}

/// Reads what cloudauth_started_to_json, or its like in another language, wrote. `*stored` is as there.
///
/// Errors: invalid_argument where the text is anything else.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_started_from_json(
    json: *const c_char,
    len: usize,
    stored: *mut *mut cloudauth_reply,
) -> *mut cloudauth_error {
    let as_it_is = |json: &[u8]| match str::from_utf8(json) {
        Ok(json) => Ok(json.to_owned()),
        Err(_) => Err(Error::invalid_argument("json", text::NOT_UTF8)),
    };
    // SAFETY: as above.
    unsafe { give(json, len, "json", stored, as_it_is) }
}

/// Writes the handle of what is stored as the text that `write` makes of the bytes.
///
/// # Safety
/// `bytes` is NULL or points to `len` bytes; `out` is NULL or may be written.
unsafe fn give(
    bytes: *const c_char,
    len: usize,
    name: &str,
    out: *mut *mut cloudauth_reply,
    write: impl FnOnce(&[u8]) -> Result<String>,
) -> *mut cloudauth_error {
    fallible(|| {
        let out = place(out, "stored")?;
        // SAFETY: the caller's promise.
        let bytes = unsafe { text::read_bytes(bytes.cast(), len) }.map_err(|rule| Error::invalid_argument(name, rule))?;
        let json = write(&bytes.unwrap_or_default())?;
        let stored = handle::give(Reply::stored(&started_from_json(json.as_bytes())?, json)?);
        // SAFETY: `place` saw to NULL and alignment; that the place may be written is the caller's promise.
        unsafe { out.write(stored) };
        Ok(())
    })
}
