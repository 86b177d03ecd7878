//! Keys that the host supplies.

use std::ffi::{c_char, c_void};
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::answer::{Answer, HostCause};
use crate::boundary;
use crate::config::cloudauth_config;
use crate::handle;
use crate::host_pointer::{HostPointer, cloudauth_destroy};
use crate::provider::{HostCredentials, Keys, cloudauth_credentials};
use crate::slot;
use crate::text;

/// Asked for keys before every request, once at a time for a client: by a call that blocks, on the thread that makes it; by
/// others, on a thread kept for callbacks. It answers with cloudauth_credentials_set or cloudauth_credentials_fail before it
/// returns; calls wait, under their own deadlines but for one that blocks and asks itself, so keys are best kept at hand. It
/// must return: no longjmp, no C++ exception.
pub type cloudauth_credentials_callback = Option<unsafe extern "C" fn(context: *mut c_void, out: *mut cloudauth_credentials)>;

/// Begins to get keys, and returns at once: it runs on the thread that does the I/O of all clients. Any thread answers later,
/// by cloudauth_credentials_set or cloudauth_credentials_fail, which free `question`; a start that has its keys at hand
/// answers before it returns. Whoever cannot answer frees `question` with cloudauth_credentials_free. Calls wait for the
/// answer under their own deadlines and hold no thread; one that comes after they have gone is dropped. It must return: no
/// longjmp, no C++ exception.
pub type cloudauth_credentials_start = Option<unsafe extern "C" fn(context: *mut c_void, question: *mut cloudauth_credentials)>;

/// Lets the host supply keys, in place of cloudauth_config_set_access_key_id and its like. A NULL `callback` takes it out
/// again. `destroy`, unless NULL, gets `context` once, as soon as neither the options nor a client made from them nor a call
/// needs it any more: on a thread that frees one of these, or on one kept for callbacks.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_credentials_callback(
    config: *mut cloudauth_config,
    callback: cloudauth_credentials_callback,
    context: *mut c_void,
    destroy: cloudauth_destroy,
) {
    set_host(
        config,
        callback.map(|function| HostCredentials {
            function,
            answers_later: false,
            context: Arc::new(HostPointer::new(context, destroy)),
        }),
    );
}

/// The same for a host that answers later, from a thread of its own: for keys that come over the network or from an event
/// loop. It takes the place of a callback set before, and a NULL `start` takes it out again. `destroy` gets `context` as with
/// a callback, and not before every question is answered or freed: on a thread that does one of these, or on the library's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_credentials_start(
    config: *mut cloudauth_config,
    start: cloudauth_credentials_start,
    context: *mut c_void,
    destroy: cloudauth_destroy,
) {
    set_host(
        config,
        start.map(|function| HostCredentials {
            function,
            answers_later: true,
            context: Arc::new(HostPointer::new(context, destroy)),
        }),
    );
}

fn set_host(config: *mut cloudauth_config, host: Option<HostCredentials>) {
    boundary::value((), || {
        let host = host.map(Arc::new);
        // The earlier one is dropped here, where no lock is held. So is this one, where the handle is none.
        drop(handle::change(config, |config| config.replace_credentials(host)));
    });
}

/// Answers with keys. `security_token` is NULL for keys that are not temporary. The texts are copied.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_credentials_set(
    out: *mut cloudauth_credentials,
    access_key_id: *const c_char,
    access_key_secret: *const c_char,
    security_token: *const c_char,
) {
    boundary::value((), || {
        let read = |name, text| {
            // SAFETY: the caller's promise, as the header has it: NULL or a C string.
            let text = unsafe { text::read(text) }.map(|text| text.map(Zeroizing::new));
            text.map_err(|rule| format!("from the credentials callback, {name}: {rule}"))
        };
        let keys = || {
            let id = read("access_key_id", access_key_id)?.unwrap_or_default();
            let secret = read("access_key_secret", access_key_secret)?.unwrap_or_default();
            Ok(Answer::Given(Keys { id, secret, token: read("security_token", security_token)? }))
        };
        slot::answer(out, keys().unwrap_or_else(|reason| Answer::Failed(reason, None)));
    });
}

/// Answers that there are no keys; the call ends in an error of kind credentials. `reason` is its message: one line without
/// secrets, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_credentials_fail(out: *mut cloudauth_credentials, reason: *const c_char) {
    boundary::value((), || {
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        slot::answer(out, unsafe { Answer::failed("the credentials callback", reason, None) });
    });
}

/// The same, with an error of the host's own: cloudauth_error_cause gives it back for each error that comes of this answer.
/// `destroy`, unless NULL, gets `cause` once, when the last of them is gone: on any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_credentials_fail_with(
    out: *mut cloudauth_credentials,
    reason: *const c_char,
    cause: *mut c_void,
    destroy: cloudauth_destroy,
) {
    boundary::value((), || {
        let cause = Arc::new(HostCause(Arc::new(HostPointer::new(cause, destroy))));
        // SAFETY: as above.
        slot::answer(out, unsafe { Answer::failed("the credentials callback", reason, Some(cause)) });
    });
}

/// Frees a question of a cloudauth_credentials_start that was not answered: the calls that wait for it end as if it had
/// failed. One that was answered is freed already. What a callback answers to is not freed. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_credentials_free(question: *mut cloudauth_credentials) {
    boundary::value((), || drop(slot::take_question(question)));
}
