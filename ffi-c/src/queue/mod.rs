//! Outcomes that wait until the program takes them, with a descriptor that says so: for languages that take no callbacks.

mod outcomes;
mod signal;

use std::ptr;
use std::sync::Arc;
use std::time::Duration;

use cloudauth_core::{CallOptions, Delivery, Operation, Result};

use crate::boundary::{self, place};
use crate::call::{Asked, Replied, cloudauth_call, cloudauth_reply};
use crate::client::{Client, cloudauth_client, reply_handle, result_handle, settle};
use crate::error::{cloudauth_error, fallible};
use crate::failure::Failure;
use crate::handle::{self, Handle};
use crate::operation::{self, cloudauth_operation};
use crate::request::cloudauth_request;
use crate::result::cloudauth_result;
use outcomes::{Outcome, Outcomes};

/// Where outcomes of calls wait until the program takes them, in place of callbacks: for event loops, and for languages whose
/// functions no foreign thread may call. Any threads start calls and take outcomes; each outcome is given once.
///
/// In a forked child the queue works, with a descriptor of the child's own. Outcomes that waited are in both processes; the
/// calls in flight are the parent's, and end in the child as kind forked.
#[derive(Debug)]
pub struct cloudauth_queue {
    _opaque: (),
}

impl Handle for cloudauth_queue {
    type Object = Outcomes;
    const NAME: &'static str = "cloudauth_queue";
}

/// A new queue, for the calls of any clients. On success `*queue` is a queue that the caller frees with cloudauth_queue_free.
///
/// Errors: io where the operating system refuses a descriptor.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_queue_new(queue: *mut *mut cloudauth_queue) -> *mut cloudauth_error {
    fallible(|| {
        let queue = place(queue, "queue")?;
        let made = handle::give(Outcomes::open()?);
        // SAFETY: `place` saw to NULL and alignment; that the place may be written is the caller's promise.
        unsafe { queue.write(made) };
        Ok(())
    })
}

/// Frees a queue and the outcomes that wait in it, and closes its descriptor: take it out of what watches it before. Calls in
/// flight go on, and their outcomes are dropped. Threads that wait for one return. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_queue_free(queue: *mut cloudauth_queue) {
    boundary::value((), || {
        if let Some(queue) = handle::take(queue) {
            queue.close();
        }
    });
}

/// A descriptor that is readable while outcomes wait, for poll, epoll and event loops. It is the queue's own: wait for it,
/// and neither read nor close it. In a forked child it is another one: ask again. -1 where the handle is no live queue, or the
/// operating system refuses a forked child its descriptor.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_queue_descriptor(queue: *const cloudauth_queue) -> i32 {
    boundary::value(-1, || handle::find(queue).and_then(|queue| queue.descriptor()).unwrap_or(-1))
}

/// Starts cloudauth_client_check_result and returns at once. Where it returns NULL the queue gives exactly one outcome with
/// this `id`, whatever becomes of the call; where it returns an error, none. The id is the caller's own: a number, or an
/// address. Client and request may be freed as soon as it has returned.
///
/// `operation` may be NULL, where the call need not be cancelled; else the caller frees what it holds with
/// cloudauth_operation_free. A call that is cancelled has its outcome, too.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_queue_check_result(
    queue: *mut cloudauth_queue,
    client: *const cloudauth_client,
    request: *const cloudauth_request,
    id: u64,
    operation: *mut *mut cloudauth_operation,
) -> *mut cloudauth_error {
    fallible(|| {
        let (queue, client) = (handle::get(queue, "queue")?, handle::get(client, "client")?);
        let request = handle::get(request, "request")?;
        // SAFETY: that the place may be written is the caller's promise.
        unsafe { start(*queue, &client, request.core()?.into_owned(), request.options(), id, operation, Outcome::result) }
    })
}

/// Starts cloudauth_client_wait_for_result; the rest is as for cloudauth_queue_check_result.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_queue_wait_for_result(
    queue: *mut cloudauth_queue,
    client: *const cloudauth_client,
    request: *const cloudauth_request,
    id: u64,
    operation: *mut *mut cloudauth_operation,
) -> *mut cloudauth_error {
    fallible(|| {
        let (queue, client) = (handle::get(queue, "queue")?, handle::get(client, "client")?);
        let request = handle::get(request, "request")?;
        // SAFETY: as in `cloudauth_queue_check_result`.
        unsafe { start(*queue, &client, request.wait()?, request.options(), id, operation, Outcome::result) }
    })
}

/// Starts cloudauth_client_call; the rest is as for cloudauth_queue_check_result.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_queue_call(
    queue: *mut cloudauth_queue,
    client: *const cloudauth_client,
    call: *const cloudauth_call,
    id: u64,
    operation: *mut *mut cloudauth_operation,
) -> *mut cloudauth_error {
    fallible(|| {
        let (queue, client) = (handle::get(queue, "queue")?, handle::get(client, "client")?);
        let call = handle::get(call, "call")?;
        let (queue, options) = (*queue, call.options());
        match call.core()? {
            // SAFETY: as in `cloudauth_queue_check_result`; so below.
            Asked::Call(call) => unsafe {
                start(queue, &client, call, options, id, operation, |outcome| Outcome::Reply(outcome.map(Replied::Fields)))
            },
            // SAFETY: as above.
            Asked::Typed(request) => unsafe {
                start(queue, &client, request, options, id, operation, |outcome| Outcome::Reply(outcome.map(Replied::Typed)))
            },
        }
    })
}

/// Waits for the next outcome, `timeout_ms` milliseconds at most: 0 does not wait, UINT64_MAX is no limit. Where it says true,
/// `*id` is the call's, and exactly one of `*error`, `*result` and `*reply` is not NULL; the caller frees it. false: nothing
/// came in time, or the handle is no live queue; nothing was written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_queue_next(
    queue: *mut cloudauth_queue,
    timeout_ms: u64,
    id: *mut u64,
    error: *mut *mut cloudauth_error,
    result: *mut *mut cloudauth_result,
    reply: *mut *mut cloudauth_reply,
) -> bool {
    let next = || {
        let places = (place(id, "id")?, place(error, "error")?, place(result, "result")?, place(reply, "reply")?);
        let queue = handle::get(queue, "queue")?;
        let Some((number, outcome)) = queue.next(Duration::from_millis(timeout_ms)) else { return Ok(false) };
        let (failed, made, replied) = match outcome {
            Outcome::Result(outcome) => {
                let (failed, made) = settle(*outcome, result_handle);
                (failed, made, ptr::null_mut())
            }
            Outcome::Reply(outcome) => {
                let (failed, replied) = settle(outcome, reply_handle);
                (failed, ptr::null_mut(), replied)
            }
        };
        // SAFETY: as in `cloudauth_queue_new`.
        unsafe {
            places.0.write(number);
            places.1.write(failed);
            places.2.write(made);
            places.3.write(replied);
        }
        Ok(true)
    };
    boundary::outcome(next).unwrap_or(false)
}

/// Begins an operation whose outcome comes to the queue.
///
/// # Safety
/// `out` is NULL or may be written.
unsafe fn start<O: Operation>(
    queue: Outcomes,
    client: &Arc<Client>,
    operation: O,
    options: CallOptions,
    id: u64,
    out: *mut *mut cloudauth_operation,
    outcome: fn(Result<O::Output>) -> Outcome,
) -> Result<(), Failure> {
    let call = queue.begin(id, client)?;
    let done = move |ended| queue.land(call, outcome(ended));
    // SAFETY: the caller's promise.
    let started = unsafe { operation::start(out, &client.core, operation, options, Delivery::OnIoThread, done) };
    started.inspect_err(|_| queue.abandon(call))
}
