//! What the services of keys answer, and what a program prints. No word of it gets into a message but from a list.

use std::mem;
use std::time::Duration;

use serde_json::Value;
use zeroize::Zeroizing;

use super::json::Json;
use super::{Credentials, time};
use crate::error::{Error, Result};
use crate::identifier;
use crate::scrub;

/// The largest answer taken, in bytes.
pub(super) const CAP: usize = 64 << 10;
/// How long a service may take to answer, connecting included.
pub(super) const TIMEOUT: Duration = Duration::from_secs(10);

/// How an answer names its parts.
pub(super) struct Names {
    id: &'static str,
    secret: &'static str,
    token: &'static str,
    expiration: &'static str,
}

pub(super) const PASCAL: Names =
    Names { id: "AccessKeyId", secret: "AccessKeySecret", token: "SecurityToken", expiration: "Expiration" };
pub(super) const SNAKE: Names =
    Names { id: "access_key_id", secret: "access_key_secret", token: "sts_token", expiration: "expiration" };

/// A service that could not be asked.
#[allow(clippy::needless_pass_by_value, reason = "made for map_err")]
pub(super) fn lost(error: Error) -> Error {
    Error::credentials(format!("keys could not be fetched: {error}"))
}

/// The body as an object, or why it is none.
pub(super) fn object(body: &[u8], status: u16, who: &str) -> Result<Json> {
    match Json::read(body).filter(|json| json.is_object()) {
        Some(json) => Ok(json),
        None if status == 200 => Err(Error::credentials(format!("{who} answered with something that is not a JSON object"))),
        None => Err(Error::credentials(format!("{who} answered with HTTP status {status}"))),
    }
}

/// Why a service refused.
pub(super) fn refused(json: &Json, status: u16, who: &str) -> Error {
    let text = |name: &str| json.get(name).and_then(Value::as_str).unwrap_or_default();
    let code = identifier::code(text("Code"));
    let id = Some(text("RequestId")).filter(|id| !id.is_empty()).map(|id| format!(", request id {}", identifier::request_id(id)));
    let said = scrub::message(text("Message"));
    let said = if said.is_empty() { said } else { format!("; it said: {said}") };
    Error::credentials(format!("{who} answered {code} (HTTP status {status}{}){said}", id.unwrap_or_default()))
}

/// The keys in `json`, without a copy of them.
pub(super) fn keys(json: &mut Json, names: &Names, who: &str) -> Result<Credentials> {
    let mut take = |name: &str| {
        let text = json.take(name).and_then(Json::into_text).map(Zeroizing::new);
        text.filter(|text| !text.is_empty())
    };
    let missing = |name: &str| Error::credentials(format!("{who} answered without {name}"));
    let (id, secret, token) = (take(names.id), take(names.secret), take(names.token));
    let mut id = id.ok_or_else(|| missing(names.id))?;
    let mut secret = secret.ok_or_else(|| missing(names.secret))?;
    let end = take(names.expiration).map(|text| {
        let end = time::parse(&text);
        end.ok_or_else(|| Error::credentials(format!("{who} answered with an {} that is not a time", names.expiration)))
    });
    let end = end.transpose()?;
    let token = token.map(|mut token| mem::take(&mut *token));
    let credentials = Credentials::new(mem::take(&mut *id), mem::take(&mut *secret), token);
    let credentials = credentials.map_err(|error| Error::credentials(format!("from {who}, {error}")))?;
    Ok(match end {
        Some(end) => credentials.with_expiry(end),
        None => credentials,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Credentials> {
        keys(&mut object(text.as_bytes(), 200, "it")?, &PASCAL, "it")
    }

    #[test]
    fn what_is_missing_or_wrong_is_named_and_nothing_is_repeated() {
        for (text, says) in [
            ("", "it answered with something that is not a JSON object"),
            ("[]", "it answered with something that is not a JSON object"),
            ("{}", "it answered without AccessKeyId"),
            (r#"{"AccessKeyId":"canary"}"#, "it answered without AccessKeySecret"),
            (r#"{"AccessKeySecret":"canary"}"#, "it answered without AccessKeyId"),
            (r#"{"AccessKeyId":"canary","AccessKeySecret":7}"#, "it answered without AccessKeySecret"),
            (
                r#"{"AccessKeyId":"canary","AccessKeySecret":"canary","Expiration":"canary"}"#,
                "it answered with an Expiration that is not a time",
            ),
            (
                r#"{"AccessKeyId":"canary","AccessKeySecret":"can ary"}"#,
                "from it, access_key_secret: must be printable ASCII without blanks (a line break at its end, perhaps?)",
            ),
        ] {
            let error = read(text).expect_err(text);
            assert_eq!(error.message(), says);
        }
        let keys = read(r#"{"AccessKeyId":"a","AccessKeySecret":"b","SecurityToken":"","Expiration":"1970-01-01T00:00:09Z"}"#);
        let keys = keys.unwrap();
        assert_eq!((keys.access_key_id(), keys.access_key_secret(), keys.security_token()), ("a", "b", None));
        assert_eq!(keys.expires_at(), Some(std::time::UNIX_EPOCH + std::time::Duration::from_secs(9)));
    }

    #[test]
    fn codes_are_shown_by_their_form_and_words_from_a_list() {
        let error = |text: &str| refused(&object(text.as_bytes(), 403, "STS").unwrap(), 403, "STS").to_string();
        assert_eq!(error(r#"{"Code":"canary","Message":"canary"}"#), "STS answered … (HTTP status 403); it said: …");
        assert_eq!(error(r#"{"Code":"NoPermission"}"#), "STS answered NoPermission (HTTP status 403)");
        assert!(error(r#"{"Code":"SignatureDoesNotMatch"}"#).contains("SignatureDoesNotMatch"));
        assert_eq!(object(b"<html>", 502, "STS").unwrap_err().message(), "STS answered with HTTP status 502");
    }
}
