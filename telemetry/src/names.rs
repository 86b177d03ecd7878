//! What a span's fields are called in OpenTelemetry: by its conventions where they have a name that is stable, else below
//! `cloudauth.`.

pub(super) const ERROR_TYPE: &str = "error.type";
pub(super) const REQUEST_METHOD: &str = "http.request.method";
pub(super) const RESEND_COUNT: &str = "http.request.resend_count";
pub(super) const SERVER_ADDRESS: &str = "server.address";
pub(super) const SERVER_PORT: &str = "server.port";

/// The attribute that holds a field as it is; `None` where the field becomes something else, or is not known here.
pub(super) fn attribute(field: &str) -> Option<&'static str> {
    Some(match field {
        "kind" => ERROR_TYPE,
        "http_status" => "http.response.status_code",
        "action" => "cloudauth.action",
        "signature" => "cloudauth.signature",
        "code" => "cloudauth.code",
        "attempts" => "cloudauth.attempts",
        "permit_wait_ms" => "cloudauth.permit_wait_ms",
        "pause_ms" => "cloudauth.pause_ms",
        _ => return None,
    })
}
