//! Making a client: options, environment, defaults, and the check of them all.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::HeaderValue;
use zeroize::Zeroizing;

use super::counters::Counters;
use super::endpoint::EndpointOptions;
use super::inner::Inner;
use super::limits::Limits;
use super::{Client, blocking};
use crate::clock::{Clock, Skew, SystemClock};
use crate::credentials::{Chain, Credentials, Factory, FixedProvider, Provider, SingleFlight, SourceReport};
use crate::decode::lift::Nonce;
use crate::endpoint::{self, Endpoint};
use crate::environment::Environment;
use crate::error::{Error, Result};
use crate::files;
use crate::options;
use crate::quota::{Local, Quota};
use crate::retry::{Budget, Policy};
use crate::runtime::{self, PerProcess};
use crate::sign::Signature;
use crate::transport::{self, Proxy, Route, Settings};

/// In bytes; the system's own bundles have a quarter of a MiB.
const LARGEST_CA_FILE: u64 = 4 << 20;

/// The library's own part included.
const LONGEST_USER_AGENT: usize = 512;

/// Options of a client; `docs/options.md` lists them. What is not set is the default, and all is checked by `build`.
#[derive(Clone, Default)]
pub struct ClientBuilder {
    pub(super) server: EndpointOptions,
    pub(super) signature: Signature,
    credentials: Source,
    profile: Option<String>,
    connect_timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    timeout: Option<Duration>,
    idle_timeout: Option<Duration>,
    max_connections: Option<usize>,
    max_attempts: Option<usize>,
    retry_base: Option<Duration>,
    throttle_base: Option<Duration>,
    retry_cap: Option<Duration>,
    qps: Option<usize>,
    quota: Option<Arc<dyn Quota>>,
    max_body_bytes: Option<usize>,
    max_body_bytes_without_images: Option<usize>,
    ca_file: Option<PathBuf>,
    ca_pem: Option<Vec<u8>>,
    proxy: Proxy,
    user_agent: Option<String>,
    environment: Option<Environment>,
    clock: Option<Arc<dyn Clock>>,
}

#[derive(Clone, Default)]
enum Source {
    #[default]
    Chain,
    Keys {
        access_key_id: Zeroizing<String>,
        access_key_secret: Zeroizing<String>,
        security_token: Option<Zeroizing<String>>,
    },
    Provider(Arc<dyn Provider>),
}

/// Texts may hold a password until `build` has read them.
impl std::fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("signature", &self.signature)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Chain => "Chain",
            Self::Keys { .. } => "Keys",
            Self::Provider(_) => "Provider",
        })
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

/// One setter: `name(value)` for an option that has a default.
macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident: $type:ty),* $(,)?) => {
        $($(#[$doc])*
        #[must_use]
        pub fn $name(mut self, $name: $type) -> Self {
            self.$name = Some($name);
            self
        })*
    };
}

impl ClientBuilder {
    setters! {
        /// How long making a connection may take.
        connect_timeout: Duration,
        /// How long one request and its reply may take.
        attempt_timeout: Duration,
        /// How long a whole call may take.
        timeout: Duration,
        /// How long a connection is kept without use.
        idle_timeout: Duration,
        /// Connections at most, those without use included; further calls wait their turn.
        max_connections: usize,
        /// Requests for one call at most, the first included.
        max_attempts: usize,
        /// The longest pause before the first repetition; it doubles with each.
        retry_base: Duration,
        /// The same, where the service throttles.
        throttle_base: Duration,
        /// The longest pause before any repetition, but for what the service asks for.
        retry_cap: Duration,
        /// Requests a second and operation, at most.
        qps: usize,
        /// Who hands out permits to send, instead of the client itself. Not beside `qps`, which is then its concern.
        quota: Arc<dyn Quota>,
        /// The largest reply taken where images were asked for, in bytes.
        max_body_bytes: usize,
        /// The largest reply taken where none were, in bytes.
        max_body_bytes_without_images: usize,
        /// Certificates to trust beside the system's, PEM: authorities, or servers' own, which stand for the names in them.
        ca_pem: Vec<u8>,
        /// Where variables are looked up, instead of the process's environment.
        environment: Environment,
        /// Where dates and nonces come from, instead of the system.
        clock: Arc<dyn Clock>,
    }

    /// One of the service's regions, e.g. `ap-southeast-1`.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.server.region = Some(region.into());
        self
    }

    /// `public` or `internal`.
    #[must_use]
    pub fn network(mut self, network: impl Into<String>) -> Self {
        self.server.network = Some(network.into());
        self
    }

    /// A server instead of a region's: `https://host[:port]`, or `http://` on loopback.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.server.endpoint = Some(endpoint.into());
        self
    }

    /// Takes plain `http://` for hosts that are not loopback, too: keys' signatures and faces then travel in the open.
    #[must_use]
    pub fn allow_insecure(mut self, allow_insecure: bool) -> Self {
        self.server.allow_insecure = allow_insecure;
        self
    }

    /// Which signature to send.
    #[must_use]
    pub fn signature(mut self, signature: Signature) -> Self {
        self.signature = signature;
        self
    }

    /// Keys given in code.
    #[must_use]
    pub fn access_key(mut self, id: impl Into<String>, secret: impl Into<String>, security_token: Option<String>) -> Self {
        self.credentials = Source::Keys {
            access_key_id: Zeroizing::new(id.into()),
            access_key_secret: Zeroizing::new(secret.into()),
            security_token: security_token.map(Zeroizing::new),
        };
        self
    }

    /// A source of keys; the client asks it once at a time, see [`Provider`].
    #[must_use]
    pub fn credentials(mut self, provider: Arc<dyn Provider>) -> Self {
        self.credentials = Source::Provider(provider);
        self
    }

    /// A profile of the command line tool's configuration or of the SDKs', to take the keys from; nothing else is then looked at.
    #[must_use]
    pub fn profile(mut self, profile: impl Into<String>) -> Self {
        self.profile = Some(profile.into());
        self
    }

    /// A file of certificates to trust beside the system's, PEM: authorities, or servers' own, which stand for the names in
    /// them. A regular file of at most 4 MiB.
    #[must_use]
    pub fn ca_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.ca_file = Some(path.into());
        self
    }

    /// Which proxy calls go through.
    #[must_use]
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = proxy;
        self
    }

    /// Text to append to the `User-Agent` header.
    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// The client, or which option breaks which rule. Nothing is sent.
    pub fn build(self) -> Result<Client> {
        let environment = self.environment_or_process();
        let endpoint = self.server.endpoint(&environment)?;
        let limits = self.limits()?;
        let settings = self.settings()?;
        settings.route.to(&endpoint)?;
        let policy = self.policy()?;
        let quota: Arc<dyn Quota> = match (&self.quota, self.qps) {
            (_, Some(0)) => return Err(Error::invalid_argument("qps", "must be more than 0 requests a second")),
            (Some(_), Some(_)) => {
                return Err(Error::invalid_argument("qps", "cannot be given beside a quota, which sets the pace"));
            }
            (Some(quota), None) => quota.clone(),
            (None, qps) => Arc::new(Local::new(qps)),
        };
        let clock = self.clock_or_system();
        let provider = match self.provider()? {
            Some(provider) => provider,
            None => Arc::new(self.chain(&environment, &settings, &clock)?.validated()?),
        };
        let lift_nonce = Nonce(clock.random()?);
        let signature = self.signature;
        Ok(Client(Arc::new(Inner {
            endpoint,
            signature,
            provider,
            clock,
            lift_nonce,
            settings,
            limits,
            policy,
            budget: Budget::default(),
            quota,
            skew: Skew::default(),
            counters: Counters::default(),
            begun: Instant::now(),
            transport: PerProcess::new(),
        })))
    }

    /// [`build`](Self::build), for callers that block.
    pub fn build_blocking(self) -> Result<blocking::Client> {
        self.build().map(blocking::Client::new)
    }

    /// Looks for credentials as a client would, asks for them, and tells what became of each source, in the order in which they
    /// are tried. Needs neither a region nor an endpoint. Blocks while sources are asked.
    ///
    /// # Errors
    /// An option breaks its rule, or the environment holds half a key.
    pub fn diagnose_credentials(&self) -> Result<Vec<SourceReport>> {
        let provider = self.sources(&self.environment_or_process(), &self.settings()?, &self.clock_or_system())?;
        runtime::plain_thread(|| runtime::block_on(provider.diagnose()))
    }

    /// The server that its client will call.
    ///
    /// # Errors
    /// An option that names the server breaks its rule, or none does.
    pub fn chosen_endpoint(&self) -> Result<Endpoint> {
        let chosen = self.server.chosen(&self.environment_or_process())?;
        chosen.map(|chosen| chosen.endpoint).ok_or_else(endpoint::nowhere)
    }

    pub(super) fn environment_or_process(&self) -> Environment {
        self.environment.clone().unwrap_or_else(Environment::process)
    }

    pub(super) fn clock_or_system(&self) -> Arc<dyn Clock> {
        self.clock.clone().unwrap_or_else(|| Arc::new(SystemClock))
    }

    /// What was given in code; `None` leaves it to the chain.
    fn provider(&self) -> Result<Option<Arc<dyn Provider>>> {
        let given: Arc<dyn Provider> = match &self.credentials {
            Source::Chain => return Ok(None),
            Source::Provider(provider) => Arc::new(SingleFlight::new(provider.clone())),
            Source::Keys { access_key_id, access_key_secret, security_token } => {
                let token = security_token.as_ref().map(|token| token.to_string());
                Arc::new(FixedProvider::new(Credentials::new(access_key_id.as_str(), access_key_secret.as_str(), token)?))
            }
        };
        if self.profile.is_some() {
            return Err(Error::invalid_argument("profile", "cannot be given together with keys or another source of them"));
        }
        Ok(Some(given))
    }

    fn chain(&self, environment: &Environment, settings: &Settings, clock: &Arc<dyn Clock>) -> Result<Chain> {
        if self.profile.as_deref().is_some_and(|name| name.is_empty() || name.contains(char::is_control)) {
            return Err(Error::invalid_argument("profile", "must be a name"));
        }
        let factory = Factory::new(environment, settings, clock, self.server.allow_insecure)?;
        Chain::probe(environment, &factory, self.profile.as_deref())
    }

    /// What was given in code, or the chain, without a look at whether there is anyone in it to ask.
    pub(super) fn sources(
        &self,
        environment: &Environment,
        settings: &Settings,
        clock: &Arc<dyn Clock>,
    ) -> Result<Arc<dyn Provider>> {
        match self.provider()? {
            Some(provider) => Ok(provider),
            None => Ok(Arc::new(self.chain(environment, settings, clock)?)),
        }
    }

    pub(super) fn limits(&self) -> Result<Limits> {
        let bytes = |name, given: Option<usize>, default| match given {
            Some(0) => Err(Error::invalid_argument(name, "must be more than 0 bytes")),
            other => Ok(other.unwrap_or(default)),
        };
        Ok(Limits {
            attempt_timeout: duration("attempt_timeout", self.attempt_timeout, options::ATTEMPT_TIMEOUT)?,
            // None at all is what is left of a deadline that is over, as in `CallOptions`.
            timeout: self.timeout.unwrap_or(options::TIMEOUT),
            max_body_bytes: bytes("max_body_bytes", self.max_body_bytes, options::MAX_BODY_BYTES)?,
            max_body_bytes_without_images: bytes(
                "max_body_bytes_without_images",
                self.max_body_bytes_without_images,
                options::MAX_BODY_BYTES_WITHOUT_IMAGES,
            )?,
        })
    }

    fn policy(&self) -> Result<Policy> {
        if self.max_attempts == Some(0) {
            return Err(Error::invalid_argument("max_attempts", "must be 1 at least"));
        }
        Ok(Policy {
            max_attempts: self.max_attempts.unwrap_or(options::MAX_ATTEMPTS),
            base: self.retry_base.unwrap_or(options::RETRY_BASE),
            throttle_base: self.throttle_base.unwrap_or(options::THROTTLE_BASE),
            cap: self.retry_cap.unwrap_or(options::RETRY_CAP),
        })
    }

    pub(super) fn settings(&self) -> Result<Settings> {
        let mut ca_pem = self.ca_pem.clone();
        if let Some(pem) = &ca_pem {
            transport::validate_ca(pem).map_err(|rule| Error::invalid_argument("ca_pem", rule))?;
        }
        if let Some(path) = &self.ca_file {
            let read = files::read(path, LARGEST_CA_FILE)
                .map_err(|fault| Error::invalid_argument("ca_file", format!("{} {fault}", path.display())))?;
            transport::validate_ca(&read)
                .map_err(|rule| Error::invalid_argument("ca_file", format!("{} {rule}", path.display())))?;
            let all = ca_pem.get_or_insert_default();
            all.push(b'\n');
            all.extend_from_slice(&read);
        }
        let mut user_agent = concat!("libcloudauth/", env!("CARGO_PKG_VERSION")).to_owned();
        if let Some(more) = &self.user_agent {
            user_agent = format!("{user_agent} {more}");
        }
        // A header value may hold any byte from 0x80 on, and they mean something else to everyone who reads them.
        if user_agent.len() > LONGEST_USER_AGENT {
            return Err(Error::invalid_argument("user_agent", format!("must have at most {LONGEST_USER_AGENT} characters")));
        }
        if !user_agent.is_ascii() {
            return Err(Error::invalid_argument("user_agent", "must be printable ASCII"));
        }
        Ok(Settings {
            connect_timeout: duration("connect_timeout", self.connect_timeout, options::CONNECT_TIMEOUT)?,
            idle_timeout: self.idle_timeout.unwrap_or(options::IDLE_TIMEOUT),
            max_connections: match self.max_connections.unwrap_or(options::MAX_CONNECTIONS) {
                0 => return Err(Error::invalid_argument("max_connections", "must be 1 at least")),
                most => most,
            },
            route: Route::new(&self.proxy, &self.environment_or_process())?,
            ca_pem,
            user_agent: HeaderValue::try_from(user_agent)
                .map_err(|_| Error::invalid_argument("user_agent", "must be printable ASCII"))?,
        })
    }
}

fn duration(name: &str, given: Option<Duration>, default: Duration) -> Result<Duration> {
    match given {
        Some(Duration::ZERO) => Err(Error::invalid_argument(name, "must be longer than nothing")),
        other => Ok(other.unwrap_or(default)),
    }
}
