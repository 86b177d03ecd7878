//! RPC signature version 1.0: HMAC-SHA1 over all parameters of query and form together.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use super::claim::{Claim, Scheme};
use super::percent;
use crate::request::Request;

pub(crate) const METHOD: &str = "HMAC-SHA1";

/// Reads the common parameters; the error says what is malformed.
pub(crate) fn claim(request: &Request) -> Result<Claim, String> {
    for (name, want) in [("SignatureMethod", METHOD), ("SignatureVersion", "1.0")] {
        if request.parameter(name) != Some(want) {
            return Err(format!("{name} must be {want}."));
        }
    }
    if request.query.keys().any(|name| request.form.contains_key(name)) {
        return Err("A parameter stands both in the query and in the body.".to_owned());
    }
    let text = |name| request.parameter(name).unwrap_or_default().to_owned();
    let all = request.query.iter().chain(&request.form);
    let signed = all.map(|(name, value)| (name.as_str(), value.as_str())).filter(|(name, _)| *name != "Signature");
    Ok(Claim {
        scheme: Scheme::Rpc1,
        access_key_id: text("AccessKeyId"),
        timestamp: text("Timestamp"),
        nonce: text("SignatureNonce"),
        security_token: request.parameter("SecurityToken").map(str::to_owned),
        string_to_sign: string_to_sign(&request.method, signed),
        signature: text("Signature"),
        // A form's parameters are signed one by one; no other body says anything here.
        body_holds: true,
    })
}

/// `METHOD&%2F&` and the encoded canonical query. The path is always `/`.
pub(crate) fn string_to_sign<'a>(method: &str, parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    format!("{method}&%2F&{}", percent::encode(&percent::query(parameters)))
}

/// Whether `signature` (base64) is the HMAC-SHA1 under `secret` and `&`.
pub(crate) fn verify(secret: &str, string_to_sign: &str, signature: &str) -> bool {
    let Ok(signature) = BASE64_STANDARD.decode(signature) else { return false };
    let key = format!("{secret}&");
    Hmac::<Sha1>::new_from_slice(key.as_bytes())
        .is_ok_and(|mac| mac.chain_update(string_to_sign).verify_slice(&signature).is_ok())
}
