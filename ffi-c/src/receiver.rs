//! Functions of the host's that a download calls.

use std::ffi::{c_char, c_void};
use std::sync::Arc;

use cloudauth_core::typed::{Progress, Received, Receiver};

use crate::answer::HostCause;
use crate::boundary;
use crate::call::cloudauth_call;
use crate::handle;
use crate::host_pointer::{HostPointer, cloudauth_destroy};
use crate::text;

/// Gets the next `len` bytes, which are gone once it returns; false ends the download, as kind io. Where the call blocks it runs on
/// the thread that makes it, and else on one of the call's own; once at a time, while nothing else of the call goes on. A call that
/// is cancelled, out of time or shut down waits until it has returned, and calls it no more. It must return: no longjmp, no C++
/// exception.
pub type cloudauth_receiver = Option<unsafe extern "C" fn(context: *mut c_void, bytes: *const u8, len: usize) -> bool>;

/// Hears that `received` of `total` bytes have come; false ends the download, as kind cancelled. It runs as a cloudauth_receiver
/// does, after it.
pub type cloudauth_progress = Option<unsafe extern "C" fn(context: *mut c_void, received: u64, total: u64) -> bool>;

/// Gives a typed operation's argument a function that gets bytes, such as "receiver" of download_video, in place of "to". A NULL
/// `receiver` takes the argument out again. Where it ends the download, cloudauth_error_cause of the call's error gives `context`
/// back. `destroy`, unless NULL, gets `context` once, as soon as neither the call, nor what was called with it, nor such an error
/// needs it any more: on any thread. A call with a receiver is for one download at a time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_call_set_receiver(
    call: *mut cloudauth_call,
    name: *const c_char,
    receiver: cloudauth_receiver,
    context: *mut c_void,
    destroy: cloudauth_destroy,
) {
    boundary::value((), || {
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        let name = unsafe { text::read(name) };
        let receiver = receiver.map(|function| {
            let context = Arc::new(HostPointer::new(context, destroy));
            Receiver::new(move |bytes| {
                // SAFETY: the host's function, with the context that came with it, and bytes that live until it returns.
                let goes_on = unsafe { function(context.get(), bytes.as_ptr(), bytes.len()) };
                outcome(goes_on, &context)
            })
        });
        handle::change(call, |call| call.set(name, Ok(receiver)));
    });
}

/// Gives a typed operation's argument a function that hears how far it has come, such as "progress" of download_video. The rest is
/// as with cloudauth_call_set_receiver.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_call_set_progress(
    call: *mut cloudauth_call,
    name: *const c_char,
    progress: cloudauth_progress,
    context: *mut c_void,
    destroy: cloudauth_destroy,
) {
    boundary::value((), || {
        // SAFETY: as in `cloudauth_call_set_receiver`.
        let name = unsafe { text::read(name) };
        let progress = progress.map(|function| {
            let context = Arc::new(HostPointer::new(context, destroy));
            Progress::new(move |received, total| {
                // SAFETY: the host's function, with the context that came with it.
                let goes_on = unsafe { function(context.get(), received, total) };
                outcome(goes_on, &context)
            })
        });
        handle::change(call, |call| call.set(name, Ok(progress)));
    });
}

/// Where the host ended the download, its own error lies behind the context.
fn outcome(goes_on: bool, context: &Arc<HostPointer>) -> Received {
    if goes_on { Ok(()) } else { Err(Box::new(HostCause(context.clone()))) }
}
