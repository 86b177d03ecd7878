//! Signature V3, ACS3-HMAC-SHA256 over a canonical request.

use std::borrow::Cow;
use std::fmt::{self, Write};

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::digest::{self, hex, hex_into};

/// The scheme's name, which opens both the string to sign and the `Authorization` header.
pub const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// Lower-case hex of the SHA-256 of `payload`: the value of `x-acs-content-sha256`.
pub fn hashed_payload(payload: &[u8]) -> String {
    digest::sha256(payload)
}

/// [`hashed_payload`] of nothing, as most requests have it.
pub(super) const HASHED_NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The headers as they are signed: names in lower case and sorted, values trimmed, equal names joined with `,`.
pub fn canonical_headers<N: AsRef<str>, V: AsRef<str>>(headers: &[(N, V)]) -> CanonicalHeaders<'_> {
    let mut out: CanonicalHeaders<'_> =
        headers.iter().map(|(name, value)| (lower_case(name.as_ref()), Cow::from(value.as_ref().trim()))).collect();
    out.sort_unstable();
    out.dedup_by(|(name, value), (last, values)| {
        let same = name == last;
        if same {
            *values = [values, ",", value].concat().into();
        }
        same
    });
    out
}

/// Names and values.
pub type CanonicalHeaders<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

/// The names of `canonical_headers`, joined with `;`.
pub fn signed_headers<N: AsRef<str>, V>(canonical_headers: &[(N, V)]) -> String {
    Names(canonical_headers).to_string()
}

/// [`signed_headers`] of these, for whoever takes them piece by piece.
pub(super) struct Names<'a, N, V>(pub(super) &'a [(N, V)]);

impl<N: AsRef<str>, V> fmt::Display for Names<'_, N, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, _)) in self.0.iter().enumerate() {
            f.write_str(if index > 0 { ";" } else { "" })?;
            f.write_str(name.as_ref())?;
        }
        Ok(())
    }
}

/// `METHOD\nURI\nQUERY\nHEADERS\nSIGNED\nHASH`; every header ends its own line, so a blank line follows them.
pub fn canonical_request<N: AsRef<str>, V: AsRef<str>>(
    method: &str,
    path: &str,
    canonical_query: &str,
    canonical_headers: &[(N, V)],
    signed_headers: &str,
    hashed_payload: &str,
) -> String {
    let signed_headers = &signed_headers;
    CanonicalRequest { method, path, canonical_query, canonical_headers, signed_headers, hashed_payload }.to_string()
}

/// [`canonical_request`] with these arguments, for whoever takes it piece by piece.
pub(super) struct CanonicalRequest<'a, N, V> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) canonical_query: &'a str,
    pub(super) canonical_headers: &'a [(N, V)],
    pub(super) signed_headers: &'a dyn fmt::Display,
    pub(super) hashed_payload: &'a str,
}

impl<N: AsRef<str>, V: AsRef<str>> fmt::Display for CanonicalRequest<'_, N, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in [self.method, self.path, self.canonical_query] {
            f.write_str(line)?;
            f.write_char('\n')?;
        }
        for (name, value) in self.canonical_headers {
            for piece in [name.as_ref(), ":", value.as_ref().trim(), "\n"] {
                f.write_str(piece)?;
            }
        }
        write!(f, "\n{}\n{}", self.signed_headers, self.hashed_payload)
    }
}

/// The algorithm and the hash of the canonical request.
pub fn string_to_sign(canonical_request: &str) -> String {
    signed_text(canonical_request)
}

/// The same. The request may hold a token, and is nowhere as a whole.
pub(super) fn signed_text(canonical_request: impl fmt::Display) -> String {
    let mut hash = Hashing(Sha256::new());
    // Hashing cannot fail.
    let _ = write!(hash, "{canonical_request}");
    let mut out = String::with_capacity(ALGORITHM.len() + 65);
    out.push_str(ALGORITHM);
    out.push('\n');
    hex_into(&mut out, &hash.0.finalize());
    out
}

struct Hashing(Sha256);

impl Write for Hashing {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text);
        Ok(())
    }
}

/// Lower-case hex of the HMAC-SHA256 whose key is `secret` as it is.
pub fn signature(secret: &str, string_to_sign: &str) -> String {
    hex(&mac(secret, string_to_sign))
}

pub(super) fn mac(secret: &str, string_to_sign: &str) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(string_to_sign.as_bytes());
    mac.finalize().into_bytes().into()
}

/// The value of the `Authorization` header.
pub fn authorization(access_key_id: &str, signed_headers: &str, signature: &str) -> String {
    let mut out = String::new();
    authorize(&mut out, access_key_id, &signed_headers, |out| out.push_str(signature));
    out
}

/// How long such a value is, beside the id and the names.
pub(super) const AUTHORIZATION: usize = ALGORITHM.len() + " Credential=,SignedHeaders=,Signature=".len() + 64;

/// Appends [`authorization`], whose signature `sign` appends.
pub(super) fn authorize(
    out: &mut String,
    access_key_id: &str,
    signed_headers: &dyn fmt::Display,
    sign: impl FnOnce(&mut String),
) {
    // Writing to a text cannot fail.
    let _ = write!(out, "{ALGORITHM} Credential={access_key_id},SignedHeaders={signed_headers},Signature=");
    sign(out);
}
