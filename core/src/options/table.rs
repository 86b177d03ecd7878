// Generated from core/schema/options.toml by `cargo xtask generate`; do not edit.

use std::time::Duration;

use super::{OptionKind, OptionScope, OptionSpec};

/// Default of `network`.
pub const NETWORK: &str = "public";
/// Default of `signature`.
pub const SIGNATURE: &str = "acs3";
/// Default of `timeout_ms`.
pub const TIMEOUT: Duration = Duration::from_mins(1);
/// Default of `attempt_timeout_ms`.
pub const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(15);
/// Default of `connect_timeout_ms`.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Default of `max_attempts`.
pub const MAX_ATTEMPTS: usize = 3;
/// Default of `retry_base_ms`.
pub const RETRY_BASE: Duration = Duration::from_millis(50);
/// Default of `throttle_base_ms`.
pub const THROTTLE_BASE: Duration = Duration::from_secs(1);
/// Default of `retry_cap_ms`.
pub const RETRY_CAP: Duration = Duration::from_secs(20);
/// Default of `idle_timeout_ms`.
pub const IDLE_TIMEOUT: Duration = Duration::from_mins(1);
/// Default of `max_connections`.
pub const MAX_CONNECTIONS: usize = 64;
/// Default of `max_body_bytes`.
pub const MAX_BODY_BYTES: usize = 67_108_864;
/// Default of `max_body_bytes_without_images`.
pub const MAX_BODY_BYTES_WITHOUT_IMAGES: usize = 1_048_576;
/// Default of `max_concurrency`.
pub const MAX_CONCURRENCY: usize = 16;
/// Default of `allow_insecure`.
pub const ALLOW_INSECURE: bool = false;
/// Default of `keep_raw`.
pub const KEEP_RAW: bool = false;
/// Values in a reply: texts, numbers, flags, nulls, lists and objects, over all JSON texts in it. Beyond, the reply is `too_large`.
pub const MAX_VALUES: usize = 12_288;
/// Bytes of a reply beside its images. Beyond, the reply is `too_large`.
pub const MAX_BYTES_BESIDE_IMAGES: usize = 4_194_304;
/// One text that is neither an image nor JSON. A longer one is left out, with a problem, and does not count as bytes.
pub const MAX_TEXT_BYTES: usize = 1_048_576;
/// Lists and objects inside each other, counted over all texts in which they are nested; fewer than this many. A text that goes deeper is not decoded, and a body that does is no reply.
pub const MAX_DEPTH: usize = 128;
/// Problems of a result. One more then says how many were left out.
pub const MAX_PROBLEMS: usize = 100;
/// Bytes of all problems' paths and texts together. One text takes a quarter of them at most; what is longer is cut, and ends in ….
pub const MAX_PROBLEM_BYTES: usize = 262_144;
/// Bytes of one problem's path. A longer one is cut, and ends in ….
pub const MAX_PATH_BYTES: usize = 16_384;

/// Every option, in the order of the documentation.
pub static OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "region",
        kind: OptionKind::Text,
        default: None,
        env: Some("CLOUDAUTH_REGION"),
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "network",
        kind: OptionKind::Choice(&["public", "internal"]),
        default: Some("public"),
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "endpoint",
        kind: OptionKind::Text,
        default: None,
        env: Some("CLOUDAUTH_ENDPOINT"),
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "signature",
        kind: OptionKind::Choice(&["acs3", "rpc1"]),
        default: Some("acs3"),
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "access_key_id",
        kind: OptionKind::Text,
        default: None,
        env: Some("ALIBABA_CLOUD_ACCESS_KEY_ID"),
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "access_key_secret",
        kind: OptionKind::Text,
        default: None,
        env: Some("ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
        secret: true,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "security_token",
        kind: OptionKind::Text,
        default: None,
        env: Some("ALIBABA_CLOUD_SECURITY_TOKEN"),
        secret: true,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "profile",
        kind: OptionKind::Text,
        default: None,
        env: Some("ALIBABA_CLOUD_PROFILE"),
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "timeout_ms",
        kind: OptionKind::DurationMs,
        default: Some("60000"),
        env: None,
        secret: false,
        scope: OptionScope::Call,
    },
    OptionSpec {
        name: "attempt_timeout_ms",
        kind: OptionKind::DurationMs,
        default: Some("15000"),
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "connect_timeout_ms",
        kind: OptionKind::DurationMs,
        default: Some("5000"),
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "max_attempts",
        kind: OptionKind::Count,
        default: Some("3"),
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "retry_base_ms",
        kind: OptionKind::DurationMs,
        default: Some("50"),
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "throttle_base_ms",
        kind: OptionKind::DurationMs,
        default: Some("1000"),
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "retry_cap_ms",
        kind: OptionKind::DurationMs,
        default: Some("20000"),
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec { name: "qps", kind: OptionKind::Count, default: None, env: None, secret: false, scope: OptionScope::Client },
    OptionSpec {
        name: "quota",
        kind: OptionKind::Text,
        default: None,
        env: Some("CLOUDAUTH_QUOTA"),
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "idle_timeout_ms",
        kind: OptionKind::DurationMs,
        default: Some("60000"),
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "keep_warm_ms",
        kind: OptionKind::DurationMs,
        default: None,
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "max_connections",
        kind: OptionKind::Count,
        default: Some("64"),
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "max_body_bytes",
        kind: OptionKind::Bytes,
        default: Some("67108864"),
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "max_body_bytes_without_images",
        kind: OptionKind::Bytes,
        default: Some("1048576"),
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "max_concurrency",
        kind: OptionKind::Count,
        default: Some("16"),
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec { name: "ca_file", kind: OptionKind::Path, default: None, env: None, secret: false, scope: OptionScope::Client },
    OptionSpec { name: "proxy", kind: OptionKind::Text, default: None, env: None, secret: false, scope: OptionScope::Client },
    OptionSpec {
        name: "allow_insecure",
        kind: OptionKind::Flag,
        default: Some("false"),
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "user_agent",
        kind: OptionKind::Text,
        default: None,
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
    OptionSpec {
        name: "keep_raw",
        kind: OptionKind::Flag,
        default: Some("false"),
        env: None,
        secret: false,
        scope: OptionScope::Client,
    },
];
