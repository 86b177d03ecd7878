// Generated from core/schema/options.toml by `cargo xtask generate`; do not edit.

//! A setter for each option. A text that is NULL and a number that is 0 leave the choice to the library.

use std::ffi::c_char;

use super::{cloudauth_config, set, set_text};

/// Region whose service is called: ap-southeast-1, ap-southeast-3, ap-southeast-5 or cn-hongkong. There is no default: give a
/// region or an endpoint. Environment: CLOUDAUTH_REGION.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_region(config: *mut cloudauth_config, region: *const c_char) {
    // SAFETY: the caller's promise, as the header has it.
    unsafe { set_text(config, "region", region) }
}

/// Which of the region's hosts is called; internal is reachable from a VPC of the same region only. An endpoint takes its
/// place. Default: public.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_network(config: *mut cloudauth_config, network: *const c_char) {
    // SAFETY: the caller's promise, as the header has it.
    unsafe { set_text(config, "network", network) }
}

/// Host or URL to call in place of the region's. Plain http is for loopback only, unless allow_insecure. The variable counts
/// where neither region nor endpoint is given in code; a loopback address also stands in for a region, with a warning in the
/// log. Environment: CLOUDAUTH_ENDPOINT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_endpoint(config: *mut cloudauth_config, endpoint: *const c_char) {
    // SAFETY: the caller's promise, as the header has it.
    unsafe { set_text(config, "endpoint", endpoint) }
}

/// How requests are signed: acs3 is ACS3-HMAC-SHA256, rpc1 the older RPC signature 1.0 with HMAC-SHA1. Default: acs3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_signature(config: *mut cloudauth_config, signature: *const c_char) {
    // SAFETY: the caller's promise, as the header has it.
    unsafe { set_text(config, "signature", signature) }
}

/// Id of the AccessKey. Given together with access_key_secret, or not at all. Environment: ALIBABA_CLOUD_ACCESS_KEY_ID.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_access_key_id(config: *mut cloudauth_config, access_key_id: *const c_char) {
    // SAFETY: the caller's promise, as the header has it.
    unsafe { set_text(config, "access_key_id", access_key_id) }
}

/// Secret of the AccessKey. It signs, and is never sent. Environment: ALIBABA_CLOUD_ACCESS_KEY_SECRET.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_access_key_secret(config: *mut cloudauth_config, access_key_secret: *const c_char) {
    // SAFETY: the caller's promise, as the header has it.
    unsafe { set_text(config, "access_key_secret", access_key_secret) }
}

/// Security token of temporary credentials from STS. Environment: ALIBABA_CLOUD_SECURITY_TOKEN.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_security_token(config: *mut cloudauth_config, security_token: *const c_char) {
    // SAFETY: the caller's promise, as the header has it.
    unsafe { set_text(config, "security_token", security_token) }
}

/// Profile of ~/.aliyun/config.json or ~/.alibabacloud/credentials to take the keys from. Given in code, nothing else is
/// looked at; from the environment, it only chooses among profiles. Environment: ALIBABA_CLOUD_PROFILE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_profile(config: *mut cloudauth_config, profile: *const c_char) {
    // SAFETY: the caller's promise, as the header has it.
    unsafe { set_text(config, "profile", profile) }
}

/// Time for the whole call, from the first byte out to the decoded result. Default: 60000 ms. A call may have its own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_timeout_ms(config: *mut cloudauth_config, timeout_ms: u64) {
    set(config, "timeout_ms", Ok(timeout_ms));
}

/// Time for one attempt, connecting included. Default: 15000 ms.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_attempt_timeout_ms(config: *mut cloudauth_config, attempt_timeout_ms: u64) {
    set(config, "attempt_timeout_ms", Ok(attempt_timeout_ms));
}

/// Time to connect, TLS included. Default: 5000 ms.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_connect_timeout_ms(config: *mut cloudauth_config, connect_timeout_ms: u64) {
    set(config, "connect_timeout_ms", Ok(connect_timeout_ms));
}

/// Requests for one call at most, the first included; 1 means no retry. docs/retries.md says what is retried, and when.
/// Default: 3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_max_attempts(config: *mut cloudauth_config, max_attempts: u64) {
    set(config, "max_attempts", Ok(max_attempts));
}

/// Longest pause before the first retry; it doubles with each. Default: 50 ms.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_retry_base_ms(config: *mut cloudauth_config, retry_base_ms: u64) {
    set(config, "retry_base_ms", Ok(retry_base_ms));
}

/// Longest pause before the first retry where the service throttles; it doubles with each. Default: 1000 ms.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_throttle_base_ms(config: *mut cloudauth_config, throttle_base_ms: u64) {
    set(config, "throttle_base_ms", Ok(throttle_base_ms));
}

/// Longest pause before any retry, but for what the service asks for. Default: 20000 ms.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_retry_cap_ms(config: *mut cloudauth_config, retry_cap_ms: u64) {
    set(config, "retry_cap_ms", Ok(retry_cap_ms));
}

/// Requests a second and operation at most. Absent: as many as the service admits; where it throttles, the client slows down
/// and regrows by itself.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_qps(config: *mut cloudauth_config, qps: u64) {
    set(config, "qps", Ok(qps));
}

/// URL of a Redis on which all machines share one quota: redis://host:6379/0?account=NAME, or rediss:// for TLS. qps is then
/// the rate of all of them together; absent, it is the region's documented one. docs/scale.md says how it fails. Absent: each
/// client counts for itself. Environment: CLOUDAUTH_QUOTA.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_quota(config: *mut cloudauth_config, quota: *const c_char) {
    // SAFETY: the caller's promise, as the header has it.
    unsafe { set_text(config, "quota", quota) }
}

/// How long an unused connection is kept, where the server does not close it sooner. Default: 60000 ms.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_idle_timeout_ms(config: *mut cloudauth_config, idle_timeout_ms: u64) {
    set(config, "idle_timeout_ms", Ok(idle_timeout_ms));
}

/// Keeps two connections ready, so that a call after a pause need not connect: a connection that was idle for so long carries
/// a keepalive request. The service advises 5 s; at least 100 ms, and shorter than idle_timeout. It begins with the first
/// call, ends after 120 such times without one (10 minutes at 5 s), and begins again with the next. Absent or 0: off.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_keep_warm_ms(config: *mut cloudauth_config, keep_warm_ms: u64) {
    set(config, "keep_warm_ms", Ok(keep_warm_ms));
}

/// Connections at most, unused ones included. Further calls wait their turn, within their time; at least 1. Default: 64.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_max_connections(config: *mut cloudauth_config, max_connections: u64) {
    set(config, "max_connections", Ok(max_connections));
}

/// Largest reply accepted when images are asked for. Default: 64 MiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_max_body_bytes(config: *mut cloudauth_config, max_body_bytes: u64) {
    set(config, "max_body_bytes", Ok(max_body_bytes));
}

/// Largest reply accepted when no images are asked for, and of an operation called by its name. Raise it where such an
/// operation returns images. Default: 1 MiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_max_body_bytes_without_images(
    config: *mut cloudauth_config,
    max_body_bytes_without_images: u64,
) {
    set(config, "max_body_bytes_without_images", Ok(max_body_bytes_without_images));
}

/// How many calls a stream of many calls keeps in flight; at least 1. Default: 16.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_max_concurrency(config: *mut cloudauth_config, max_concurrency: u64) {
    set(config, "max_concurrency", Ok(max_concurrency));
}

/// PEM file of certificates to trust beside the system's: authorities, or a server's own, which is trusted for the names in
/// it. A regular file of at most 4 MiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_ca_file(config: *mut cloudauth_config, ca_file: *const c_char) {
    // SAFETY: the caller's promise, as the header has it.
    unsafe { set_text(config, "ca_file", ca_file) }
}

/// URL of a proxy (http, https, socks5 or socks5h), or none for a direct connection. Absent: HTTPS_PROXY, ALL_PROXY and
/// NO_PROXY decide, as for curl; docs/proxies.md has the rules. Loopback never goes through a proxy.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_proxy(config: *mut cloudauth_config, proxy: *const c_char) {
    // SAFETY: the caller's promise, as the header has it.
    unsafe { set_text(config, "proxy", proxy) }
}

/// Accept plain http to hosts that are not loopback. For tests on a network of your own: signatures and faces then travel in
/// the open.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_allow_insecure(config: *mut cloudauth_config, allow_insecure: bool) {
    set(config, "allow_insecure", Ok(allow_insecure));
}

/// Appended to the User-Agent header, which has at most 512 characters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_user_agent(config: *mut cloudauth_config, user_agent: *const c_char) {
    // SAFETY: the caller's promise, as the header has it.
    unsafe { set_text(config, "user_agent", user_agent) }
}

/// Keep the reply's body with each result, byte for byte as it came, for an archive. A result then takes as much memory again
/// as its reply.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_config_set_keep_raw(config: *mut cloudauth_config, keep_raw: bool) {
    set(config, "keep_raw", Ok(keep_raw));
}
