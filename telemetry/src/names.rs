//! What a span's fields are called in OpenTelemetry: as an event's are.

use crate::attributes::{ATTEMPTS, CODE, HTTP_STATUS, KIND, OPERATION, PAUSE, PERMIT_WAIT};

/// The attribute that holds a field as it is; `None` where the field becomes something else, or is not known here.
pub(super) fn attribute(field: &str) -> Option<&'static str> {
    Some(match field {
        "kind" => KIND,
        "http_status" => HTTP_STATUS,
        "action" => OPERATION,
        "signature" => "cloudauth.signature",
        "code" => CODE,
        "attempts" => ATTEMPTS,
        "permit_wait_ms" => PERMIT_WAIT,
        "pause_ms" => PAUSE,
        _ => return None,
    })
}
