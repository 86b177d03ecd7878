// Generated from core/schema/options.toml by `cargo xtask generate`; do not edit.

use std::path::PathBuf;
use std::time::Duration;

use zeroize::Zeroizing;

use super::{Value, unknown};
use crate::error::Result;

/// The options that a client was given; `None` leaves the choice to the library.
#[derive(Clone, Default)]
pub(crate) struct Given {
    pub(crate) region: Option<Zeroizing<String>>,
    pub(crate) network: Option<Zeroizing<String>>,
    pub(crate) endpoint: Option<Zeroizing<String>>,
    pub(crate) signature: Option<Zeroizing<String>>,
    pub(crate) access_key_id: Option<Zeroizing<String>>,
    pub(crate) access_key_secret: Option<Zeroizing<String>>,
    pub(crate) security_token: Option<Zeroizing<String>>,
    pub(crate) profile: Option<Zeroizing<String>>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) max_attempts: Option<usize>,
    pub(crate) retry_base: Option<Duration>,
    pub(crate) throttle_base: Option<Duration>,
    pub(crate) retry_cap: Option<Duration>,
    pub(crate) qps: Option<usize>,
    pub(crate) quota: Option<Zeroizing<String>>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) keep_warm: Option<Duration>,
    pub(crate) max_connections: Option<usize>,
    pub(crate) max_body_bytes: Option<usize>,
    pub(crate) max_body_bytes_without_images: Option<usize>,
    pub(crate) max_concurrency: Option<usize>,
    pub(crate) ca_file: Option<PathBuf>,
    pub(crate) proxy: Option<Zeroizing<String>>,
    pub(crate) allow_insecure: Option<bool>,
    pub(crate) user_agent: Option<Zeroizing<String>>,
    pub(crate) keep_raw: Option<bool>,
}

impl Given {
    /// Takes `value` for the option of that name, if it is one of its kind.
    pub(crate) fn set(&mut self, name: &str, value: Value) -> Result<()> {
        match name {
            "region" => self.region = value.text(name)?,
            "network" => self.network = value.text(name)?,
            "endpoint" => self.endpoint = value.text(name)?,
            "signature" => self.signature = value.text(name)?,
            "access_key_id" => self.access_key_id = value.text(name)?,
            "access_key_secret" => self.access_key_secret = value.text(name)?,
            "security_token" => self.security_token = value.text(name)?,
            "profile" => self.profile = value.text(name)?,
            "timeout_ms" => self.timeout = value.duration(name)?,
            "attempt_timeout_ms" => self.attempt_timeout = value.duration(name)?,
            "connect_timeout_ms" => self.connect_timeout = value.duration(name)?,
            "max_attempts" => self.max_attempts = value.number(name)?,
            "retry_base_ms" => self.retry_base = value.duration(name)?,
            "throttle_base_ms" => self.throttle_base = value.duration(name)?,
            "retry_cap_ms" => self.retry_cap = value.duration(name)?,
            "qps" => self.qps = value.number(name)?,
            "quota" => self.quota = value.text(name)?,
            "idle_timeout_ms" => self.idle_timeout = value.duration(name)?,
            "keep_warm_ms" => self.keep_warm = value.duration(name)?,
            "max_connections" => self.max_connections = value.number(name)?,
            "max_body_bytes" => self.max_body_bytes = value.number(name)?,
            "max_body_bytes_without_images" => self.max_body_bytes_without_images = value.number(name)?,
            "max_concurrency" => self.max_concurrency = value.number(name)?,
            "ca_file" => self.ca_file = value.path(name)?,
            "proxy" => self.proxy = value.text(name)?,
            "allow_insecure" => self.allow_insecure = value.flag(name)?,
            "user_agent" => self.user_agent = value.text(name)?,
            "keep_raw" => self.keep_raw = value.flag(name)?,
            _ => return Err(unknown(name)),
        }
        Ok(())
    }
}
