//! Header lines, as they are sent.

use http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::wiped::wiped;
use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::sign;

/// `headers` as the HTTP library takes them; what is secret is marked, and tokens are wiped.
pub(super) fn headers(headers: Vec<(&'static str, String)>) -> Result<HeaderMap> {
    let mut out = HeaderMap::with_capacity(headers.len() + 2);
    for (name, value) in headers {
        let token = sign::is_token(name) || name == "x-aliyun-ecs-metadata-token";
        let value = if token { HeaderValue::from_maybe_shared(wiped(Zeroizing::new(value))) } else { value.try_into() };
        let mut value =
            value.map_err(|_| Error::new(Kind::Credentials, "the credentials hold characters that cannot stand in a header"))?;
        value.set_sensitive(token || name == "authorization");
        out.insert(HeaderName::from_static(name), value);
    }
    Ok(out)
}
