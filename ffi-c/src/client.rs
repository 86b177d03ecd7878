//! Clients, and the calls that they make.

use std::ffi::c_void;
use std::ptr;
use std::sync::Arc;

use cloudauth_core::{CheckResult, Error, blocking};

use crate::boundary::{self, place};
use crate::call::{Replied, Reply, cloudauth_call, cloudauth_reply};
use crate::config::cloudauth_config;
use crate::counters;
use crate::error::{cloudauth_error, fallible};
use crate::failure::Failure;
use crate::handle::{self, Handle};
use crate::operation::{self, cloudauth_operation};
use crate::request::cloudauth_request;
use crate::result::{ResultObject, cloudauth_result};

/// Calls the service. Make one and share it: it may be used by any number of threads at once, keeps connections between
/// calls, and works in a forked child as well, on connections of the child's own.
#[derive(Debug)]
pub struct cloudauth_client {
    _opaque: (),
}

impl Handle for cloudauth_client {
    type Object = Client;
    const NAME: &'static str = "cloudauth_client";
}

#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) core: blocking::Client,
}

/// Called once with the outcome of a started call, on a thread kept for callbacks (where the system refuses one, on the thread
/// that does the I/O). Exactly one of `error` and `result` is
/// not NULL; the callee owns it and frees it. The callback may take its time, call the library, start calls, and free its
/// client and its operation. It must return: no longjmp, no C++ exception.
pub type cloudauth_check_result_callback =
    Option<unsafe extern "C" fn(context: *mut c_void, error: *mut cloudauth_error, result: *mut cloudauth_result)>;

/// As cloudauth_check_result_callback, for any operation.
pub type cloudauth_call_callback =
    Option<unsafe extern "C" fn(context: *mut c_void, error: *mut cloudauth_error, reply: *mut cloudauth_reply)>;

/// Makes a client of the options given, which are all checked now; nothing is sent. `config` stays the caller's. On success
/// `*client` is a client that the caller frees with cloudauth_client_free.
///
/// Errors: invalid_argument names the option and the rule that it breaks; credentials where no keys are found.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_client_new(
    config: *const cloudauth_config,
    client: *mut *mut cloudauth_client,
) -> *mut cloudauth_error {
    fallible(|| {
        let client = place(client, "client")?;
        let config = handle::get(config, "config")?;
        let core = config.builder()?.build_blocking()?;
        let made = handle::give(Client { core });
        // SAFETY: `place` saw to NULL and alignment; that the place may be written is the caller's promise. So below.
        unsafe { client.write(made) };
        Ok(())
    })
}

/// Frees a client. Calls in flight go on, and call back. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_client_free(client: *mut cloudauth_client) {
    boundary::value((), || drop(handle::take(client)));
}

/// How many calls a cloudauth_many of this client keeps under way, unless it is given a number: that of
/// cloudauth_config_set_max_concurrency, or its default. 0 where the handle is no live client.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_client_max_concurrency(client: *const cloudauth_client) -> usize {
    boundary::value(0, || handle::find(client).map_or(0, |client| client.core.max_concurrency()))
}

/// Says that a call is near, such as when a callback comes: opens a connection in the background, unless one is ready, so that
/// the call need not wait for DNS, TCP and TLS. It returns at once. A connection that cannot be made is counted as
/// CLOUDAUTH_COUNTER_BACKGROUND_FAILURES, and has no other effect. A handle that is no live client is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_client_connect_ahead(client: *const cloudauth_client) {
    boundary::value((), || {
        if let Some(client) = handle::find(client) {
            client.core.connect_ahead();
        }
    });
}

/// One of the numbers that the client counts, a cloudauth_counter, since it was made; a forked child's go on from its parent's.
/// 0 where the handle is no live client, or the counter is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_client_counter(client: *const cloudauth_client, counter: u32) -> u64 {
    boundary::value(0, || {
        let stats = handle::find(client).map(|client| client.core.stats());
        stats.and_then(|stats| counters::value(&stats, counter)).unwrap_or(0)
    })
}

/// Asks for the outcome of one verification and waits for it. On success `*result` is a result that the caller frees with
/// cloudauth_result_free. Any number of threads may do so at once, on one client and with one request.
///
/// Errors: any kind. not_completed is a state rather than a fault: the person has not finished yet, ask again later.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_client_check_result(
    client: *const cloudauth_client,
    request: *const cloudauth_request,
    result: *mut *mut cloudauth_result,
) -> *mut cloudauth_error {
    fallible(|| {
        let result = place(result, "result")?;
        let client = handle::get(client, "client")?;
        let request = handle::get(request, "request")?;
        let outcome = client.core.run(&*request.core()?, &request.options())?;
        // SAFETY: as in `cloudauth_client_new`.
        unsafe { result.write(result_handle(outcome)?) };
        Ok(())
    })
}

/// Starts cloudauth_client_check_result and returns at once. Where it returns NULL the callback runs exactly once, with
/// `context`, whatever becomes of the call; where it returns an error the callback never runs. Client and request may be
/// freed as soon as it has returned.
///
/// `operation` may be NULL, where the call need not be cancelled; else it is written before the callback can run, and the
/// caller frees what it holds with cloudauth_operation_free.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_client_check_result_start(
    client: *const cloudauth_client,
    request: *const cloudauth_request,
    callback: cloudauth_check_result_callback,
    context: *mut c_void,
    operation: *mut *mut cloudauth_operation,
) -> *mut cloudauth_error {
    fallible(|| {
        let client = handle::get(client, "client")?;
        let request = handle::get(request, "request")?;
        let done = result_to_host(&client, callback, context)?;
        // SAFETY: that the place may be written is the caller's promise.
        unsafe {
            operation::start(operation, &client.core, request.core()?.into_owned(), request.options(), request.delivery(), done)
        }
    })
}

/// cloudauth_client_check_result, again and again until the person has finished, with growing pauses. How long it waits and
/// pauses is the request's, cloudauth_request_set_wait_timeout_ms and its companions.
///
/// Errors: not_completed where the time was over first; any other kind ends the wait at once.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_client_wait_for_result(
    client: *const cloudauth_client,
    request: *const cloudauth_request,
    result: *mut *mut cloudauth_result,
) -> *mut cloudauth_error {
    fallible(|| {
        let result = place(result, "result")?;
        let client = handle::get(client, "client")?;
        let request = handle::get(request, "request")?;
        let outcome = client.core.run(&request.wait()?, &request.options())?;
        // SAFETY: as in `cloudauth_client_new`.
        unsafe { result.write(result_handle(outcome)?) };
        Ok(())
    })
}

/// Starts cloudauth_client_wait_for_result and returns at once, and no thread waits; the rest is as for
/// cloudauth_client_check_result_start. cloudauth_operation_cancel ends the wait, in a pause as well as in a call.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_client_wait_for_result_start(
    client: *const cloudauth_client,
    request: *const cloudauth_request,
    callback: cloudauth_check_result_callback,
    context: *mut c_void,
    operation: *mut *mut cloudauth_operation,
) -> *mut cloudauth_error {
    fallible(|| {
        let client = handle::get(client, "client")?;
        let request = handle::get(request, "request")?;
        let done = result_to_host(&client, callback, context)?;
        // SAFETY: that the place may be written is the caller's promise.
        unsafe { operation::start(operation, &client.core, request.wait()?, request.options(), request.delivery(), done) }
    })
}

/// Calls any operation of the service's API version and waits for the reply. On success `*reply` is a reply that the caller
/// frees with cloudauth_reply_free.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_client_call(
    client: *const cloudauth_client,
    call: *const cloudauth_call,
    reply: *mut *mut cloudauth_reply,
) -> *mut cloudauth_error {
    fallible(|| {
        let reply = place(reply, "reply")?;
        let client = handle::get(client, "client")?;
        let call = handle::get(call, "call")?;
        let replied = call.core()?.run(&client.core, &call.options())?;
        // SAFETY: as in `cloudauth_client_new`.
        unsafe { reply.write(reply_handle(replied)?) };
        Ok(())
    })
}

/// Starts cloudauth_client_call and returns at once; the rest is as for cloudauth_client_check_result_start.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_client_call_start(
    client: *const cloudauth_client,
    call: *const cloudauth_call,
    callback: cloudauth_call_callback,
    context: *mut c_void,
    operation: *mut *mut cloudauth_operation,
) -> *mut cloudauth_error {
    fallible(|| {
        let client = handle::get(client, "client")?;
        let call = handle::get(call, "call")?;
        let done = reply_to_host(&client, callback, context)?;
        let (core, options, delivery) = (&client.core, call.options(), call.delivery());
        // SAFETY: that the place may be written is the caller's promise.
        unsafe { operation::start_call(operation, core, call.core()?, options, delivery, done) }
    })
}

/// Kept by a call in flight, so that what the client holds of the host's is let go on a callback's thread and not on that of
/// the I/O.
type Keep = Arc<Client>;

/// The host's part of a call in flight.
struct Waiting {
    _client: Keep,
    context: *mut c_void,
}

// SAFETY: the context is handed back to the host and never looked at; the header says that it goes to another thread.
unsafe impl Send for Waiting {}

impl Waiting {
    fn new(client: Keep, context: *mut c_void) -> Self {
        Self { _client: client, context }
    }

    fn context(&self) -> *mut c_void {
        self.context
    }
}

/// The callback, which must not be NULL.
fn given<F>(callback: Option<F>) -> Result<F, Failure> {
    callback.ok_or_else(|| Error::invalid_argument("callback", "must not be NULL").into())
}

/// What brings a result to the host's function.
fn result_to_host(
    client: &Keep,
    callback: cloudauth_check_result_callback,
    context: *mut c_void,
) -> Result<impl FnOnce(cloudauth_core::Result<CheckResult>) + Send + 'static, Failure> {
    let (waiting, callback) = (Waiting::new(client.clone(), context), given(callback)?);
    Ok(move |outcome| {
        let (error, result) = settle(outcome, result_handle);
        // SAFETY: the host's function, called once, with the context that came with it.
        unsafe { callback(waiting.context(), error, result) };
    })
}

/// What brings a reply to the host's function.
fn reply_to_host(
    client: &Keep,
    callback: cloudauth_call_callback,
    context: *mut c_void,
) -> Result<impl FnOnce(cloudauth_core::Result<Replied>) + Send + 'static, Failure> {
    let (waiting, callback) = (Waiting::new(client.clone(), context), given(callback)?);
    Ok(move |outcome| {
        let (error, reply) = settle(outcome, reply_handle);
        // SAFETY: the host's function, called once, with the context that came with it.
        unsafe { callback(waiting.context(), error, reply) };
    })
}

pub(crate) fn result_handle(outcome: CheckResult) -> cloudauth_core::Result<*mut cloudauth_result> {
    ResultObject::new(outcome).map(handle::give)
}

pub(crate) fn reply_handle(replied: Replied) -> cloudauth_core::Result<*mut cloudauth_reply> {
    Reply::new(replied).map(handle::give)
}

/// What a callback gets: an error or a handle, and NULL for the other.
pub(crate) fn settle<T, H>(
    outcome: cloudauth_core::Result<T>,
    give: impl FnOnce(T) -> cloudauth_core::Result<*mut H>,
) -> (*mut cloudauth_error, *mut H) {
    match boundary::outcome(|| Ok(give(outcome?)?)) {
        Ok(handle) => (ptr::null_mut(), handle),
        Err(failure) => (handle::give(Failure::into(failure)), ptr::null_mut()),
    }
}

#[cfg(test)]
mod tests {
    use cloudauth_core::Stats;

    use crate::counters::{cloudauth_counter, value};

    // Finding K7
    #[test]
    fn counters_keep_their_numbers() {
        use cloudauth_counter::{
            BackgroundFailures, BytesReceived, Calls, Connections, EventsDropped, Failed, Keepalives, OwnPermits, QuotaLosses,
            Requests, Retries, SharedPermits, Succeeded, Throttled,
        };
        let mut stats = Stats::default();
        stats.calls = 10;
        stats.succeeded = 11;
        stats.failed = 12;
        stats.requests = 13;
        stats.retries = 14;
        stats.throttled = 15;
        stats.connections = 16;
        stats.bytes_received = 17;
        stats.events_dropped = 18;
        stats.keepalives = 19;
        stats.background_failures = 20;
        stats.shared_permits = 21;
        stats.own_permits = 22;
        stats.quota_losses = 23;
        let counters = [
            Calls,
            Succeeded,
            Failed,
            Requests,
            Retries,
            Throttled,
            Connections,
            BytesReceived,
            EventsDropped,
            Keepalives,
            BackgroundFailures,
            SharedPermits,
            OwnPermits,
            QuotaLosses,
        ];
        for (number, counter) in (0..).zip(counters) {
            assert_eq!((counter as u32, value(&stats, number)), (number, Some(10 + u64::from(number))));
        }
        assert_eq!(value(&stats, u32::MAX), None);
    }
}
