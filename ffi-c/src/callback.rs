//! The service's call of CallbackUrl.

use std::ffi::c_char;
use std::{ptr, slice};

use cloudauth_core::{Callback, Error, Result};

use crate::boundary::{self, place};
use crate::error::{cloudauth_error, fallible};
use crate::failure::Failure;
use crate::handle::{self, Handle};
use crate::text::{self, c_string};

/// The service's call of CallbackUrl: it says that a verification has ended, and never how. It is not signed: verify its token
/// with cloudauth_callback_verify, then ask CheckResult with the transaction id that you stored.
#[derive(Debug)]
pub struct cloudauth_callback {
    _opaque: (),
}

impl Handle for cloudauth_callback {
    type Object = CallbackObject;
    const NAME: &'static str = "cloudauth_callback";
}

/// A callback, its texts ready for C: core takes none with a NUL inside.
pub(crate) struct CallbackObject {
    core: Callback,
    transaction_id: Box<[u8]>,
    parameters: Vec<Parameter>,
}

struct Parameter {
    name: Box<[u8]>,
    value: Box<[u8]>,
}

impl From<Callback> for CallbackObject {
    fn from(core: Callback) -> Self {
        let parameter = |(name, value): (&String, &String)| Parameter { name: c_string(name), value: c_string(value) };
        let (transaction_id, parameters) = (c_string(&core.transaction_id), core.parameters.iter().map(parameter).collect());
        Self { core, transaction_id, parameters }
    }
}

/// Writes the handle of the callback that `read` gives.
fn parse(callback: *mut *mut cloudauth_callback, read: impl FnOnce() -> Result<Callback, Failure>) -> *mut cloudauth_error {
    fallible(|| {
        let callback = place(callback, "callback")?;
        let made = handle::give(read()?.into());
        // SAFETY: `place` saw to NULL and alignment; that the place may be written is the caller's promise.
        unsafe { callback.write(made) };
        Ok(())
    })
}

/// A text that must be there.
///
/// # Safety
/// As of `text::read`.
unsafe fn needed(text: *const c_char, name: &str) -> Result<String> {
    // SAFETY: the caller's promise.
    let text = unsafe { text::read(text) }.and_then(|text| text.ok_or("must not be NULL"));
    text.map_err(|rule| Error::invalid_argument(name, rule))
}

/// Reads the query of a callback, with or without its `?`, or the URL that was called, whole or from its path on. **It is not
/// verified yet**: call cloudauth_callback_verify next. On success `*callback` is a callback that the caller frees with
/// cloudauth_callback_free.
///
/// Errors: invalid_argument where a percent escape is broken or not UTF-8, a name has two values, a value has a NUL, there is no
/// transaction id, or names and values have more than 16 KiB; authentication where it is the token that has two values.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_callback_parse(
    query: *const c_char,
    callback: *mut *mut cloudauth_callback,
) -> *mut cloudauth_error {
    parse(callback, || {
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        Ok(Callback::parse(&unsafe { needed(query, "query") }?)?)
    })
}

/// cloudauth_callback_parse for parameters that a web server decoded: `count` names, and as many values in the same order. A
/// name may stand more than once. Both may be NULL where `count` is 0.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_callback_parse_pairs(
    names: *const *const c_char,
    values: *const *const c_char,
    count: usize,
    callback: *mut *mut cloudauth_callback,
) -> *mut cloudauth_error {
    parse(callback, || {
        // SAFETY: the caller's promise: as many C strings each.
        let (names, values) = unsafe { (all(names, count, "names")?, all(values, count, "values")?) };
        Ok(Callback::from_pairs(names.iter().zip(&values))?)
    })
}

/// The texts of an array of the caller's.
///
/// # Safety
/// `texts` is NULL or points to as many pointers, each as `text::read` takes it.
unsafe fn all(texts: *const *const c_char, count: usize, name: &str) -> Result<Vec<String>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    if texts.is_null() {
        return Err(Error::invalid_argument(name, "must not be NULL"));
    }
    // SAFETY: the caller's promise.
    let texts = unsafe { slice::from_raw_parts(texts, count) };
    // SAFETY: as above.
    texts.iter().enumerate().map(|(index, text)| unsafe { needed(*text, &format!("{name}[{index}]")) }).collect()
}

/// Whether the callback carries the token that Initialize was given for its transaction, compared in constant time. NULL stands
/// for a transaction that is not known.
///
/// Errors: authentication where the token is wrong or missing, or none is expected.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_callback_verify(
    callback: *const cloudauth_callback,
    expected_token: *const c_char,
) -> *mut cloudauth_error {
    fallible(|| {
        let callback = handle::get(callback, "callback")?;
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        let expected = unsafe { text::read(expected_token) };
        let expected = expected.map_err(|rule| Error::invalid_argument("expected_token", rule))?;
        Ok(callback.core.verify(|_: &str| expected)?)
    })
}

/// The transaction that ended. Lives until the callback is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_callback_transaction_id(callback: *const cloudauth_callback) -> *const c_char {
    ask(callback, |callback| Some(&callback.transaction_id))
}

/// A parameter's value; NULL where there is none of this name. The service's own are called "transactionId", "passed" and
/// "subcode", whatever spelling came, the others as they came; the token is not among them. "passed" and "subcode" are no
/// verdict: whoever called may have written them. Lives until the callback is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_callback_parameter(callback: *const cloudauth_callback, name: *const c_char) -> *const c_char {
    // SAFETY: the caller's promise, as the header has it: NULL or a C string.
    let Ok(Some(name)) = boundary::value(Ok(None), || unsafe { text::read(name) }) else { return ptr::null() };
    let name = c_string(&name);
    ask(callback, |callback| Some(&callback.parameters.iter().find(|parameter| parameter.name == name)?.value))
}

/// The parameters' names, by their position from 0; NULL behind the last. Lives until the callback is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_callback_parameter_name(callback: *const cloudauth_callback, index: usize) -> *const c_char {
    ask(callback, |callback| Some(&callback.parameters.get(index)?.name))
}

/// Frees a callback and its texts. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_callback_free(callback: *mut cloudauth_callback) {
    boundary::value((), || drop(handle::take(callback)));
}

/// A text of the callback's; NULL where there is none, or the handle is no live callback.
fn ask(callback: *const cloudauth_callback, text: impl FnOnce(&CallbackObject) -> Option<&Box<[u8]>>) -> *const c_char {
    let found = boundary::value(None, || handle::find(callback).and_then(|callback| Some(text(&callback)?.as_ptr())));
    found.map_or(ptr::null(), <*const u8>::cast)
}
