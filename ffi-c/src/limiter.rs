//! A limiter of the host's.

use std::ffi::{c_char, c_void};
use std::ptr;
use std::sync::Arc;
use std::time::Duration;

use cloudauth_core::{CallContext, Limiter};

use crate::answer::{Answer, HostCause};
use crate::boundary;
use crate::config::cloudauth_config;
use crate::handle;
use crate::host_limiter::{self, NAME, Starting, cloudauth_permit};
use crate::host_pointer::{HostPointer, cloudauth_destroy};
use crate::slot;

/// Asked before every request, retries included, for the operation `api`, such as "CheckResult": by a call that blocks, on the
/// thread that makes it; by others, on a thread kept for callbacks, on 64 of them at most for each operation. It may block, and
/// runs on several threads at once. It answers with cloudauth_permit_grant or cloudauth_permit_refuse before it returns. The
/// time that it takes is part of the call's, but nothing ends it before it returns. `api` lives that long. It must return: no
/// longjmp, no C++ exception.
pub type cloudauth_limiter_callback =
    Option<unsafe extern "C" fn(context: *mut c_void, api: *const c_char, out: *mut cloudauth_permit)>;

/// The same, but it returns at once: it may run on the thread that does the I/O of all clients. Any thread answers later, by
/// cloudauth_permit_grant or cloudauth_permit_refuse, which free `permit`. Whoever cannot answer frees `permit` with
/// cloudauth_permit_free. Calls wait for the answer under their own deadlines and hold no thread; one that comes after its call
/// has ended is dropped.
pub type cloudauth_limiter_start =
    Option<unsafe extern "C" fn(context: *mut c_void, api: *const c_char, permit: *mut cloudauth_permit)>;

/// Lets the host say when each request may go out, beside neither cloudauth_config_set_qps nor cloudauth_config_set_quota. A
/// client that is throttled all the same slows down by itself. A NULL `callback` takes it out again. `destroy`, unless NULL, gets
/// `context` once, as soon as neither the options nor a client made from them nor a call needs it any more: on a thread that
/// frees one of these, or on one kept for callbacks.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_limiter_callback(
    config: *mut cloudauth_config,
    callback: cloudauth_limiter_callback,
    context: *mut c_void,
    destroy: cloudauth_destroy,
) {
    set_limiter(config, || Some(host_limiter::callback(callback?, HostPointer::new(context, destroy))));
}

/// The same for a host that answers later, from a thread of its own or an event loop. It takes the place of a callback set before,
/// and a NULL `start` takes it out again. `destroy` gets `context` as with a callback, and not before every permit is answered or
/// freed: on a thread that does one of these, or on the library's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_limiter_start(
    config: *mut cloudauth_config,
    start: cloudauth_limiter_start,
    context: *mut c_void,
    destroy: cloudauth_destroy,
) {
    set_limiter(config, || Some(Arc::new(Starting { function: start?, context: Arc::new(HostPointer::new(context, destroy)) })));
}

fn set_limiter(config: *mut cloudauth_config, limiter: impl FnOnce() -> Option<Arc<dyn Limiter>>) {
    boundary::value((), || {
        let limiter = limiter();
        // The earlier one is dropped here, where no lock is held. So is this one, where the handle is none.
        drop(handle::change(config, |config| config.replace_limiter(limiter)));
    });
}

/// Lets the request go out in `wait_ms` milliseconds; 0 is at once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_permit_grant(permit: *mut cloudauth_permit, wait_ms: u64) {
    boundary::value((), || slot::answer(permit, Answer::Given(Duration::from_millis(wait_ms))));
}

/// Refuses the request: its call ends in an error of kind throttled, which is not retried. `reason` is its message: one line
/// without secrets, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_permit_refuse(permit: *mut cloudauth_permit, reason: *const c_char) {
    boundary::value((), || {
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        slot::answer(permit, unsafe { Answer::failed(NAME, reason, None) });
    });
}

/// The same, with an error of the host's own: cloudauth_error_cause of the call's error gives it back. `destroy`, unless NULL, gets
/// `cause` once, when that error is gone: on any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_permit_refuse_with(
    permit: *mut cloudauth_permit,
    reason: *const c_char,
    cause: *mut c_void,
    destroy: cloudauth_destroy,
) {
    boundary::value((), || {
        let cause = Arc::new(HostCause(Arc::new(HostPointer::new(cause, destroy))));
        // SAFETY: as above.
        slot::answer(permit, unsafe { Answer::failed(NAME, reason, Some(cause)) });
    });
}

/// What cloudauth_request_set_event_context or cloudauth_call_set_event_context gave the call that asks, else NULL. Lives until the
/// permit is answered or freed, and of a callback until it returns.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_permit_event_context(permit: *const cloudauth_permit) -> *mut c_void {
    let context = boundary::value(None, || {
        let slot = handle::find(permit)?;
        Some(slot.context.as_ref().and_then(CallContext::get::<HostPointer>)?.get())
    });
    context.unwrap_or(ptr::null_mut())
}

/// Frees a permit of a cloudauth_limiter_start that was not answered: its call ends as if it had been refused. One that was answered
/// is freed already. What a callback answers to is not freed. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_permit_free(permit: *mut cloudauth_permit) {
    boundary::value((), || drop(slot::take_question(permit)));
}
