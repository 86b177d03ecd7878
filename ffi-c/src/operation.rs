//! Calls in flight.

use std::mem::ManuallyDrop;

use cloudauth_core::{CallOptions, Cancellation, Delivery, Operation, Result, blocking, host};

use crate::boundary::{self, place};
use crate::call::{Asked, Replied};
use crate::failure::Failure;
use crate::handle::{self, Handle};

/// A call in flight, by which it can be cancelled. In a forked child, one that was in flight in the parent never calls back:
/// cancelling it does nothing, and it is freed as ever.
#[derive(Debug)]
pub struct cloudauth_operation {
    _opaque: (),
}

impl Handle for cloudauth_operation {
    type Object = InFlight;
    const NAME: &'static str = "cloudauth_operation";
}

#[derive(Debug)]
pub(crate) struct InFlight {
    cancellation: ManuallyDrop<Cancellation>,
    generation: u64,
}

impl InFlight {
    fn is_of_this_process(&self) -> bool {
        self.generation == host::generation()
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        // A lock in it may have been held by a thread that a forked child does not have.
        if self.is_of_this_process() {
            // SAFETY: dropped here alone, and never used again.
            unsafe { ManuallyDrop::drop(&mut self.cancellation) };
        }
    }
}

/// Begins an operation and writes its handle to `out`, unless that is NULL.
///
/// # Safety
/// `out` is NULL or may be written.
pub(crate) unsafe fn start<O: Operation>(
    out: *mut *mut cloudauth_operation,
    client: &blocking::Client,
    operation: O,
    options: CallOptions,
    delivery: Delivery,
    done: impl FnOnce(Result<O::Output>) + Send + 'static,
) -> std::result::Result<(), Failure> {
    if out.is_null() {
        return Ok(client.start(operation, options, delivery, done)?);
    }
    let out = place(out, "operation")?;
    let cancellation = Cancellation::new();
    let options = options.cancellation(&cancellation);
    let in_flight = handle::give(InFlight { cancellation: ManuallyDrop::new(cancellation), generation: host::generation() });
    // Written first: the callback may look for it before this function returns. A call that does not start leaves no trace.
    // SAFETY: the caller's promise.
    let before = unsafe { out.replace(in_flight) };
    client.start(operation, options, delivery, done).map_err(|error| {
        // SAFETY: as above.
        unsafe { out.write(before) };
        drop(handle::take(in_flight));
        error.into()
    })
}

/// The same for what a `cloudauth_call` is.
///
/// # Safety
/// As for [`start`].
pub(crate) unsafe fn start_call(
    out: *mut *mut cloudauth_operation,
    client: &blocking::Client,
    asked: Asked,
    options: CallOptions,
    delivery: Delivery,
    done: impl FnOnce(Result<Replied>) + Send + 'static,
) -> std::result::Result<(), Failure> {
    match asked {
        // SAFETY: the caller's promise; so below.
        Asked::Call(call) => unsafe { start(out, client, call, options, delivery, |outcome| done(outcome.map(Replied::Fields))) },
        // SAFETY: as above.
        Asked::Typed(request) => unsafe {
            start(out, client, request, options, delivery, |outcome| done(outcome.map(Replied::Typed)))
        },
    }
}

/// Cancels the call. Its callback still runs: with kind cancelled, unless the call was done already. May be called at any
/// time and any number of times, from any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_operation_cancel(operation: *mut cloudauth_operation) {
    boundary::value((), || {
        if let Some(operation) = handle::find(operation)
            && operation.is_of_this_process()
        {
            operation.cancellation.cancel();
        }
    });
}

/// Frees an operation; its call goes on. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_operation_free(operation: *mut cloudauth_operation) {
    boundary::value((), || drop(handle::take(operation)));
}
