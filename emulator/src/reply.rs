//! What goes back to the client, before HTTP frames it.

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use serde_json::{Value, json};

use crate::codes::Refusal;
use crate::verify::hex;

/// A whole reply.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Bytes,
}

impl Reply {
    pub(crate) fn new(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Reply {
        Reply { status, headers: vec![(CONTENT_TYPE, HeaderValue::from_static(kind))], body: body.into() }
    }

    pub(crate) fn json(status: StatusCode, body: &Value) -> Reply {
        Reply::new(status, "application/json;charset=utf-8", body.to_string())
    }

    /// Text, as an instance's metadata is.
    pub(crate) fn text(status: StatusCode, body: impl Into<Bytes>) -> Reply {
        Reply::new(status, "text/plain;charset=utf-8", body)
    }

    /// An error that is not the gateway's.
    pub(crate) fn plain(status: StatusCode, error: &str) -> Reply {
        Reply::json(status, &json!({"error": error}))
    }

    /// The gateway's error body.
    pub(crate) fn refusal(refusal: &Refusal, request_id: &str, host: &str, endpoint: &str) -> Reply {
        let status = StatusCode::from_u16(refusal.code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = json!({
            "RequestId": request_id,
            "HostId": host,
            "Code": refusal.code.name,
            "Message": refusal.message,
            "Recommend": format!("{endpoint}/#{}", refusal.code.name),
        });
        Reply::json(status, &body)
    }

    /// An error body as an object store writes it.
    pub(crate) fn xml_error(status: StatusCode, code: &str, message: &str, request_id: &str) -> Reply {
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>{code}</Code>\n  \
             <Message>{message}</Message>\n  <RequestId>{request_id}</RequestId>\n</Error>\n"
        );
        Reply::new(status, "application/xml", body)
    }
}

/// Fresh random bytes.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // The emulator's ids and keys protect nothing; zeros are better than a panic.
    let _ = getrandom::fill(&mut bytes);
    bytes
}

/// A fresh upper-case UUID.
pub(crate) fn request_id() -> String {
    let mut bytes = random::<16>();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let text = hex(&bytes).to_ascii_uppercase();
    [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_ids_are_fresh_upper_case_uuids() {
        let id = request_id();
        assert_ne!(id, request_id());
        let lengths: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert!(id.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte)));
        assert_eq!(&id[14..15], "4");
    }
}
