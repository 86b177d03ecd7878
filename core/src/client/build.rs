//! Making a client: options, environment and defaults, and the validation of them all.

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::HeaderValue;
use zeroize::Zeroizing;

use super::counters::Counters;
use super::events::Events;
use super::inner::Inner;
use super::keeper::KEPT;
use super::limits::Limits;
use super::{Client, ClientBuilder, blocking, endpoint};
use crate::clock::{Clock, Skew, SystemClock};
use crate::credentials::{Chain, Credentials, Factory, FixedProvider, Provider, SingleFlight, SourceReport};
use crate::decode::lift::Nonce;
#[cfg(feature = "quota-redis")]
use crate::endpoint::Region;
use crate::endpoint::{Endpoint, nowhere};
use crate::environment::Environment;
use crate::error::{Error, Result};
use crate::files;
use crate::options::{self, Given};
#[cfg(feature = "quota-redis")]
use crate::quota::Shared;
use crate::quota::{Limited, Local, Quota};
use crate::retry::{Budget, Policy};
use crate::runtime::{self, PerProcess};
use crate::sign::Signature;
use crate::transport::{self, Resolver, Route, Settings};

/// In bytes; the system's own bundles have a quarter of a MiB.
const LARGEST_CA_FILE: u64 = 4 << 20;

/// The library's own part included.
const LONGEST_USER_AGENT: usize = 512;

impl ClientBuilder {
    /// The client, or which option breaks which rule. Nothing is sent.
    pub fn build(self) -> Result<Client> {
        let environment = self.environment_or_process();
        let endpoint = endpoint::of(&self.given, &environment)?;
        let limits = self.limits()?;
        let settings = self.settings()?;
        settings.route.to(&endpoint)?;
        let policy = self.policy()?;
        let counters = Counters::default();
        let quota = self.chosen_quota(&environment, &endpoint, &settings, &counters)?;
        let clock = self.clock_or_system();
        let provider = self.validated_sources(&environment, &settings, &clock)?;
        let lift_nonce = Nonce(clock.random()?);
        let signature = self.chosen_signature()?;
        Ok(Client(Arc::new_cyclic(|own| Inner {
            own: own.clone(),
            events: self.listener.map(|listener| Events::new(listener, &endpoint)),
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
            counters,
            begun: Instant::now(),
            transport: PerProcess::new(),
            keeper: PerProcess::new(),
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

    /// Where its client's keys would come from, for other services that take the same keys. Needs neither a region nor an endpoint.
    ///
    /// # Errors
    /// An option breaks its rule, or there is nobody to ask for keys.
    pub fn credentials_provider(&self) -> Result<Arc<dyn Provider>> {
        self.validated_sources(&self.environment_or_process(), &self.settings()?, &self.clock_or_system())
    }

    /// The server that its client will call.
    ///
    /// # Errors
    /// An option that names the server breaks its rule, or none does.
    pub fn chosen_endpoint(&self) -> Result<Endpoint> {
        let chosen = endpoint::chosen(&self.given, &self.environment_or_process())?;
        chosen.map(|chosen| chosen.endpoint).ok_or_else(nowhere)
    }

    pub(super) fn environment_or_process(&self) -> Environment {
        self.environment.clone().unwrap_or_else(Environment::process)
    }

    pub(super) fn clock_or_system(&self) -> Arc<dyn Clock> {
        self.clock.clone().unwrap_or_else(|| Arc::new(SystemClock))
    }

    pub(super) fn chosen_signature(&self) -> Result<Signature> {
        self.given.signature.as_ref().map_or(options::SIGNATURE, |name| name.as_str()).parse()
    }

    /// What was given in code; `None` leaves it to the chain.
    fn provider(&self) -> Result<Option<Arc<dyn Provider>>> {
        let Given { access_key_id, access_key_secret, security_token, profile, .. } = &self.given;
        let has_key = [access_key_id, access_key_secret, security_token].iter().any(|part| part.is_some());
        let given: Arc<dyn Provider> = match &self.credentials {
            Some(_) if has_key => {
                return Err(Error::invalid_argument("credentials", "cannot be given together with an access key"));
            }
            Some(provider) => Arc::new(SingleFlight::new(provider.clone())),
            None if has_key => {
                // A missing part is refused as an empty one is.
                let part = |part: &Option<Zeroizing<String>>| part.as_ref().map(|part| part.to_string());
                let [id, secret] = [access_key_id, access_key_secret].map(|key| part(key).unwrap_or_default());
                Arc::new(FixedProvider::new(Credentials::new(id, secret, part(security_token))?))
            }
            None => return Ok(None),
        };
        if profile.is_some() {
            return Err(Error::invalid_argument("profile", "cannot be given together with keys or another source of them"));
        }
        Ok(Some(given))
    }

    fn chain(&self, environment: &Environment, settings: &Settings, clock: &Arc<dyn Clock>) -> Result<Chain> {
        let profile = self.given.profile.as_ref().map(|name| name.as_str());
        if profile.is_some_and(|name| name.is_empty() || name.contains(char::is_control)) {
            return Err(Error::invalid_argument("profile", "must be a name"));
        }
        let insecure = self.given.allow_insecure.unwrap_or(options::ALLOW_INSECURE);
        let factory = Factory::new(environment, settings, clock, insecure)?;
        Chain::probe(environment, &factory, profile)
    }

    /// What was given in code, or the chain, without a look at whether there is anyone in it to ask.
    pub(super) fn sources(
        &self,
        environment: &Environment,
        settings: &Settings,
        clock: &Arc<dyn Clock>,
    ) -> Result<Arc<dyn Provider>> {
        self.provider_or(|| self.chain(environment, settings, clock))
    }

    /// The same; a chain in which there is nobody to ask is an error.
    fn validated_sources(
        &self,
        environment: &Environment,
        settings: &Settings,
        clock: &Arc<dyn Clock>,
    ) -> Result<Arc<dyn Provider>> {
        self.provider_or(|| self.chain(environment, settings, clock)?.validated())
    }

    fn provider_or(&self, chain: impl FnOnce() -> Result<Chain>) -> Result<Arc<dyn Provider>> {
        match self.provider()? {
            Some(provider) => Ok(provider),
            None => Ok(Arc::new(chain()?)),
        }
    }

    pub(super) fn limits(&self) -> Result<Limits> {
        let given = &self.given;
        let bytes = |name, bytes: Option<usize>, default| match bytes {
            Some(0) => Err(Error::invalid_argument(name, "must be more than 0 bytes")),
            other => Ok(other.unwrap_or(default)),
        };
        Ok(Limits {
            attempt_timeout: duration("attempt_timeout_ms", given.attempt_timeout, options::ATTEMPT_TIMEOUT)?,
            // None at all is what is left of a deadline that is over, as in `CallOptions`.
            timeout: given.timeout.unwrap_or(options::TIMEOUT),
            max_body_bytes: bytes("max_body_bytes", given.max_body_bytes, options::MAX_BODY_BYTES)?,
            max_body_bytes_without_images: bytes(
                "max_body_bytes_without_images",
                given.max_body_bytes_without_images,
                options::MAX_BODY_BYTES_WITHOUT_IMAGES,
            )?,
            max_concurrency: at_least_one("max_concurrency", given.max_concurrency, options::MAX_CONCURRENCY)?,
            keep_raw: given.keep_raw.unwrap_or(options::KEEP_RAW),
        })
    }

    fn chosen_quota(
        &self,
        environment: &Environment,
        endpoint: &Endpoint,
        settings: &Settings,
        counters: &Counters,
    ) -> Result<Arc<dyn Quota>> {
        let refused = |name, rule: &str| Err(Error::invalid_argument(name, rule));
        if let Some(limiter) = &self.limiter {
            let beside = [("qps", self.given.qps.is_some()), ("quota", self.quota.is_some() || self.given.quota.is_some())];
            return match beside.iter().find(|(_, is_given)| *is_given) {
                Some((name, _)) => refused("limiter", &format!("cannot be given beside `{name}`: one of them sets the pace")),
                None => Ok(Arc::new(Limited::new(limiter.clone()))),
            };
        }
        match (&self.quota, self.given.qps, &self.given.quota) {
            (_, Some(0), _) => refused("qps", "must be more than 0 requests a second"),
            (Some(_), Some(_), _) => refused("qps", "cannot be given beside a quota, which sets the pace"),
            (Some(_), _, Some(_)) => refused("quota", "cannot be a URL beside a quota of the caller's own"),
            (Some(quota), None, None) => Ok(quota.clone()),
            (None, qps, _) => match self.quota_url_or(environment) {
                Some(url) => shared_quota(&url, qps, endpoint, settings, counters),
                None => Ok(Arc::new(Local::new(qps))),
            },
        }
    }

    /// The URL given, or that of the environment.
    pub(super) fn quota_url_or(&self, environment: &Environment) -> Option<Zeroizing<String>> {
        self.given.quota.clone().or_else(|| environment.get("CLOUDAUTH_QUOTA").map(Zeroizing::new))
    }

    fn policy(&self) -> Result<Policy> {
        let given = &self.given;
        Ok(Policy {
            max_attempts: at_least_one("max_attempts", given.max_attempts, options::MAX_ATTEMPTS)?,
            base: given.retry_base.unwrap_or(options::RETRY_BASE),
            throttle_base: given.throttle_base.unwrap_or(options::THROTTLE_BASE),
            cap: given.retry_cap.unwrap_or(options::RETRY_CAP),
        })
    }

    pub(super) fn settings(&self) -> Result<Settings> {
        let given = &self.given;
        let mut ca_pem = self.ca_pem.clone();
        if let Some(pem) = &ca_pem {
            transport::validate_ca(pem).map_err(|rule| Error::invalid_argument("ca_pem", rule))?;
        }
        if let Some(path) = &given.ca_file {
            let read = files::read(path, LARGEST_CA_FILE)
                .map_err(|fault| Error::invalid_argument("ca_file", format!("{} {fault}", path.display())))?;
            transport::validate_ca(&read)
                .map_err(|rule| Error::invalid_argument("ca_file", format!("{} {rule}", path.display())))?;
            let all = ca_pem.get_or_insert_default();
            all.push(b'\n');
            all.extend_from_slice(&read);
        }
        let mut user_agent = concat!("libcloudauth/", env!("CARGO_PKG_VERSION")).to_owned();
        if let Some(more) = &given.user_agent {
            user_agent = format!("{user_agent} {}", more.as_str());
        }
        let proxy = given.proxy.as_ref().map(|text| {
            let Ok(proxy) = text.parse();
            proxy
        });
        // A header value may hold any byte from 0x80 on, and they mean something else to everyone who reads them.
        if user_agent.len() > LONGEST_USER_AGENT {
            return Err(Error::invalid_argument("user_agent", format!("must have at most {LONGEST_USER_AGENT} characters")));
        }
        if !user_agent.is_ascii() {
            return Err(Error::invalid_argument("user_agent", "must be printable ASCII"));
        }
        let idle_timeout = given.idle_timeout.unwrap_or(options::IDLE_TIMEOUT);
        let max_connections = at_least_one("max_connections", given.max_connections, options::MAX_CONNECTIONS)?;
        Ok(Settings {
            connect_timeout: duration("connect_timeout_ms", given.connect_timeout, options::CONNECT_TIMEOUT)?,
            idle_timeout,
            keep_warm: keep_warm(given.keep_warm, idle_timeout, max_connections)?,
            max_connections,
            route: Route::new(&proxy.unwrap_or_default(), &self.environment_or_process())?,
            resolver: Resolver::default(),
            ca_pem,
            user_agent: HeaderValue::try_from(user_agent)
                .map_err(|_| Error::invalid_argument("user_agent", "must be printable ASCII"))?,
        })
    }
}

#[cfg(feature = "quota-redis")]
fn shared_quota(
    url: &str,
    qps: Option<usize>,
    endpoint: &Endpoint,
    settings: &Settings,
    counters: &Counters,
) -> Result<Arc<dyn Quota>> {
    let region = Region::of(endpoint);
    let Some(rate) = qps.or(region.map(Region::documented_rate)) else {
        return Err(Error::invalid_argument("quota", "needs `qps`: only a region's own server has a documented rate"));
    };
    let server = || {
        let (host, port) = endpoint.address_and_port();
        format!("{host}:{port}")
    };
    let region = region.map_or_else(server, |region| region.id().to_owned());
    Ok(Arc::new(Shared::new(url, region, rate, settings, counters.quota.clone())?))
}

#[cfg(not(feature = "quota-redis"))]
fn shared_quota(_: &str, _: Option<usize>, _: &Endpoint, _: &Settings, _: &Counters) -> Result<Arc<dyn Quota>> {
    Err(Error::invalid_argument("quota", "is not in this build of the library; build it with the feature quota-redis"))
}

fn duration(name: &str, given: Option<Duration>, default: Duration) -> Result<Duration> {
    match given {
        Some(Duration::ZERO) => Err(Error::invalid_argument(name, "must be longer than nothing")),
        other => Ok(other.unwrap_or(default)),
    }
}

fn keep_warm(given: Option<Duration>, idle_timeout: Duration, max_connections: usize) -> Result<Option<Duration>> {
    const SHORTEST: Duration = Duration::from_millis(100);
    let refused = |rule: String| Err(Error::invalid_argument("keep_warm_ms", rule));
    match given.filter(|period| !period.is_zero()) {
        Some(period) if period < SHORTEST => refused(format!("must be {} ms at least", SHORTEST.as_millis())),
        Some(period) if period >= idle_timeout => {
            refused(format!("must be shorter than `idle_timeout_ms`, which is {} ms", idle_timeout.as_millis()))
        }
        Some(_) if max_connections < KEPT => refused(format!("takes {KEPT} connections; raise `max_connections`")),
        period => Ok(period),
    }
}

fn at_least_one(name: &str, given: Option<usize>, default: usize) -> Result<usize> {
    match given.unwrap_or(default) {
        0 => Err(Error::invalid_argument(name, "must be 1 at least")),
        number => Ok(number),
    }
}
