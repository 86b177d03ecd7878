//! The host as a source of keys.

use std::ffi::c_void;
use std::fmt;
use std::sync::Arc;

use cloudauth_core::credentials::{Credentials, CredentialsFuture, Provider};
use cloudauth_core::{Result, host};

use crate::answer::Answer;
use crate::handle::{self, Handle};
use crate::host_pointer::HostPointer;
use crate::question::Question;

/// Where the host puts its answer to a request for keys. That of a cloudauth_credentials_callback lives for the time of the
/// callback; that of a cloudauth_credentials_start until it is answered or freed.
#[derive(Debug)]
pub struct cloudauth_credentials {
    _opaque: (),
}

impl Handle for cloudauth_credentials {
    type Object = Slot;
    const NAME: &'static str = "cloudauth_credentials";
}

/// Where an answer goes.
#[derive(Clone)]
pub(crate) enum Slot {
    /// To the callback that gives it before it returns; its last answer counts.
    Callback(Answer),
    /// To the fetch that waits for it; the first answer counts.
    Question(Arc<Question>),
}

/// The host's function, with what belongs to it.
pub(crate) struct HostCredentials {
    pub(crate) function: unsafe extern "C" fn(*mut c_void, *mut cloudauth_credentials),
    /// Whether the answer comes after the function has returned.
    pub(crate) answers_later: bool,
    pub(crate) context: Arc<HostPointer>,
}

impl HostCredentials {
    fn ask(&self) -> Result<Credentials> {
        let out = handle::give::<cloudauth_credentials>(Slot::Callback(Answer::Nothing));
        // SAFETY: the host's function, with the context that came with it.
        unsafe { (self.function)(self.context.get(), out) };
        match handle::take(out).as_deref() {
            Some(Slot::Callback(answer)) => answer.clone().credentials(),
            _ => Answer::Nothing.credentials(),
        }
    }

    async fn ask_for_later(self: Arc<Self>) -> Result<Credentials> {
        let answer = {
            let (question, answer) = Question::new(self.context.clone());
            let question = handle::give::<cloudauth_credentials>(Slot::Question(Arc::new(question)));
            // SAFETY: as above.
            unsafe { (self.function)(self.context.get(), question) };
            answer
        };
        answer.await.unwrap_or_default().credentials()
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
        if host.answers_later {
            return Box::pin(host.ask_for_later());
        }
        Box::pin(async move { host::run(move || host.ask()).await? })
    }

    /// A host with one thread alone, which waits for this very call, could answer on no other.
    fn blocking_credentials(&self) -> Option<Result<Credentials>> {
        (!self.0.answers_later).then(|| self.0.ask())
    }

    fn name(&self) -> &'static str {
        "callback"
    }
}
