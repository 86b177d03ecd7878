//! The options of a client, as they are gathered.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::{Client, blocking};
use crate::clock::Clock;
use crate::credentials::Provider;
use crate::environment::Environment;
use crate::error::Result;
use crate::options::{Given, Value};
use crate::quota::Quota;
use crate::sign::Signature;
use crate::transport::Proxy;

/// Options of a client; `docs/options.md` lists them. An option that is not set has its default, and `build` validates all.
#[derive(Clone, Default)]
pub struct ClientBuilder {
    pub(super) given: Given,
    pub(super) credentials: Option<Arc<dyn Provider>>,
    pub(super) quota: Option<Arc<dyn Quota>>,
    pub(super) ca_pem: Option<Vec<u8>>,
    pub(super) environment: Option<Environment>,
    pub(super) clock: Option<Arc<dyn Clock>>,
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

/// Setters, each for one option.
macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident($given:ident: $type:ty) => $($part:ident).+ = $value:expr;)*) => {
        $($(#[$doc])*
        #[must_use]
        pub fn $name(mut self, $given: $type) -> Self {
            self.$($part).+ = Some($value);
            self
        })*
    };
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

    setters! {
        /// One of the service's regions, e.g. `ap-southeast-1`.
        region(region: impl Into<String>) => given.region = Zeroizing::new(region.into());
        /// `public` or `internal`.
        network(network: impl Into<String>) => given.network = Zeroizing::new(network.into());
        /// A server instead of a region's: `https://host[:port]`, or `http://` on loopback.
        endpoint(endpoint: impl Into<String>) => given.endpoint = Zeroizing::new(endpoint.into());
        /// Takes plain `http://` for hosts that are not loopback, too: keys' signatures and faces then travel in the open.
        allow_insecure(allow_insecure: bool) => given.allow_insecure = allow_insecure;
        /// Which signature to send.
        signature(signature: Signature) => given.signature = Zeroizing::new(signature.name().to_owned());
        /// A source of keys, and no keys besides; the client asks it once at a time, see [`Provider`].
        credentials(provider: Arc<dyn Provider>) => credentials = provider;
        /// A profile of the command line tool's configuration or of the SDKs', to take the keys from; nothing else is then
        /// looked at.
        profile(profile: impl Into<String>) => given.profile = Zeroizing::new(profile.into());
        /// How long making a connection may take.
        connect_timeout(limit: Duration) => given.connect_timeout = limit;
        /// How long one request and its reply may take.
        attempt_timeout(limit: Duration) => given.attempt_timeout = limit;
        /// How long a whole call may take.
        timeout(limit: Duration) => given.timeout = limit;
        /// How long a connection is kept without use.
        idle_timeout(limit: Duration) => given.idle_timeout = limit;
        /// Connections at most, those without use included; further calls wait their turn.
        max_connections(connections: usize) => given.max_connections = connections;
        /// Requests for one call at most, the first included.
        max_attempts(requests: usize) => given.max_attempts = requests;
        /// The longest pause before the first repetition; it doubles with each.
        retry_base(pause: Duration) => given.retry_base = pause;
        /// The same, where the service throttles.
        throttle_base(pause: Duration) => given.throttle_base = pause;
        /// The longest pause before any repetition, but for what the service asks for.
        retry_cap(pause: Duration) => given.retry_cap = pause;
        /// Requests a second and operation, at most.
        qps(requests: usize) => given.qps = requests;
        /// Who hands out permits to send, instead of the client itself. Not beside `qps`, which is then its concern.
        quota(quota: Arc<dyn Quota>) => quota = quota;
        /// The largest reply taken where images were asked for, in bytes.
        max_body_bytes(bytes: usize) => given.max_body_bytes = bytes;
        /// The largest reply taken where none were, in bytes.
        max_body_bytes_without_images(bytes: usize) => given.max_body_bytes_without_images = bytes;
        /// How many calls a program that makes many keeps in flight; see [`Client::max_concurrency`].
        max_concurrency(calls: usize) => given.max_concurrency = calls;
        /// A file of certificates to trust beside the system's, PEM: authorities, or servers' own, which stand for the names in
        /// them. A regular file of at most 4 MiB.
        ca_file(path: impl Into<PathBuf>) => given.ca_file = path.into();
        /// Certificates to trust beside the system's, PEM: authorities, or servers' own, which stand for the names in them.
        ca_pem(pem: Vec<u8>) => ca_pem = pem;
        /// Text to append to the `User-Agent` header.
        user_agent(text: impl Into<String>) => given.user_agent = Zeroizing::new(text.into());
        /// Where variables are looked up, instead of the process's environment.
        environment(environment: Environment) => environment = environment;
        /// Where dates and nonces come from, instead of the system.
        clock(clock: Arc<dyn Clock>) => clock = clock;
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
