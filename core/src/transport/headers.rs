//! Header lines, as they are sent.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::header_lines::HeaderLines;
use crate::sign;

/// Host, agent, length, and what a proxy needs.
const ADDED: usize = 4;

/// `lines` as the HTTP library takes them; what is secret is marked.
pub(super) fn headers(lines: HeaderLines) -> Result<HeaderMap> {
    let mut out = HeaderMap::with_capacity(lines.len() + ADDED);
    for (name, value) in lines.into_bytes() {
        let mut value = HeaderValue::from_maybe_shared(value)
            .map_err(|_| Error::new(Kind::Credentials, "the credentials hold characters that cannot stand in a header"))?;
        value.set_sensitive(sign::is_token(name) || matches!(name, "x-aliyun-ecs-metadata-token" | "authorization"));
        out.insert(HeaderName::from_static(name), value);
    }
    Ok(out)
}
