//! The options of a client.

use std::ffi::c_char;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use cloudauth_core::{Client, ClientBuilder, Error, Proxy, Result, Signature, options};
use zeroize::Zeroizing;

use crate::boundary;
use crate::handle::{self, Handle};
use crate::provider::{HostCredentials, HostProvider};
use crate::text::{self, Faults};

/// The options of clients. A client takes a copy: changes that come later do not reach it.
#[derive(Debug)]
pub struct cloudauth_config {
    _opaque: (),
}

impl Handle for cloudauth_config {
    type Object = Config;
    const NAME: &'static str = "cloudauth_config";
}

/// Any text, wiped when it goes: some are secrets.
type Text = Zeroizing<String>;

#[derive(Clone, Default)]
pub(crate) struct Config {
    region: Option<Text>,
    network: Option<Text>,
    endpoint: Option<Text>,
    signature: Option<Text>,
    access_key_id: Option<Text>,
    access_key_secret: Option<Text>,
    security_token: Option<Text>,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    idle_timeout: Option<Duration>,
    max_connections: Option<usize>,
    max_attempts: Option<usize>,
    retry_base: Option<Duration>,
    throttle_base: Option<Duration>,
    retry_cap: Option<Duration>,
    qps: Option<usize>,
    max_body_bytes: Option<usize>,
    max_body_bytes_without_images: Option<usize>,
    max_concurrency: Option<usize>,
    ca_file: Option<Text>,
    proxy: Option<Text>,
    profile: Option<Text>,
    allow_insecure: bool,
    user_agent: Option<Text>,
    credentials: Option<Arc<HostCredentials>>,
    faults: Faults,
}

impl Config {
    /// How many calls a stream of many calls keeps in flight.
    pub(crate) fn max_concurrency(&self) -> usize {
        self.max_concurrency.unwrap_or(options::MAX_CONCURRENCY)
    }

    /// Core's builder with what was given, or which option could not be taken over.
    pub(crate) fn builder(&self) -> Result<ClientBuilder> {
        self.faults.none()?;
        let mut builder = Client::builder().allow_insecure(self.allow_insecure);
        let mut with = |value: &Option<Text>, set: fn(ClientBuilder, &str) -> ClientBuilder| {
            if let Some(value) = value {
                builder = set(mem::take(&mut builder), value);
            }
        };
        with(&self.region, |builder, value| builder.region(value));
        with(&self.network, |builder, value| builder.network(value));
        with(&self.endpoint, |builder, value| builder.endpoint(value));
        with(&self.ca_file, |builder, value| builder.ca_file(value));
        with(&self.user_agent, |builder, value| builder.user_agent(value));
        with(&self.profile, |builder, value| builder.profile(value));
        with(&self.proxy, |builder, value| {
            builder.proxy(if value == "none" { Proxy::Direct } else { Proxy::Url(value.to_owned()) })
        });
        let mut with = |value: Option<Duration>, set: fn(ClientBuilder, Duration) -> ClientBuilder| {
            if let Some(value) = value {
                builder = set(mem::take(&mut builder), value);
            }
        };
        with(self.timeout, ClientBuilder::timeout);
        with(self.attempt_timeout, ClientBuilder::attempt_timeout);
        with(self.connect_timeout, ClientBuilder::connect_timeout);
        with(self.idle_timeout, ClientBuilder::idle_timeout);
        with(self.retry_base, ClientBuilder::retry_base);
        with(self.throttle_base, ClientBuilder::throttle_base);
        with(self.retry_cap, ClientBuilder::retry_cap);
        let mut with = |value: Option<usize>, set: fn(ClientBuilder, usize) -> ClientBuilder| {
            if let Some(value) = value {
                builder = set(mem::take(&mut builder), value);
            }
        };
        with(self.max_connections, ClientBuilder::max_connections);
        with(self.max_attempts, ClientBuilder::max_attempts);
        with(self.qps, ClientBuilder::qps);
        with(self.max_body_bytes, ClientBuilder::max_body_bytes);
        with(self.max_body_bytes_without_images, ClientBuilder::max_body_bytes_without_images);
        if let Some(signature) = &self.signature {
            builder = builder.signature(match signature.as_str() {
                "acs3" => Signature::Acs3,
                "rpc1" => Signature::Rpc1,
                _ => return Err(Error::invalid_argument("signature", "must be acs3 or rpc1")),
            });
        }
        self.keys(builder)
    }

    /// The host's source of keys; what it takes the place of is the caller's to drop.
    pub(crate) fn replace_credentials(&mut self, host: Option<Arc<HostCredentials>>) -> Option<Arc<HostCredentials>> {
        mem::replace(&mut self.credentials, host)
    }

    fn keys(&self, builder: ClientBuilder) -> Result<ClientBuilder> {
        let keys = [&self.access_key_id, &self.access_key_secret, &self.security_token];
        let given = keys.iter().any(|key| key.is_some());
        match &self.credentials {
            Some(_) if given => {
                Err(Error::invalid_argument("credentials_callback", "cannot be given together with an access key"))
            }
            Some(host) => Ok(builder.credentials(Arc::new(HostProvider(host.clone())))),
            None if given => {
                // A part that is missing is told by core, as one that is empty.
                let part = |key: &Option<Text>| key.as_ref().map(|key| key.to_string()).unwrap_or_default();
                let [id, secret, token] = keys;
                Ok(builder.access_key(part(id), part(secret), token.as_ref().map(|token| token.to_string())))
            }
            None => Ok(builder),
        }
    }
}

unsafe fn set_text(
    config: *mut cloudauth_config,
    name: &'static str,
    value: *const c_char,
    option: fn(&mut Config) -> &mut Option<Text>,
) {
    boundary::value((), || {
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        let value = unsafe { text::read(value) };
        handle::change(config, |config| {
            let value = config.faults.accept(name, value).flatten();
            mem::replace(option(config), value.map(Text::new))
        });
    });
}

/// Zero leaves the choice to the library, as a text's NULL does.
fn set_time(config: *mut cloudauth_config, milliseconds: u64, option: fn(&mut Config) -> &mut Option<Duration>) {
    boundary::value((), || {
        handle::change(config, |config| *option(config) = (milliseconds > 0).then(|| Duration::from_millis(milliseconds)));
    });
}

fn set_number(config: *mut cloudauth_config, name: &'static str, number: u64, option: fn(&mut Config) -> &mut Option<usize>) {
    boundary::value((), || {
        handle::change(config, |config| {
            let number = config.faults.accept(name, usize::try_from(number).map_err(|_| "is larger than this machine can hold"));
            *option(config) = number.filter(|number| *number > 0);
        });
    });
}

/// New options, all at their defaults. A client needs a region or an endpoint besides, here or in the environment.
#[unsafe(no_mangle)]
#[must_use]
pub extern "C" fn cloudauth_config_new() -> *mut cloudauth_config {
    boundary::value(std::ptr::null_mut(), || handle::give(Config::default()))
}

/// Frees options; clients made from them live on. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_free(config: *mut cloudauth_config) {
    boundary::value((), || drop(handle::take(config)));
}

/// Region whose service is called: "ap-southeast-1", "ap-southeast-3", "ap-southeast-5" or "cn-hongkong". NULL: the
/// environment's CLOUDAUTH_REGION. There is no default: give a region or an endpoint.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_region(config: *mut cloudauth_config, region: *const c_char) {
    // SAFETY: the caller's promise, as the header has it; so for every setter below.
    unsafe { set_text(config, "region", region, |config| &mut config.region) }
}

/// Which of the region's hosts is called: "public", the default, or "internal", which is reachable from a VPC of the same
/// region only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_network(config: *mut cloudauth_config, network: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "network", network, |config| &mut config.network) }
}

/// Host or URL to call in place of the region's, with a port where it needs one; plain http is for loopback only. NULL: the
/// environment's CLOUDAUTH_ENDPOINT, where there is no region either; a loopback address in it also stands in for a region.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_endpoint(config: *mut cloudauth_config, endpoint: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "endpoint", endpoint, |config| &mut config.endpoint) }
}

/// How requests are signed: "acs3", the default, is ACS3-HMAC-SHA256; "rpc1" is the older RPC signature 1.0 with HMAC-SHA1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_signature(config: *mut cloudauth_config, signature: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "signature", signature, |config| &mut config.signature) }
}

/// AccessKey id, given together with its secret. Without keys and without a credentials callback, the environment's
/// ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and ALIBABA_CLOUD_SECURITY_TOKEN are used.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_access_key_id(config: *mut cloudauth_config, access_key_id: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "access_key_id", access_key_id, |config| &mut config.access_key_id) }
}

/// Secret of the AccessKey. It signs and is never sent. The library wipes its copies; the caller's own is the caller's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_access_key_secret(config: *mut cloudauth_config, access_key_secret: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "access_key_secret", access_key_secret, |config| &mut config.access_key_secret) }
}

/// Security token of temporary keys.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_security_token(config: *mut cloudauth_config, security_token: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "security_token", security_token, |config| &mut config.security_token) }
}

/// Profile of ~/.aliyun/config.json or of ~/.alibabacloud/credentials to take the keys from. NULL: the environment's
/// ALIBABA_CLOUD_PROFILE, else the file's own choice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_profile(config: *mut cloudauth_config, profile: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "profile", profile, |config| &mut config.profile) }
}

/// Time for a whole call, in milliseconds; 0 is the default, 60,000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_timeout_ms(config: *mut cloudauth_config, timeout_ms: u64) {
    set_time(config, timeout_ms, |config| &mut config.timeout);
}

/// Time for one attempt of a call, connecting included, in milliseconds; 0 is the default, 15,000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_attempt_timeout_ms(config: *mut cloudauth_config, attempt_timeout_ms: u64) {
    set_time(config, attempt_timeout_ms, |config| &mut config.attempt_timeout);
}

/// Time to connect, TLS included, in milliseconds; 0 is the default, 5,000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_connect_timeout_ms(config: *mut cloudauth_config, connect_timeout_ms: u64) {
    set_time(config, connect_timeout_ms, |config| &mut config.connect_timeout);
}

/// How long an unused connection is kept, in milliseconds; 0 is the default, 60,000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_idle_timeout_ms(config: *mut cloudauth_config, idle_timeout_ms: u64) {
    set_time(config, idle_timeout_ms, |config| &mut config.idle_timeout);
}

/// Connections at most, unused ones included. Further calls wait their turn, within their time. Default: 64.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_max_connections(config: *mut cloudauth_config, max_connections: u64) {
    set_number(config, "max_connections", max_connections, |config| &mut config.max_connections);
}

/// Requests for one call at most, the first included; 1 repeats nothing. Default: 3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_max_attempts(config: *mut cloudauth_config, max_attempts: u64) {
    set_number(config, "max_attempts", max_attempts, |config| &mut config.max_attempts);
}

/// Longest pause before the first repetition, in milliseconds; it doubles with each. Default: 50.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_retry_base_ms(config: *mut cloudauth_config, retry_base_ms: u64) {
    set_time(config, retry_base_ms, |config| &mut config.retry_base);
}

/// The same, where the service throttles. Default: 1000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_throttle_base_ms(config: *mut cloudauth_config, throttle_base_ms: u64) {
    set_time(config, throttle_base_ms, |config| &mut config.throttle_base);
}

/// Longest pause before any repetition, in milliseconds, but for what the service asks for. Default: 20000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_retry_cap_ms(config: *mut cloudauth_config, retry_cap_ms: u64) {
    set_time(config, retry_cap_ms, |config| &mut config.retry_cap);
}

/// Requests a second and operation at most. 0: as many as the service admits; where it throttles, the client slows down and
/// regrows by itself.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_qps(config: *mut cloudauth_config, qps: u64) {
    set_number(config, "qps", qps, |config| &mut config.qps);
}

/// Largest reply accepted where images are asked for, in bytes; 0 is the default, 64 MiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_max_body_bytes(config: *mut cloudauth_config, max_body_bytes: u64) {
    set_number(config, "max_body_bytes", max_body_bytes, |config| &mut config.max_body_bytes);
}

/// Largest reply accepted where no images are asked for, and of a cloudauth_call, in bytes; 0 is the default, 1 MiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_max_body_bytes_without_images(
    config: *mut cloudauth_config,
    max_body_bytes_without_images: u64,
) {
    set_number(config, "max_body_bytes_without_images", max_body_bytes_without_images, |config| {
        &mut config.max_body_bytes_without_images
    });
}

/// How many calls a stream of many calls keeps in flight; 0 is the default, 16. Calls that are started one by one are not
/// bounded by it; see cloudauth_client_max_concurrency.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_max_concurrency(config: *mut cloudauth_config, max_concurrency: u64) {
    set_number(config, "max_concurrency", max_concurrency, |config| &mut config.max_concurrency);
}

/// PEM file of certificates to trust beside the system's: authorities, or a server's own, which is trusted for the names in it.
/// A regular file of at most 4 MiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_ca_file(config: *mut cloudauth_config, ca_file: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "ca_file", ca_file, |config| &mut config.ca_file) }
}

/// URL of a proxy (http, https, socks5 or socks5h), or "none" for a direct connection. NULL: the environment's HTTPS_PROXY,
/// ALL_PROXY and NO_PROXY decide, as for curl. Loopback never goes through a proxy.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_proxy(config: *mut cloudauth_config, proxy: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "proxy", proxy, |config| &mut config.proxy) }
}

/// Accepts plain http to hosts that are not loopback. For tests on a network of your own: faces then travel in the open.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_allow_insecure(config: *mut cloudauth_config, allow_insecure: bool) {
    boundary::value((), || {
        handle::change(config, |config| config.allow_insecure = allow_insecure);
    });
}

/// Appended to the User-Agent header: printable ASCII.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_user_agent(config: *mut cloudauth_config, user_agent: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "user_agent", user_agent, |config| &mut config.user_agent) }
}
