//! Any operation of the API version, by name.

use std::ffi::{c_char, c_void};
use std::ptr;
use std::time::Duration;

use cloudauth_core::result::Fields;
use cloudauth_core::{Call, CallContext, CallOptions, Delivery, Result, canonical_fields};

use crate::boundary;
use crate::handle::{self, Handle};
use crate::host_pointer::{HostPointer, cloudauth_destroy};
use crate::request::{Parameters, delivery, milliseconds, with_options};
use crate::text::{self, Faults, OwnedText, cloudauth_text, large};

/// Calls any operation by its name. A call takes a copy: it may be changed, used again and freed meanwhile.
#[derive(Debug)]
pub struct cloudauth_call {
    _opaque: (),
}

impl Handle for cloudauth_call {
    type Object = CallObject;
    const NAME: &'static str = "cloudauth_call";
}

/// The reply to a cloudauth_call.
#[derive(Debug)]
pub struct cloudauth_reply {
    _opaque: (),
}

impl Handle for cloudauth_reply {
    type Object = Reply;
    const NAME: &'static str = "cloudauth_reply";
}

#[derive(Clone, Default)]
pub(crate) struct CallObject {
    action: String,
    parameters: Parameters,
    faults: Faults,
    unchecked: bool,
    timeout: Option<Duration>,
    context: Option<CallContext>,
    delivery: Delivery,
}

impl CallObject {
    /// Core's call, or what could not be taken over.
    pub(crate) fn core(&self) -> Result<Call> {
        self.faults.none()?;
        let call = if self.unchecked { Call::new(&self.action).unchecked() } else { Call::new(&self.action) };
        Ok(self.parameters.0.iter().fold(call, |call, (name, value)| call.parameter(name, value)))
    }

    pub(crate) fn options(&self) -> CallOptions {
        with_options(CallOptions::default(), self.timeout, self.context.as_ref())
    }

    pub(crate) fn delivery(&self) -> Delivery {
        self.delivery
    }
}

/// A reply as JSON text.
pub(crate) struct Reply(OwnedText);

impl Reply {
    /// # Errors
    /// Kind `too_large` where there is no memory for it.
    pub(crate) fn new(fields: &Fields) -> Result<Self> {
        large(canonical_fields(fields)?).map(|text| Self(OwnedText::of(text)))
    }
}

/// A new call of an operation, such as "Initialize". The name is checked by the call.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_call_new(action: *const c_char) -> *mut cloudauth_call {
    boundary::value(std::ptr::null_mut(), || {
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        let action = unsafe { text::read(action) }.and_then(|action| action.ok_or("must not be NULL"));
        let mut call = CallObject::default();
        call.action = call.faults.accept("action", action).unwrap_or_default();
        handle::give(call)
    })
}

/// Frees a call; what was called with it goes on. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_call_free(call: *mut cloudauth_call) {
    boundary::value((), || drop(handle::take(call)));
}

/// Gives a parameter its value, by its name in the API, such as "ProductCode". A number is its digits, a flag true or false, a
/// list or an object its JSON text, such as `["01","02"]`. A NULL `value` takes the parameter out again. A call has at most 256
/// parameters, of 32 MiB together.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_call_set_parameter(call: *mut cloudauth_call, name: *const c_char, value: *const c_char) {
    boundary::value((), || {
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        let (name, value) = unsafe { (text::read(name), text::read(value)) };
        handle::change(call, |call| call.parameters.given(&mut call.faults, name, value));
    });
}

/// Whether to let through an operation, or parameters of it, that are newer than this library. What it does not know is an
/// error, unless this is set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_call_set_unchecked(call: *mut cloudauth_call, unchecked: bool) {
    boundary::value((), || {
        handle::change(call, |call| call.unchecked = unchecked);
    });
}

/// Time for the whole call, in milliseconds; 0 is the client's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_call_set_timeout_ms(call: *mut cloudauth_call, timeout_ms: u64) {
    boundary::value((), || {
        handle::change(call, |call| call.timeout = milliseconds(timeout_ms));
    });
}

/// As cloudauth_request_set_event_context.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_call_set_event_context(
    call: *mut cloudauth_call,
    context: *mut c_void,
    destroy: cloudauth_destroy,
) {
    let context = CallContext::new(HostPointer::new(context, destroy));
    boundary::value((), || drop(handle::change(call, |call| call.context.replace(context))));
}

/// As cloudauth_request_set_callback_on_io_thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_call_set_callback_on_io_thread(call: *mut cloudauth_call, on_io_thread: bool) {
    boundary::value((), || {
        handle::change(call, |call| call.delivery = delivery(on_io_thread));
    });
}

/// The whole reply as JSON: keys sorted, no blanks. Lives until the reply is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_reply_json(reply: *const cloudauth_reply) -> cloudauth_text {
    // SAFETY: NULL, or the reply's own view.
    unsafe { cloudauth_reply_json_view(reply).as_ref() }.copied().unwrap_or(cloudauth_text::NONE)
}

/// As cloudauth_reply_json, by pointer; NULL where the handle is no live reply.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_reply_json_view(reply: *const cloudauth_reply) -> *const cloudauth_text {
    boundary::value(None, || handle::find(reply).map(|reply| reply.0.view())).unwrap_or(ptr::null())
}

/// Frees a reply and its text. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_reply_free(reply: *mut cloudauth_reply) {
    boundary::value((), || drop(handle::take(reply)));
}
