//! The options of a client.

use std::ffi::c_char;
use std::mem;
use std::sync::Arc;

use cloudauth_core::ClientBuilder;
use cloudauth_core::options::{self, Value};

use crate::boundary;
use crate::handle::{self, Handle};
use crate::language;
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

#[derive(Clone, Default)]
pub(crate) struct Config {
    options: ClientBuilder,
    credentials: Option<Arc<HostCredentials>>,
    faults: Faults,
}

impl Config {
    /// Core's builder with what was given, or which option could not be taken over.
    pub(crate) fn builder(&self) -> cloudauth_core::Result<ClientBuilder> {
        self.faults.none()?;
        let options = self.options.clone();
        Ok(match &self.credentials {
            Some(host) => options.credentials(Arc::new(HostProvider(host.clone()))),
            None => options,
        })
    }

    /// The host's source of keys; what it takes the place of is the caller's to drop.
    pub(crate) fn replace_credentials(&mut self, host: Option<Arc<HostCredentials>>) -> Option<Arc<HostCredentials>> {
        mem::replace(&mut self.credentials, host)
    }
}

/// Sets an option; a fault is reported when the client is made.
fn set<T: Into<Value>>(config: *mut cloudauth_config, name: &str, value: Result<T, &'static str>) {
    boundary::value((), || {
        handle::change(config, |config| {
            if let Some(value) = config.faults.accept(name, value) {
                let taken = config.options.set(name, value);
                config.faults.take(name, taken);
            }
        });
    });
}

unsafe fn set_text(config: *mut cloudauth_config, name: &str, value: *const c_char) {
    // SAFETY: the caller's promise, as the header has it: NULL or a C string.
    set(config, name, unsafe { text::read(value) });
}

fn set_number(config: *mut cloudauth_config, name: &str, value: u64) {
    set(config, name, Ok(value));
}

/// The name of an option as the host spells it; core knows none that is empty.
unsafe fn option(name: *const c_char) -> String {
    // SAFETY: the caller's promise, as the header has it: NULL or a C string.
    let name = unsafe { text::read(name) }.ok().flatten().unwrap_or_default();
    options::named(&name, language::of_host()).to_owned()
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

/// Sets the option of that name in docs/options.md, one that is a text, a path or a choice, as the setter for it does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_text(config: *mut cloudauth_config, name: *const c_char, value: *const c_char) {
    // SAFETY: the caller's promise, as the header has it; so for every setter below.
    unsafe { set_text(config, &option(name), value) }
}

/// The same for a number, also one of milliseconds or of bytes; a negative one is refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_number(config: *mut cloudauth_config, name: *const c_char, value: i64) {
    // SAFETY: as above.
    set(config, &unsafe { option(name) }, Ok(value));
}

/// Region whose service is called: "ap-southeast-1", "ap-southeast-3", "ap-southeast-5" or "cn-hongkong". NULL: the
/// environment's CLOUDAUTH_REGION. There is no default: give a region or an endpoint.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_region(config: *mut cloudauth_config, region: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "region", region) }
}

/// Which of the region's hosts is called: "public", the default, or "internal", which is reachable from a VPC of the same
/// region only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_network(config: *mut cloudauth_config, network: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "network", network) }
}

/// Host or URL to call in place of the region's, with a port where it needs one; plain http is for loopback only. NULL: the
/// environment's CLOUDAUTH_ENDPOINT, where there is no region either; a loopback address in it also stands in for a region.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_endpoint(config: *mut cloudauth_config, endpoint: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "endpoint", endpoint) }
}

/// How requests are signed: "acs3", the default, is ACS3-HMAC-SHA256; "rpc1" is the older RPC signature 1.0 with HMAC-SHA1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_signature(config: *mut cloudauth_config, signature: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "signature", signature) }
}

/// AccessKey id, given together with its secret. Without keys and without a credentials callback, the environment's
/// ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and ALIBABA_CLOUD_SECURITY_TOKEN are used.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_access_key_id(config: *mut cloudauth_config, access_key_id: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "access_key_id", access_key_id) }
}

/// Secret of the AccessKey. It signs and is never sent. The library wipes its copies; the caller's own is the caller's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_access_key_secret(config: *mut cloudauth_config, access_key_secret: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "access_key_secret", access_key_secret) }
}

/// Security token of temporary keys.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_security_token(config: *mut cloudauth_config, security_token: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "security_token", security_token) }
}

/// Profile of ~/.aliyun/config.json or of ~/.alibabacloud/credentials to take the keys from. NULL: the environment's
/// ALIBABA_CLOUD_PROFILE, else the file's own choice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_profile(config: *mut cloudauth_config, profile: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "profile", profile) }
}

/// Time for a whole call, in milliseconds; 0 is the default, 60,000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_timeout_ms(config: *mut cloudauth_config, timeout_ms: u64) {
    set_number(config, "timeout_ms", timeout_ms);
}

/// Time for one attempt of a call, connecting included, in milliseconds; 0 is the default, 15,000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_attempt_timeout_ms(config: *mut cloudauth_config, attempt_timeout_ms: u64) {
    set_number(config, "attempt_timeout_ms", attempt_timeout_ms);
}

/// Time to connect, TLS included, in milliseconds; 0 is the default, 5,000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_connect_timeout_ms(config: *mut cloudauth_config, connect_timeout_ms: u64) {
    set_number(config, "connect_timeout_ms", connect_timeout_ms);
}

/// How long an unused connection is kept, in milliseconds; 0 is the default, 60,000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_idle_timeout_ms(config: *mut cloudauth_config, idle_timeout_ms: u64) {
    set_number(config, "idle_timeout_ms", idle_timeout_ms);
}

/// Connections at most, unused ones included. Further calls wait their turn, within their time. Default: 64.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_max_connections(config: *mut cloudauth_config, max_connections: u64) {
    set_number(config, "max_connections", max_connections);
}

/// Requests for one call at most, the first included; 1 repeats nothing. Default: 3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_max_attempts(config: *mut cloudauth_config, max_attempts: u64) {
    set_number(config, "max_attempts", max_attempts);
}

/// Longest pause before the first repetition, in milliseconds; it doubles with each. Default: 50.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_retry_base_ms(config: *mut cloudauth_config, retry_base_ms: u64) {
    set_number(config, "retry_base_ms", retry_base_ms);
}

/// The same, where the service throttles. Default: 1000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_throttle_base_ms(config: *mut cloudauth_config, throttle_base_ms: u64) {
    set_number(config, "throttle_base_ms", throttle_base_ms);
}

/// Longest pause before any repetition, in milliseconds, but for what the service asks for. Default: 20000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_retry_cap_ms(config: *mut cloudauth_config, retry_cap_ms: u64) {
    set_number(config, "retry_cap_ms", retry_cap_ms);
}

/// Requests a second and operation at most. 0: as many as the service admits; where it throttles, the client slows down and
/// regrows by itself.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_qps(config: *mut cloudauth_config, qps: u64) {
    set_number(config, "qps", qps);
}

/// Largest reply accepted where images are asked for, in bytes; 0 is the default, 64 MiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_max_body_bytes(config: *mut cloudauth_config, max_body_bytes: u64) {
    set_number(config, "max_body_bytes", max_body_bytes);
}

/// Largest reply accepted where no images are asked for, and of a cloudauth_call, in bytes; 0 is the default, 1 MiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_max_body_bytes_without_images(
    config: *mut cloudauth_config,
    max_body_bytes_without_images: u64,
) {
    set_number(config, "max_body_bytes_without_images", max_body_bytes_without_images);
}

/// How many calls a stream of many calls keeps in flight; 0 is the default, 16. Calls that are started one by one are not
/// bounded by it; see cloudauth_client_max_concurrency.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_max_concurrency(config: *mut cloudauth_config, max_concurrency: u64) {
    set_number(config, "max_concurrency", max_concurrency);
}

/// PEM file of certificates to trust beside the system's: authorities, or a server's own, which is trusted for the names in it.
/// A regular file of at most 4 MiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_ca_file(config: *mut cloudauth_config, ca_file: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "ca_file", ca_file) }
}

/// URL of a proxy (http, https, socks5 or socks5h), or "none" for a direct connection. NULL: the environment's HTTPS_PROXY,
/// ALL_PROXY and NO_PROXY decide, as for curl. Loopback never goes through a proxy.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_proxy(config: *mut cloudauth_config, proxy: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "proxy", proxy) }
}

/// Accepts plain http to hosts that are not loopback. For tests on a network of your own: faces then travel in the open.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_allow_insecure(config: *mut cloudauth_config, allow_insecure: bool) {
    set(config, "allow_insecure", Ok(allow_insecure));
}

/// Appended to the User-Agent header: printable ASCII.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_user_agent(config: *mut cloudauth_config, user_agent: *const c_char) {
    // SAFETY: as above.
    unsafe { set_text(config, "user_agent", user_agent) }
}
