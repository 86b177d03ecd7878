//! Many calls, a bounded number at a time.

use std::borrow::Cow;
use std::ffi::c_void;
use std::sync::Arc;
use std::time::Duration;

use cloudauth_core::{ManyOptions, blocking};

use crate::boundary::{self, place};
use crate::client::{Client, cloudauth_client, result_handle, settle};
use crate::error::{cloudauth_error, fallible};
use crate::handle::{self, Handle};
use crate::host_pointer::{HostPointer, cloudauth_destroy};
use crate::request::cloudauth_request;
use crate::result::cloudauth_result;

/// A run of many calls: requests are pushed, and their outcomes taken, from any threads. In a forked child, a run that was
/// begun in the parent gives an outcome of kind forked and ends.
#[derive(Debug)]
pub struct cloudauth_many {
    _opaque: (),
}

impl Handle for cloudauth_many {
    type Object = Many;
    const NAME: &'static str = "cloudauth_many";
}

#[derive(Debug)]
pub(crate) struct Many {
    run: blocking::Many,
    _client: Arc<Client>,
}

/// Called when cloudauth_many_next would give something, after it gave nothing.
pub type cloudauth_ready_callback = Option<unsafe extern "C" fn(context: *mut c_void)>;

/// Begins a run of many calls. `concurrency` is how many are under way at most; 0 is the client's, as
/// cloudauth_config_set_max_concurrency has it. Where it is `ordered`, outcomes come in the order of the requests, else as they are
/// there. On success `*many` is a run that the caller frees with cloudauth_many_free; the client may be freed before.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_many_new(
    client: *const cloudauth_client,
    concurrency: usize,
    ordered: bool,
    many: *mut *mut cloudauth_many,
) -> *mut cloudauth_error {
    fallible(|| {
        let many = place(many, "many")?;
        let client = handle::get(client, "client")?;
        let concurrency = if concurrency == 0 { client.core.max_concurrency() } else { concurrency };
        let run = client.core.many(&ManyOptions { concurrency, ordered, ..ManyOptions::default() });
        // SAFETY: `place` saw to NULL and alignment; that the place may be written is the caller's promise.
        unsafe { many.write(handle::give(Many { run, _client: client })) };
        Ok(())
    })
}

/// Frees a run, and cancels what is under way. Threads that wait for it return. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_many_free(many: *mut cloudauth_many) {
    boundary::value((), || {
        if let Some(many) = handle::take(many) {
            many.run.cancel();
        }
    });
}

/// Has `callback` called whenever cloudauth_many_next has something to give and gave nothing before: an outcome, or the end. It
/// may run on the thread that does the I/O of all calls, and must return at once. Set it once, before the first request.
/// `destroy`, which may be NULL, gets the context once the callback will not be called any more, on any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_many_set_ready_callback(
    many: *mut cloudauth_many,
    callback: cloudauth_ready_callback,
    context: *mut c_void,
    destroy: cloudauth_destroy,
) {
    let context = HostPointer::new(context, destroy);
    boundary::value((), || {
        if let Some(many) = handle::find(many)
            && let Some(callback) = callback
        {
            // SAFETY: the host's function, called with the context that came with it.
            many.run.on_ready(move || unsafe { callback(context.get()) });
        }
    });
}

/// Gives the run its next request, of which it takes a copy. Requests are numbered from 0. The call is made once there is room
/// for it; a request that is wrong has an outcome of its own, of kind invalid_argument. The request's own timeout and event
/// context count for its call, and what it says of waiting and of callbacks does not.
///
/// Errors: invalid_argument after cloudauth_many_finish and cloudauth_many_cancel; forked.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_many_push(
    many: *mut cloudauth_many,
    request: *const cloudauth_request,
) -> *mut cloudauth_error {
    fallible(|| {
        let many = handle::get(many, "many")?;
        let request = handle::get(request, "request")?;
        many.run.push_with(request.core().map(Cow::into_owned), |each| request.options_from(each))?;
        Ok(())
    })
}

/// Whether there is room for a request: one that is pushed now is called at once. Waits for that, `timeout_ms` milliseconds at
/// most. false as well where no more requests are taken, and where the handle is no live run.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_many_wants_more(many: *mut cloudauth_many, timeout_ms: u64) -> bool {
    let wants = |many: Arc<Many>| many.run.wants_more_within(Duration::from_millis(timeout_ms)) == Ok(true);
    boundary::value(false, || handle::find(many).is_some_and(wants))
}

/// Says that no request comes any more, so that the outcomes end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_many_finish(many: *mut cloudauth_many) {
    boundary::value((), || {
        if let Some(many) = handle::find(many) {
            many.run.finish();
        }
    });
}

/// Takes no more requests, and ends those given as kind cancelled, but for those that have their outcomes. All come from
/// cloudauth_many_next.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_many_cancel(many: *mut cloudauth_many) {
    boundary::value((), || {
        if let Some(many) = handle::find(many) {
            many.run.cancel();
        }
    });
}

/// Waits for the next outcome, `timeout_ms` milliseconds at most; UINT64_MAX is no limit. Where it says true, `*position` is the
/// request's number, and exactly one of `*error` and `*result` is not NULL; the caller frees it. false: nothing came in time, or
/// the run has ended, as cloudauth_many_has_ended tells; nothing was written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_many_next(
    many: *mut cloudauth_many,
    timeout_ms: u64,
    position: *mut usize,
    error: *mut *mut cloudauth_error,
    result: *mut *mut cloudauth_result,
) -> bool {
    let next = || {
        let places = (place(position, "position")?, place(error, "error")?, place(result, "result")?);
        let many = handle::get(many, "many")?;
        let Ok(Some((number, outcome))) = many.run.next_within(Duration::from_millis(timeout_ms)) else { return Ok(false) };
        let (failed, made) = settle(outcome, result_handle);
        // SAFETY: as in `cloudauth_many_new`.
        unsafe {
            places.0.write(number);
            places.1.write(failed);
            places.2.write(made);
        }
        Ok(true)
    };
    boundary::outcome(next).unwrap_or(false)
}

/// Whether all outcomes were taken and none can come. true, too, where the handle is no live run.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_many_has_ended(many: *const cloudauth_many) -> bool {
    boundary::value(true, || handle::find(many).is_none_or(|many| many.run.has_ended()))
}
