// Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.

//! What OpenTelemetry calls the fields of events.

pub(super) const SERVER_ADDRESS: &str = "server.address";
pub(super) const SERVER_PORT: &str = "server.port";
pub(super) const KIND: &str = "error.type";
pub(super) const HTTP_STATUS: &str = "http.response.status_code";
pub(super) const METHOD: &str = "http.request.method";
pub(super) const ATTEMPT: &str = "http.request.resend_count";
pub(super) const OPERATION: &str = "cloudauth.action";
pub(super) const ATTEMPTS: &str = "cloudauth.attempts";
pub(super) const CODE: &str = "cloudauth.code";
pub(super) const PERMIT_WAIT: &str = "cloudauth.permit_wait_ms";
pub(super) const PAUSE: &str = "cloudauth.pause_ms";
