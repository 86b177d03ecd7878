//! What is asked of the service: the outcome of one verification.

use std::borrow::Cow;
use std::ffi::{c_char, c_void};
use std::time::Duration;

use cloudauth_core::{CallContext, CallOptions, CheckResultRequest, Delivery, Result, WaitForResult, WaitOptions};

use crate::boundary;
use crate::handle::{self, Handle};
use crate::host_pointer::{HostPointer, cloudauth_destroy};
use crate::text::{self, Faults};

/// Asks for the outcome of one verification. A call takes a copy: a request may be changed, used again and freed meanwhile.
#[derive(Debug)]
pub struct cloudauth_request {
    _opaque: (),
}

impl Handle for cloudauth_request {
    type Object = Request;
    const NAME: &'static str = "cloudauth_request";
}

#[derive(Clone)]
pub(crate) struct Request {
    /// Without the parameters that may be taken out again.
    plain: CheckResultRequest,
    further: Parameters,
    unchecked: bool,
    faults: Faults,
    timeout: Option<Duration>,
    context: Option<CallContext>,
    delivery: Delivery,
    wait: Wait,
}

/// What of a wait for a result is not left to core.
#[derive(Clone, Copy, Default)]
struct Wait {
    timeout: Option<Duration>,
    first_pause: Option<Duration>,
    longest_pause: Option<Duration>,
}

impl Request {
    /// Core's request, or what could not be taken over.
    pub(crate) fn core(&self) -> Result<Cow<'_, CheckResultRequest>> {
        self.faults.none()?;
        let further = &self.further.0;
        if further.is_empty() && !self.unchecked {
            return Ok(Cow::Borrowed(&self.plain));
        }
        let request = if self.unchecked { self.plain.clone().unchecked() } else { self.plain.clone() };
        Ok(Cow::Owned(further.iter().fold(request, |request, (name, value)| request.parameter(name, value))))
    }

    pub(crate) fn options(&self) -> CallOptions {
        self.options_from(CallOptions::default())
    }

    pub(crate) fn options_from(&self, options: CallOptions) -> CallOptions {
        with_options(options, self.timeout, self.context.as_ref())
    }

    /// Core's request, to be made until the person has finished.
    pub(crate) fn wait(&self) -> Result<WaitForResult> {
        let (wait, default) = (self.wait, WaitOptions::default());
        let options = WaitOptions {
            first_pause: wait.first_pause.unwrap_or(default.first_pause),
            longest_pause: wait.longest_pause.unwrap_or(default.longest_pause),
            timeout: wait.timeout.unwrap_or(default.timeout),
        };
        Ok(WaitForResult::new(self.core()?.into_owned(), options))
    }

    pub(crate) fn delivery(&self) -> Delivery {
        self.delivery
    }
}

/// Parameters by name, each once.
#[derive(Clone, Default)]
pub(crate) struct Parameters(pub(crate) Vec<(String, String)>);

impl Parameters {
    /// Gives a parameter its value, or takes it out again.
    pub(crate) fn set(&mut self, name: &str, value: Option<String>) {
        self.0.retain(|(earlier, _)| earlier != name);
        self.0.extend(value.map(|value| (name.to_owned(), value)));
    }

    /// [`set`](Self::set) with what came from C.
    pub(crate) fn given(&mut self, faults: &mut Faults, name: Given, value: Given) {
        match name.and_then(|name| name.ok_or("must not be NULL")) {
            Ok(name) => {
                let value = faults.accept(&name, value).flatten();
                self.set(&name, value);
            }
            // The next name does not mend this one.
            Err(rule) => {
                faults.accept::<()>("parameter", Err(rule));
            }
        }
    }
}

/// A text from C, as `text::read` gives it.
pub(crate) type Given = Result<Option<String>, &'static str>;

/// `options`, with what a call has of its own.
pub(crate) fn with_options(options: CallOptions, timeout: Option<Duration>, context: Option<&CallContext>) -> CallOptions {
    let options = timeout.into_iter().fold(options, CallOptions::timeout);
    context.cloned().into_iter().fold(options, CallOptions::context)
}

/// A new request. `merchant_biz_id`: 1 to 32 letters and digits, the merchant's own. `transaction_id`: as Initialize gave it
/// to the server, not as it came back through the person's device. Both are copied, and checked by the call.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_request_new(
    merchant_biz_id: *const c_char,
    transaction_id: *const c_char,
) -> *mut cloudauth_request {
    boundary::value(std::ptr::null_mut(), || {
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        let (biz_id, transaction_id) = unsafe { (text::read(merchant_biz_id), text::read(transaction_id)) };
        let mut faults = Faults::default();
        let mut needed =
            |name, text: Given| faults.accept(name, text.and_then(|text| text.ok_or("must not be NULL"))).unwrap_or_default();
        let plain = CheckResultRequest::new(needed("merchant_biz_id", biz_id), needed("transaction_id", transaction_id));
        handle::give(Request {
            plain,
            further: Parameters::default(),
            unchecked: false,
            faults,
            timeout: None,
            context: None,
            delivery: Delivery::default(),
            wait: Wait::default(),
        })
    })
}

/// Frees a request; calls made with it go on. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_request_free(request: *mut cloudauth_request) {
    boundary::value((), || drop(handle::take(request)));
}

/// Whether pictures come with the result (IsReturnImage). They do not, unless asked for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_request_set_return_image(request: *mut cloudauth_request, return_image: bool) {
    boundary::value((), || {
        handle::change(request, |request| request.plain = request.plain.clone().return_image(return_image));
    });
}

/// Which further pictures to return, in the service's own notation (ExtraImageControlList). NULL: none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_request_set_extra_image_control_list(request: *mut cloudauth_request, list: *const c_char) {
    boundary::value((), || {
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        let list = unsafe { text::read(list) };
        handle::change(request, |request| {
            request.further.given(&mut request.faults, Ok(Some("ExtraImageControlList".to_owned())), list);
        });
    });
}

/// Whether the finer document checks come with the result (ReturnFiveCategorySpoofResult).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_request_set_return_five_category_spoof_result(request: *mut cloudauth_request, wanted: bool) {
    boundary::value((), || {
        let flag = if wanted { "Y" } else { "N" };
        handle::change(request, |request| {
            request.further.set("ReturnFiveCategorySpoofResult", Some(flag.to_owned()));
        });
    });
}

/// Any other parameter of CheckResult, by its name in the API. A NULL `value` takes the parameter out again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_request_set_parameter(
    request: *mut cloudauth_request,
    name: *const c_char,
    value: *const c_char,
) {
    boundary::value((), || {
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        let (name, value) = unsafe { (text::read(name), text::read(value)) };
        handle::change(request, |request| request.further.given(&mut request.faults, name, value));
    });
}

/// Whether to let through parameters that are newer than this library. What it does not know is an error, unless this is set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_request_set_unchecked(request: *mut cloudauth_request, unchecked: bool) {
    boundary::value((), || {
        handle::change(request, |request| request.unchecked = unchecked);
    });
}

/// Time for the whole call, in milliseconds; 0 is the client's. Of cloudauth_client_wait_for_result, for each call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_request_set_timeout_ms(request: *mut cloudauth_request, timeout_ms: u64) {
    set_time(request, timeout_ms, |request| &mut request.timeout);
}

/// Hands `context` on with the events of calls made with this, and to the limiter: the span in which they are made, for instance. `destroy`, unless
/// NULL, gets it once, as soon as neither the request nor a call nor an event needs it any more, on any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_request_set_event_context(
    request: *mut cloudauth_request,
    context: *mut c_void,
    destroy: cloudauth_destroy,
) {
    let context = CallContext::new(HostPointer::new(context, destroy));
    // The earlier one is dropped here, where no lock is held. So is this one, where the handle is none.
    boundary::value((), || drop(handle::change(request, |request| request.context.replace(context))));
}

/// Whether the callback of a call in the background runs on the thread that does the I/O of all of them. It must return at
/// once then, and saves the wake-up of a thread: for a callback that hands over what it gets, to a queue, an event loop,
/// another language.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_request_set_callback_on_io_thread(request: *mut cloudauth_request, on_io_thread: bool) {
    boundary::value((), || {
        handle::change(request, |request| request.delivery = delivery(on_io_thread));
    });
}

pub(crate) fn delivery(on_io_thread: bool) -> Delivery {
    if on_io_thread { Delivery::OnIoThread } else { Delivery::OnCallbackThread }
}

/// How long cloudauth_client_wait_for_result waits altogether, in milliseconds; 0 is the default, half an hour.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_request_set_wait_timeout_ms(request: *mut cloudauth_request, timeout_ms: u64) {
    set_time(request, timeout_ms, |request| &mut request.wait.timeout);
}

/// The pause of cloudauth_client_wait_for_result after the first answer that the person has not finished, in milliseconds;
/// 0 is the default, 2 s. Each further pause is longer by half.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_request_set_wait_first_pause_ms(request: *mut cloudauth_request, pause_ms: u64) {
    set_time(request, pause_ms, |request| &mut request.wait.first_pause);
}

/// The longest pause of cloudauth_client_wait_for_result, in milliseconds; 0 is the default, 15 s.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_request_set_wait_longest_pause_ms(request: *mut cloudauth_request, pause_ms: u64) {
    set_time(request, pause_ms, |request| &mut request.wait.longest_pause);
}

fn set_time(request: *mut cloudauth_request, ms: u64, option: fn(&mut Request) -> &mut Option<Duration>) {
    boundary::value((), || {
        handle::change(request, |request| *option(request) = milliseconds(ms));
    });
}

/// 0 leaves the choice to the client.
pub(crate) fn milliseconds(timeout_ms: u64) -> Option<Duration> {
    (timeout_ms > 0).then(|| Duration::from_millis(timeout_ms))
}
