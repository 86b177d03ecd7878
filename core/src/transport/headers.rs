//! Header lines, as they are sent.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::wiped::wiped;
use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::sign;

/// Host, agent, length, and what a proxy needs.
const ADDED: usize = 4;

/// `headers` as the HTTP library takes them; what is secret is marked, and tokens are wiped.
pub(super) fn headers(headers: Vec<(&'static str, Cow<'static, str>)>) -> Result<HeaderMap> {
    let mut out = HeaderMap::with_capacity(headers.len() + ADDED);
    for (name, value) in headers {
        let token = sign::is_token(name) || name == "x-aliyun-ecs-metadata-token";
        let value = match value {
            Cow::Borrowed(value) => Ok(HeaderValue::from_static(value)),
            Cow::Owned(value) if token => HeaderValue::from_maybe_shared(wiped(Zeroizing::new(value))),
            Cow::Owned(value) => value.try_into(),
        };
        let mut value =
            value.map_err(|_| Error::new(Kind::Credentials, "the credentials hold characters that cannot stand in a header"))?;
        value.set_sensitive(token || name == "authorization");
        out.insert(HeaderName::from_static(name), value);
    }
    Ok(out)
}
