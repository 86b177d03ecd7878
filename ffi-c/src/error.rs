//! Errors: why a function did not do what it was asked.

use std::error::Error as _;
use std::ffi::{c_char, c_void};
use std::ptr;
use std::time::Duration;

use cloudauth_core::{Error, Kind};

use crate::answer::HostCause;
use crate::boundary;
use crate::codes::cloudauth_kind;
use crate::failure::Failure;
use crate::handle::{self, Handle};
use crate::language;
use crate::text::c_string;

/// Why a function did not do what it was asked. The caller owns it and frees it with cloudauth_error_free.
#[derive(Debug)]
pub struct cloudauth_error {
    _opaque: (),
}

impl Handle for cloudauth_error {
    type Object = ErrorObject;
    const NAME: &'static str = "cloudauth_error";
}

/// What the getters give, its texts ready for C.
#[derive(Debug)]
pub(crate) struct ErrorObject {
    kind: cloudauth_kind,
    code: Option<Box<[u8]>>,
    http_status: u16,
    request_id: Option<Box<[u8]>>,
    retry_after_ms: u64,
    attempts: u32,
    retryable: bool,
    message: Box<[u8]>,
    advice: Box<[u8]>,
    /// What holds the host's own error, where that is the cause.
    caused: Option<Error>,
}

impl From<Failure> for ErrorObject {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Core(error) => Self {
                kind: error.kind().into(),
                code: error.code().map(c_string),
                http_status: error.http_status().unwrap_or(0),
                request_id: error.request_id().map(c_string),
                retry_after_ms: error.retry_after().map_or(0, whole_milliseconds),
                attempts: error.attempts(),
                retryable: error.retryable(),
                message: c_string(&error.message_in(language::of_host())),
                advice: c_string(&error.advice_in(language::of_host())),
                caused: error.source().is_some().then_some(error),
            },
            Failure::Internal(message) => Self {
                kind: cloudauth_kind::Internal,
                code: None,
                http_status: 0,
                request_id: None,
                retry_after_ms: 0,
                attempts: 0,
                retryable: Kind::Internal.retryable(),
                message: c_string(message),
                advice: c_string(Kind::Internal.advice()),
                caused: None,
            },
        }
    }
}

fn whole_milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// NULL, or the error that `body` ended in.
pub(crate) fn fallible(body: impl FnOnce() -> Result<(), Failure>) -> *mut cloudauth_error {
    match boundary::outcome(body) {
        Ok(()) => ptr::null_mut(),
        Err(failure) => failed(failure),
    }
}

#[cold]
fn failed(failure: Failure) -> *mut cloudauth_error {
    handle::give(failure.into())
}

/// A getter's answer, or `absent` where the handle is no live error.
fn ask<T>(error: *const cloudauth_error, absent: T, answer: impl FnOnce(&ErrorObject) -> T) -> T {
    boundary::value(None, || handle::find(error).map(|error| answer(&error))).unwrap_or(absent)
}

/// A text of an error, which lives as long as the error does.
fn text(of: Option<&[u8]>) -> *const c_char {
    of.map_or(ptr::null(), |text| text.as_ptr().cast())
}

/// What sort of failure it is; CLOUDAUTH_KIND_NONE for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_error_kind(error: *const cloudauth_error) -> cloudauth_kind {
    ask(error, cloudauth_kind::None, |error| error.kind)
}

/// The service's own code, such as "Throttling.Api"; NULL where it sent none. Lives until the error is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_error_code(error: *const cloudauth_error) -> *const c_char {
    ask(error, ptr::null(), |error| text(error.code.as_deref()))
}

/// One line for people. It holds no secret and no personal data. Lives until the error is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_error_message(error: *const cloudauth_error) -> *const c_char {
    ask(error, ptr::null(), |error| text(Some(&error.message)))
}

/// What a person can do about it. Lives until the error is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_error_advice(error: *const cloudauth_error) -> *const c_char {
    ask(error, ptr::null(), |error| text(Some(&error.advice)))
}

/// The HTTP status of the last reply; 0 where there was no reply.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_error_http_status(error: *const cloudauth_error) -> u32 {
    ask(error, 0, |error| u32::from(error.http_status))
}

/// The service's id of the request, for its support; NULL where it sent none. Lives until the error is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_error_request_id(error: *const cloudauth_error) -> *const c_char {
    ask(error, ptr::null(), |error| text(error.request_id.as_deref()))
}

/// How many milliseconds the service asked to wait before the next call; 0 where it did not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_error_retry_after_ms(error: *const cloudauth_error) -> u64 {
    ask(error, 0, |error| error.retry_after_ms)
}

/// How many requests were sent for the call; 0 where nothing was.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_error_attempts(error: *const cloudauth_error) -> u32 {
    ask(error, 0, |error| error.attempts)
}

/// Whether the same call, made again later, can succeed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_error_retryable(error: *const cloudauth_error) -> bool {
    ask(error, false, |error| error.retryable)
}

/// The host's own error that it gave to cloudauth_credentials_fail_with or cloudauth_permit_refuse_with, or the context of a
/// cloudauth_receiver or a cloudauth_progress that ended the call, where that is why; else NULL. It lives until the error is
/// freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_error_cause(error: *const cloudauth_error) -> *mut c_void {
    ask(error, ptr::null_mut(), |error| {
        let cause = error.caused.as_ref().and_then(|error| error.source()?.downcast_ref::<HostCause>());
        cause.map_or(ptr::null_mut(), |cause| cause.0.get())
    })
}

/// Frees an error and its texts. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_error_free(error: *mut cloudauth_error) {
    boundary::value((), || drop(handle::take(error)));
}

#[cfg(test)]
mod tests {
    use super::{cloudauth_error_free, cloudauth_error_kind, fallible};
    use crate::codes::cloudauth_kind;

    #[test]
    fn a_panic_becomes_an_error() {
        let error = fallible(|| panic!("on purpose"));
        // SAFETY: `error` was just given and is freed once.
        unsafe {
            assert_eq!(cloudauth_error_kind(error), cloudauth_kind::Internal);
            cloudauth_error_free(error);
        }
    }
}
