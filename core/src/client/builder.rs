//! The options of a client, as they are gathered.

use std::error::Error as StdError;
use std::result::Result as StdResult;
use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::events::Listener;
use super::{Client, Event, blocking};
use crate::clock::Clock;
use crate::credentials::Provider;
use crate::environment::Environment;
use crate::error::{Error, Result};
use crate::options::{Given, Value};
use crate::quota::{BlockingLimiter, Limiter, Quota};
use crate::sign::Signature;
use crate::transport::Proxy;

/// Options of a client; `docs/options.md` lists them. An option that is not set has its default, and `build` validates all.
#[derive(Clone, Default)]
pub struct ClientBuilder {
    pub(super) given: Given,
    pub(super) credentials: Option<Arc<dyn Provider>>,
    pub(super) quota: Option<Arc<dyn Quota>>,
    pub(super) limiter: Option<Arc<dyn Limiter>>,
    pub(super) ca_pem: Option<Vec<u8>>,
    pub(super) environment: Option<Environment>,
    pub(super) clock: Option<Arc<dyn Clock>>,
    pub(super) listener: Option<Listener>,
}

/// Options may hold secrets.
impl std::fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}

impl Client {
    /// A client with every default; `build` still needs a region or an endpoint.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }
}

impl blocking::Client {
    /// A client with every default; [`ClientBuilder::build_blocking`] makes it.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }
}

impl ClientBuilder {
    /// Takes `value` for the option called `name` in `docs/options.md`. This is the door that every language uses; in Rust, the
    /// methods below are checked by the compiler.
    ///
    /// # Errors
    /// There is no such option, or `value` is none of its kind. Further rules are for [`build`](Self::build).
    pub fn set(&mut self, name: &str, value: impl Into<Value>) -> Result<()> {
        self.given.set(name, value.into())
    }

    /// How requests are signed. The default is [`Signature::Acs3`].
    #[must_use]
    pub fn signature(mut self, signature: Signature) -> Self {
        self.given.signature = Some(Zeroizing::new(signature.name().to_owned()));
        self
    }

    /// A source of keys, and no keys besides; the client asks it once at a time, see [`Provider`].
    #[must_use]
    pub fn credentials(mut self, provider: Arc<dyn Provider>) -> Self {
        self.credentials = Some(provider);
        self
    }

    /// Who hands out permits to send, instead of the client itself. Not beside `qps`, which is then its concern.
    #[must_use]
    pub fn quota(mut self, quota: Arc<dyn Quota>) -> Self {
        self.quota = Some(quota);
        self
    }

    /// URL of a Redis on which all machines share one quota; see `quota` in `docs/options.md`. Not beside
    /// [`quota`](Self::quota).
    #[must_use]
    pub fn quota_url(mut self, url: impl Into<String>) -> Self {
        self.given.quota = Some(Zeroizing::new(url.into()));
        self
    }

    /// Asks `acquire` before every request, retries included, with the operation's name: how long the request is to wait yet.
    /// It may block: it runs on the thread of a caller that blocks, and for others on a thread kept for callbacks; it must not
    /// run a runtime of its own. Its error ends the call as kind `throttled`, and is the error's
    /// [`source`](std::error::Error::source). Beside neither `qps` nor a quota; a client that is throttled all the same slows
    /// down by itself.
    #[must_use]
    pub fn limiter(
        self,
        acquire: impl Fn(&str) -> StdResult<Duration, Box<dyn StdError + Send + Sync>> + Send + Sync + 'static,
    ) -> Self {
        self.shared_limiter(Arc::new(BlockingLimiter::new(move |request| {
            let failed = |cause: Box<dyn StdError + Send + Sync>| {
                Error::quota("the limiter failed, and nothing was sent; its own error is the cause").with_cause(cause.into())
            };
            acquire(request.action).map_err(failed)
        })))
    }

    /// [`limiter`](Self::limiter), for one that is awaited, or that wants to know more of the call.
    #[must_use]
    pub fn shared_limiter(mut self, limiter: Arc<dyn Limiter>) -> Self {
        self.limiter = Some(limiter);
        self
    }

    /// Certificates to trust beside the system's, PEM: authorities, or servers' own, which stand for the names in them.
    #[must_use]
    pub fn ca_pem(mut self, pem: Vec<u8>) -> Self {
        self.ca_pem = Some(pem);
        self
    }

    /// Where variables are looked up, instead of the process's environment.
    #[must_use]
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = Some(environment);
        self
    }

    /// Where dates and nonces come from, instead of the system.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Calls `hook` with an event for each attempt and each call, one after the other, on a thread kept for callbacks: soon
    /// after, and before a [shutdown](crate::host::shutdown) is done. Where more than 1,024 wait, further ones are dropped and
    /// counted.
    #[must_use]
    pub fn on_event(mut self, hook: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.listener = Some(Listener::Called(Arc::new(hook)));
        self
    }

    /// Keeps events under `number` for [`take_events`](crate::take_events), in place of [`on_event`](Self::on_event): for a
    /// host whose own threads fetch them. At most 1,024 wait in the process.
    #[must_use]
    pub fn keep_events(mut self, number: u64) -> Self {
        self.listener = Some(Listener::Fetches(number));
        self
    }

    /// Keys given in code.
    #[must_use]
    pub fn access_key(mut self, id: impl Into<String>, secret: impl Into<String>, security_token: Option<String>) -> Self {
        self.given.access_key_id = Some(Zeroizing::new(id.into()));
        self.given.access_key_secret = Some(Zeroizing::new(secret.into()));
        self.given.security_token = security_token.map(Zeroizing::new);
        self
    }

    /// Which proxy calls go through.
    #[must_use]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.given.proxy = proxy.into_option().map(Zeroizing::new);
        self
    }
}
