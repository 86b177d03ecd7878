//! The host as a source of keys.

use std::ffi::c_void;
use std::fmt;
use std::sync::Arc;

use cloudauth_core::credentials::{Credentials, CredentialsFuture, Provider};
use cloudauth_core::{Error, Result, host};
use zeroize::Zeroizing;

use crate::answer::Answer;
use crate::handle::Handle;
use crate::host_pointer::HostPointer;
use crate::slot::{self, Slot};

/// Where the host puts its answer to a request for keys. That of a cloudauth_credentials_callback lives for the time of the
/// callback; that of a cloudauth_credentials_start until it is answered or freed.
#[derive(Debug)]
pub struct cloudauth_credentials {
    _opaque: (),
}

impl Handle for cloudauth_credentials {
    type Object = Slot<Keys>;
    const NAME: &'static str = "cloudauth_credentials";
}

/// Keys as the host gives them.
#[derive(Clone)]
pub(crate) struct Keys {
    pub(crate) id: Zeroizing<String>,
    pub(crate) secret: Zeroizing<String>,
    pub(crate) token: Option<Zeroizing<String>>,
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
        // SAFETY: the host's function, with the context that came with it.
        credentials(slot::ask(None, |out| unsafe { (self.function)(self.context.get(), out) }))
    }

    async fn ask_for_later(self: Arc<Self>) -> Result<Credentials> {
        // SAFETY: as above.
        let start = |question| unsafe { (self.function)(self.context.get(), question) };
        credentials(slot::begin(self.context.clone(), None, start).await.unwrap_or_default())
    }
}

fn credentials(answer: Answer<Keys>) -> Result<Credentials> {
    let Keys { id, secret, token } = answer.given("the credentials callback", Error::credentials)?;
    Credentials::new(id.as_str(), secret.as_str(), token.map(|token| token.to_string()))
        .map_err(|error| Error::credentials(format!("from the credentials callback, {error}")))
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
