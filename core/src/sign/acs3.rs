//! Signature V3, ACS3-HMAC-SHA256 over a canonical request.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::digest::{self, hex};

/// The scheme's name, which opens both the string to sign and the `Authorization` header.
pub const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// Lower-case hex of the SHA-256 of `payload`: the value of `x-acs-content-sha256`.
pub fn hashed_payload(payload: &[u8]) -> String {
    digest::sha256(payload)
}

/// The headers as they are signed: names in lower case and sorted, values trimmed, equal names joined with `,`.
pub fn canonical_headers<N: AsRef<str>, V: AsRef<str>>(headers: &[(N, V)]) -> Vec<(String, String)> {
    let mut sorted: Vec<(String, &str)> =
        headers.iter().map(|(name, value)| (name.as_ref().to_ascii_lowercase(), value.as_ref().trim())).collect();
    sorted.sort_unstable();
    let mut out: Vec<(String, String)> = Vec::with_capacity(sorted.len());
    for (name, value) in sorted {
        match out.last_mut() {
            Some((last, values)) if *last == name => {
                values.push(',');
                values.push_str(value);
            }
            _ => out.push((name, value.to_owned())),
        }
    }
    out
}

/// The names of `canonical_headers`, joined with `;`.
pub fn signed_headers(canonical_headers: &[(String, String)]) -> String {
    canonical_headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";")
}

/// `METHOD\nURI\nQUERY\nHEADERS\nSIGNED\nHASH`; every header ends its own line, so a blank line follows them.
pub fn canonical_request(
    method: &str,
    path: &str,
    canonical_query: &str,
    canonical_headers: &[(String, String)],
    hashed_payload: &str,
) -> String {
    let lines = canonical_headers.iter().map(|(name, value)| 2 * name.len() + value.len() + 3);
    // Of the full size from the start: where it grew, a part of a token would be left behind.
    let length = method.len() + path.len() + canonical_query.len() + hashed_payload.len() + lines.sum::<usize>() + 8;
    let mut out = String::with_capacity(length);
    // Writing to a String cannot fail.
    let _ = write!(out, "{method}\n{path}\n{canonical_query}\n");
    for (name, value) in canonical_headers {
        let _ = writeln!(out, "{name}:{value}");
    }
    let _ = write!(out, "\n{}\n{hashed_payload}", signed_headers(canonical_headers));
    out
}

/// The algorithm and the hash of the canonical request.
pub fn string_to_sign(canonical_request: &str) -> String {
    format!("{ALGORITHM}\n{}", hashed_payload(canonical_request.as_bytes()))
}

/// Lower-case hex of the HMAC-SHA256 whose key is `secret` as it is.
pub fn signature(secret: &str, string_to_sign: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(string_to_sign.as_bytes());
    hex(&mac.finalize().into_bytes())
}

/// The value of the `Authorization` header.
pub fn authorization(access_key_id: &str, signed_headers: &str, signature: &str) -> String {
    format!("{ALGORITHM} Credential={access_key_id},SignedHeaders={signed_headers},Signature={signature}")
}
