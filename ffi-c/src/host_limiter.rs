//! The host as a limiter.

use std::ffi::{c_char, c_void};
use std::sync::Arc;
use std::time::Duration;

use cloudauth_core::{BlockingLimiter, Error, Limiter, PermitRequest, Result, WaitFuture};

use crate::answer::Answer;
use crate::handle::Handle;
use crate::host_pointer::HostPointer;
use crate::slot::{self, Slot};
use crate::text::c_string;

/// Where a limiter puts its answer: when a request may go out. That of a cloudauth_limiter_callback lives for the time of the
/// callback; that of a cloudauth_limiter_start until it is answered or freed.
#[derive(Debug)]
pub struct cloudauth_permit {
    _opaque: (),
}

impl Handle for cloudauth_permit {
    type Object = Slot<Duration>;
    const NAME: &'static str = "cloudauth_permit";
}

/// A function of the host's that limits.
pub(crate) type Limit = unsafe extern "C" fn(*mut c_void, *const c_char, *mut cloudauth_permit);

/// What the messages call it.
pub(crate) const NAME: &str = "the limiter callback";

/// A function that answers before it returns.
pub(crate) fn callback(function: Limit, context: HostPointer) -> Arc<dyn Limiter> {
    Arc::new(BlockingLimiter::new(move |request: PermitRequest<'_>| {
        let api = c_string(request.action);
        let answer = slot::ask(request.context.cloned(), |permit| {
            // SAFETY: the host's function, with the context that came with it and a text that lives until it returns.
            unsafe { function(context.get(), api.as_ptr().cast(), permit) };
        });
        wait(answer)
    }))
}

/// A function that answers later.
pub(crate) struct Starting {
    pub(crate) function: Limit,
    pub(crate) context: Arc<HostPointer>,
}

impl Limiter for Starting {
    fn acquire<'a>(&'a self, request: PermitRequest<'a>) -> WaitFuture<'a> {
        Box::pin(async move {
            let answer = {
                let api = c_string(request.action);
                slot::begin(self.context.clone(), request.context.cloned(), |permit| {
                    // SAFETY: as above.
                    unsafe { (self.function)(self.context.get(), api.as_ptr().cast(), permit) };
                })
            };
            wait(answer.await.unwrap_or_default())
        })
    }
}

fn wait(answer: Answer<Duration>) -> Result<Duration> {
    answer.given(NAME, Error::quota)
}
