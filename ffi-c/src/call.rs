//! Any operation of the API version, by name.

use std::ffi::{CString, c_char, c_void};
use std::ptr;
use std::time::Duration;

use cloudauth_core::result::Fields;
use cloudauth_core::typed::{Argument, TypedReply, TypedRequest};
use cloudauth_core::{Call, CallContext, CallOptions, Delivery, Operation, Result, blocking, canonical_fields};

use crate::boundary;
use crate::handle::{self, Handle};
use crate::host_pointer::{HostPointer, cloudauth_destroy};
use crate::request::{Given, Parameters, delivery, milliseconds, with_options};
use crate::text::{self, Faults, OwnedText, cloudauth_text, large};
use crate::views::TypedViews;

/// Calls an operation by its name: any by cloudauth_call_new, a typed one by cloudauth_typed_call_new. A call takes a copy: it may
/// be changed, used again and freed meanwhile.
#[derive(Debug)]
pub struct cloudauth_call {
    _opaque: (),
}

impl Handle for cloudauth_call {
    type Object = CallObject;
    const NAME: &'static str = "cloudauth_call";
}

/// The reply to a cloudauth_call. It never changes, and all that is read from it points into it.
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
    /// Of a typed operation.
    typed: Option<TypedRequest>,
    parameters: Parameters,
    faults: Faults,
    unchecked: bool,
    timeout: Option<Duration>,
    context: Option<CallContext>,
    delivery: Delivery,
    /// What was asked for last.
    sent_as: CString,
}

impl CallObject {
    /// What core makes of it, or what could not be taken over.
    pub(crate) fn core(&self) -> Result<Asked> {
        self.faults.none()?;
        let Some(mut typed) = self.typed.clone() else {
            let call = if self.unchecked { Call::new(&self.action).unchecked() } else { Call::new(&self.action) };
            return Ok(Asked::Call(self.parameters.0.iter().fold(call, |call, (name, value)| call.parameter(name, value))));
        };
        self.parameters.0.iter().for_each(|(name, value)| typed.add_parameter(name, value));
        typed.set_unchecked(self.unchecked);
        Ok(Asked::Typed(typed))
    }

    /// Gives an argument of a typed operation; a fault where the call is of no such operation.
    /// Returns what is no longer needed: a function's context goes back to the host where no lock is held.
    pub(crate) fn set(&mut self, name: Given, value: Result<impl Into<Argument>, &'static str>) -> Option<Argument> {
        let value = value.map(Into::into);
        let name = match name.and_then(|name| name.ok_or("must not be NULL")) {
            Ok(name) => name,
            // The next name does not mend this one.
            Err(rule) => {
                self.faults.accept::<()>("argument", Err(rule));
                return value.ok();
            }
        };
        let value = self.faults.accept(&name, value)?;
        let Some(typed) = &mut self.typed else {
            self.faults.accept::<()>("call", Err("is of no typed operation: give it parameters"));
            return Some(value);
        };
        typed.replace(&name, value)
    }

    /// The action that it is sent as.
    fn action(&self) -> &str {
        match &self.typed {
            Some(typed) => typed.action(),
            None => &self.action,
        }
    }

    pub(crate) fn options(&self) -> CallOptions {
        with_options(CallOptions::default(), self.timeout, self.context.as_ref())
    }

    pub(crate) fn delivery(&self) -> Delivery {
        self.delivery
    }
}

/// What core is asked to do.
pub(crate) enum Asked {
    Call(Call),
    Typed(TypedRequest),
}

impl Asked {
    pub(crate) fn run(&self, client: &blocking::Client, options: &CallOptions) -> Result<Replied> {
        match self {
            Self::Call(call) => client.run(call, options).map(Replied::Fields),
            Self::Typed(request) => client.run(request, options).map(Replied::Typed),
        }
    }
}

/// What core gave.
pub(crate) enum Replied {
    Fields(Fields),
    Typed(TypedReply),
}

/// A reply as JSON text, and of a typed operation as views.
pub(crate) struct Reply {
    json: OwnedText,
    pub(crate) views: Option<TypedViews>,
}

impl Reply {
    /// # Errors
    /// Kind `too_large` where there is no memory for it.
    pub(crate) fn new(replied: Replied) -> Result<Self> {
        let (fields, views) = match replied {
            Replied::Fields(fields) => (canonical_fields(&fields)?, None),
            Replied::Typed(reply) => (canonical_fields(&reply.to_object())?, Some(TypedViews::new(&reply)?)),
        };
        Ok(Self { json: OwnedText::of(large(fields)?), views })
    }

    /// What was stored as `json`.
    pub(crate) fn stored(reply: &TypedReply, json: String) -> Result<Self> {
        Ok(Self { json: OwnedText::of(large(json)?), views: Some(TypedViews::new(reply)?) })
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

/// A new call of a typed operation, such as "delete_result"; docs/operations.md lists them and their arguments. What it is given is
/// checked by the call, and its reply is read by the function of its type, such as cloudauth_reply_deletion.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_typed_call_new(operation: *const c_char) -> *mut cloudauth_call {
    boundary::value(std::ptr::null_mut(), || {
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        let operation = unsafe { text::read(operation) }.and_then(|operation| operation.ok_or("must not be NULL"));
        let mut call = CallObject::default();
        let operation = call.faults.accept("operation", operation);
        call.typed = operation.and_then(|operation| call.faults.take("operation", TypedRequest::new(&operation)));
        handle::give(call)
    })
}

/// Gives a typed operation's argument a text, or JSON where it takes that. NULL takes the argument out again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_call_set_text(call: *mut cloudauth_call, name: *const c_char, value: *const c_char) {
    boundary::value((), || {
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        let (name, value) = unsafe { (text::read(name), text::read(value)) };
        handle::change(call, |call| call.set(name, value));
    });
}

/// Gives a typed operation's argument a yes or no.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_call_set_flag(call: *mut cloudauth_call, name: *const c_char, value: bool) {
    boundary::value((), || {
        // SAFETY: as in `cloudauth_call_set_text`.
        let name = unsafe { text::read(name) };
        handle::change(call, |call| call.set(name, Ok(value)));
    });
}

/// Gives a typed operation's argument a whole number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_call_set_integer(call: *mut cloudauth_call, name: *const c_char, value: i64) {
    boundary::value((), || {
        // SAFETY: as in `cloudauth_call_set_text`.
        let name = unsafe { text::read(name) };
        handle::change(call, |call| call.set(name, Ok(value)));
    });
}

/// Gives a typed operation's argument the `len` bytes of a picture, which are copied. NULL takes the argument out again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_call_set_bytes(call: *mut cloudauth_call, name: *const c_char, bytes: *const u8, len: usize) {
    boundary::value((), || {
        // SAFETY: as in `cloudauth_call_set_text`; the bytes are there, by the caller's promise.
        let (name, bytes) = unsafe { (text::read(name), text::read_bytes(bytes, len)) };
        handle::change(call, |call| call.set(name, bytes));
    });
}

/// Adds a text to a typed operation's argument that is a list; NULL takes the whole list out again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_call_add_text(call: *mut cloudauth_call, name: *const c_char, value: *const c_char) {
    boundary::value((), || {
        // SAFETY: as in `cloudauth_call_set_text`.
        let (name, value) = unsafe { (text::read(name), text::read(value)) };
        handle::change(call, |call| {
            if matches!((&name, &value), (Ok(Some(name)), Ok(Some(_))) if call.faults.has(name)) {
                return None; // The next text does not mend the one that was refused.
            }
            let so_far =
                call.typed.as_ref().zip(name.as_ref().ok()).and_then(|(typed, name)| typed.arguments().get(name.as_deref()?));
            let list = match so_far {
                Some(Argument::List(list)) => list.clone(),
                _ => Vec::new(),
            };
            let list = value.map(|value| value.map(|value| [list, vec![value]].concat()));
            call.set(name, list)
        });
    });
}

/// The action that a call is sent as, such as "InitializeV2": of a typed operation, the one that its arguments choose. Lives until
/// the call is changed or freed; NULL where the handle is no live call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_call_action(call: *mut cloudauth_call) -> *const c_char {
    boundary::value(None, || {
        handle::change(call, |call| {
            call.sent_as = CString::new(call.action()).unwrap_or_default();
            call.sent_as.as_ptr()
        })
    })
    .unwrap_or(ptr::null())
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

/// The whole reply as JSON: keys sorted, no blanks; of a typed operation, what its type holds. Lives until the reply is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_reply_json(reply: *const cloudauth_reply) -> cloudauth_text {
    // SAFETY: NULL, or the reply's own view.
    unsafe { cloudauth_reply_json_view(reply).as_ref() }.copied().unwrap_or(cloudauth_text::NONE)
}

/// As cloudauth_reply_json, by pointer; NULL where the handle is no live reply.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_reply_json_view(reply: *const cloudauth_reply) -> *const cloudauth_text {
    boundary::value(None, || handle::find(reply).map(|reply| reply.json.view())).unwrap_or(ptr::null())
}

/// Frees a reply and its text. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_reply_free(reply: *mut cloudauth_reply) {
    boundary::value((), || drop(handle::take(reply)));
}
