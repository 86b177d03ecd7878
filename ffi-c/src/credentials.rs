//! Keys that the host supplies.

use std::ffi::{c_char, c_void};
use std::fmt;
use std::sync::Arc;

use cloudauth_core::credentials::{Credentials, CredentialsFuture, Provider};
use cloudauth_core::{Error, Result, host};
use zeroize::Zeroizing;

use crate::boundary;
use crate::config::cloudauth_config;
use crate::handle::{self, Handle};
use crate::text;

/// Where a credentials callback puts its answer. It lives for the time of that callback.
#[derive(Debug)]
pub struct cloudauth_credentials {
    _opaque: (),
}

impl Handle for cloudauth_credentials {
    type Object = Answer;
    const NAME: &'static str = "cloudauth_credentials";
}

/// Asked for keys before every request, on a thread kept for callbacks, and by several threads at once where calls are. It
/// answers with cloudauth_credentials_set or cloudauth_credentials_fail before it returns; the call waits, under its own
/// deadline, so keys are best kept at hand. It must return: no longjmp, no C++ exception.
pub type cloudauth_credentials_callback = Option<unsafe extern "C" fn(context: *mut c_void, out: *mut cloudauth_credentials)>;

/// Called once with a context that the library no longer holds.
pub type cloudauth_destroy = Option<unsafe extern "C" fn(context: *mut c_void)>;

/// What the callback answered.
#[derive(Clone, Default)]
pub(crate) enum Answer {
    #[default]
    Nothing,
    Keys {
        id: Zeroizing<String>,
        secret: Zeroizing<String>,
        token: Option<Zeroizing<String>>,
    },
    Failed(String),
}

impl Answer {
    fn judge(self) -> Result<Credentials> {
        match self {
            Self::Nothing => Err(Error::credentials("the credentials callback gave no answer")),
            Self::Failed(reason) => Err(Error::credentials(reason)),
            Self::Keys { id, secret, token } => {
                let token = token.map(|token| token.to_string());
                Credentials::new(id.as_str(), secret.as_str(), token)
                    .map_err(|error| Error::credentials(format!("from the credentials callback, {error}")))
            }
        }
    }
}

/// The host's function, with what belongs to it.
pub(crate) struct HostCredentials {
    callback: unsafe extern "C" fn(*mut c_void, *mut cloudauth_credentials),
    context: *mut c_void,
    destroy: cloudauth_destroy,
}

// SAFETY: the context is handed back to the host and never looked at; the header says that calls come from several threads.
unsafe impl Send for HostCredentials {}
// SAFETY: as above.
unsafe impl Sync for HostCredentials {}

impl HostCredentials {
    fn ask(&self) -> Result<Credentials> {
        let out = handle::give::<cloudauth_credentials>(Answer::Nothing);
        // SAFETY: the host's function, with the context that came with it.
        unsafe { (self.callback)(self.context, out) };
        handle::take(out).map_or(Answer::Nothing, |answer| (*answer).clone()).judge()
    }
}

impl Drop for HostCredentials {
    fn drop(&mut self) {
        if let Some(destroy) = self.destroy {
            // SAFETY: the host's function, called once, with the context that came with it.
            unsafe { destroy(self.context) };
        }
    }
}

impl fmt::Debug for HostCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HostCredentials").finish_non_exhaustive()
    }
}

/// What core asks: the same host, from any number of clients.
#[derive(Clone, Debug)]
pub(crate) struct HostProvider(pub(crate) Arc<HostCredentials>);

impl Provider for HostProvider {
    fn credentials(&self) -> CredentialsFuture<'_> {
        let host = self.0.clone();
        Box::pin(async move { host::run(move || host.ask()).await? })
    }

    fn name(&self) -> &'static str {
        "callback"
    }
}

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
    boundary::value((), || {
        let host = callback.map(|callback| Arc::new(HostCredentials { callback, context, destroy }));
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
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        let read = |text| unsafe { text::read(text) }.map(|text| text.map(Zeroizing::new));
        let (id, secret, token) = (read(access_key_id), read(access_key_secret), read(security_token));
        let answer = match (id, secret, token) {
            (Ok(id), Ok(secret), Ok(token)) => {
                Answer::Keys { id: id.unwrap_or_default(), secret: secret.unwrap_or_default(), token }
            }
            _ => Answer::Failed("the credentials callback gave text that is not UTF-8".to_owned()),
        };
        handle::change(out, |out| *out = answer);
    });
}

/// Answers that there are no keys; the call ends in an error of kind credentials. `reason` is its message: one line without
/// secrets, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_credentials_fail(out: *mut cloudauth_credentials, reason: *const c_char) {
    boundary::value((), || {
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        let reason = unsafe { text::read(reason) };
        let reason = reason.ok().flatten().filter(|reason| !reason.is_empty());
        let reason = reason.unwrap_or_else(|| "the credentials callback failed".to_owned());
        handle::change(out, |out| *out = Answer::Failed(reason));
    });
}
