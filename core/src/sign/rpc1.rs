//! RPC signature 1.0, HMAC-SHA1 over method and sorted parameters.
//!
//! The service's documentation also calls this scheme "signature method V2 (RPC)".

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::percent;

/// What is signed: `METHOD&%2F&` and the canonical query, encoded once more.
pub fn string_to_sign(method: &str, canonical_query: &str) -> String {
    let mut out = String::with_capacity(method.len() + percent::room(canonical_query) + 8);
    out.push_str(method);
    out.push_str("&%2F&");
    percent::encode_into(&mut out, canonical_query);
    out
}

/// Base64 of the HMAC-SHA1 whose key is `secret` followed by `&`.
pub fn signature(secret: &str, string_to_sign: &str) -> String {
    let key = zeroize::Zeroizing::new([secret.as_bytes(), b"&"].concat());
    let mut mac = Hmac::<Sha1>::new_from_slice(&key).expect("HMAC takes a key of any length");
    mac.update(string_to_sign.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}
