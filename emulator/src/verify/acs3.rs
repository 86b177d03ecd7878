//! Signature V3, ACS3-HMAC-SHA256: a canonical request over method, path, query, named headers and body hash.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use super::claim::{Claim, Scheme};
use super::hex::hex;
use super::percent;
use crate::request::Request;

pub(crate) const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// Reads the `Authorization` header and what it signs; the error says what is malformed.
pub(crate) fn claim(request: &Request) -> Result<Claim, String> {
    let authorization = Authorization::parse(request.authorization().unwrap_or_default())?;
    let signed: Vec<&str> = authorization.signed_headers.split(';').filter(|name| !name.is_empty()).collect();
    // What the gateway acts on must be under the signature, or anyone on the way could change it.
    let must = |name: &str| name == "host" || name.starts_with("x-acs-");
    if let Some((name, _)) = request.headers.iter().find(|(name, _)| must(name) && !signed.contains(&name.as_str())) {
        return Err(format!("The header {name} is sent but not in SignedHeaders."));
    }
    if let Some(name) = signed.iter().find(|name| request.header(name).is_none()) {
        // Its name alone, and only its safe part: it comes from outside.
        let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(64).collect();
        return Err(format!("The header {name} is in SignedHeaders but was not sent."));
    }
    let sent_hash = request.header("x-acs-content-sha256").ok_or("The header x-acs-content-sha256 is missing.")?;
    let hash = hex(&Sha256::digest(&request.body));
    let query = request.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let headers = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let canonical = canonical_request(&request.method, &request.path, query, headers, &signed, &hash);
    let text = |name| request.header(name).unwrap_or_default().to_owned();
    Ok(Claim {
        scheme: Scheme::Acs3,
        access_key_id: authorization.credential.to_owned(),
        timestamp: text("x-acs-date"),
        nonce: text("x-acs-signature-nonce"),
        security_token: request.header("x-acs-security-token").map(str::to_owned),
        string_to_sign: string_to_sign(&canonical),
        signature: authorization.signature.to_owned(),
        body_holds: sent_hash == hash,
    })
}

/// The three parts of `ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…`.
#[derive(Debug)]
struct Authorization<'a> {
    credential: &'a str,
    signed_headers: &'a str,
    signature: &'a str,
}

impl<'a> Authorization<'a> {
    fn parse(text: &'a str) -> Result<Authorization<'a>, String> {
        let (algorithm, parts) = text.split_once(' ').unwrap_or((text, ""));
        if algorithm != ALGORITHM {
            return Err(format!("The Authorization header must begin with {ALGORITHM}."));
        }
        let part = |name: &str| {
            let mut found = parts.split(',').filter_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
            match (found.next(), found.next()) {
                (Some(value), None) if !value.is_empty() => Ok(value),
                _ => Err(format!("The Authorization header must hold {name} once.")),
            }
        };
        Ok(Authorization {
            credential: part("Credential")?,
            signed_headers: part("SignedHeaders")?,
            signature: part("Signature")?,
        })
    }
}

/// The canonical request. A header sent more than once has its values sorted and joined with `,`.
pub(crate) fn canonical_request<'a>(
    method: &str,
    path: &str,
    query: impl IntoIterator<Item = (&'a str, &'a str)>,
    headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    signed: &[&str],
    payload_hash: &str,
) -> String {
    let headers: Vec<(String, &str)> =
        headers.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value.trim())).collect();
    let mut names = signed.to_vec();
    names.sort_unstable();
    names.dedup();
    let mut lines = String::new();
    for name in &names {
        let mut values: Vec<&str> = headers.iter().filter(|(known, _)| known == name).map(|(_, value)| *value).collect();
        values.sort_unstable();
        lines.push_str(name);
        lines.push(':');
        lines.push_str(&values.join(","));
        lines.push('\n');
    }
    let path = if path.is_empty() { "/" } else { path };
    format!("{method}\n{path}\n{}\n{lines}\n{}\n{payload_hash}", percent::query(query), names.join(";"))
}

/// The algorithm and the hash of the canonical request.
pub(crate) fn string_to_sign(canonical_request: &str) -> String {
    format!("{ALGORITHM}\n{}", hex(&Sha256::digest(canonical_request)))
}

/// Whether `signature` (lower-case hex) is the HMAC-SHA256 under the bare secret.
pub(crate) fn verify(secret: &str, string_to_sign: &str, signature: &str) -> bool {
    let Some(signature) = unhex(signature) else { return false };
    Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .is_ok_and(|mac| mac.chain_update(string_to_sign).verify_slice(&signature).is_ok())
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| Some(digit(high)? * 16 + digit(low)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_malformed_authorization_is_named() {
        for (text, want) in [
            ("", "must begin with"),
            ("ACS3-HMAC-SM3 Credential=a,SignedHeaders=host,Signature=00", "must begin with"),
            ("ACS3-HMAC-SHA256", "Credential"),
            ("ACS3-HMAC-SHA256 SignedHeaders=host,Signature=00", "Credential"),
            ("ACS3-HMAC-SHA256 Credential=a,Signature=00", "SignedHeaders"),
            ("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=", "Signature"),
            ("ACS3-HMAC-SHA256 Credential=a,Credential=b,SignedHeaders=host,Signature=00", "Credential"),
        ] {
            let message = Authorization::parse(text).unwrap_err();
            assert!(message.contains(want), "{text}: {message}");
        }
    }

    /// A request with an empty body, signed right over whatever hash its header names.
    fn claimed(content_hash: &str) -> Claim {
        let secret = "secret";
        let body_hash = hex(&Sha256::digest(b""));
        let headers = [("host", "h"), ("x-acs-content-sha256", content_hash)];
        let signed = ["host", "x-acs-content-sha256"];
        let string_to_sign = string_to_sign(&canonical_request("POST", "/", [], headers, &signed, &body_hash));
        let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap().chain_update(string_to_sign);
        let signature = hex(&mac.finalize().into_bytes());
        let authorization = format!("{ALGORITHM} Credential=a,SignedHeaders={},Signature={signature}", signed.join(";"));
        let mut headers: Vec<_> = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        headers.push(("authorization".to_owned(), authorization));
        let (query, form) = Default::default();
        claim(&Request { method: "POST".into(), path: "/".into(), query, form, headers, body: hyper::body::Bytes::new() })
            .unwrap()
    }

    #[test]
    fn the_named_hash_must_be_the_bodys() {
        assert!(claimed(&hex(&Sha256::digest(b""))).holds("secret"));
        assert!(!claimed(&hex(&Sha256::digest(b"other"))).holds("secret"));
    }

    #[test]
    fn hex_is_lower_case_and_even() {
        assert_eq!(unhex("00ff"), Some(vec![0, 255]));
        assert_eq!(unhex("00FF"), None);
        assert_eq!(unhex("0"), None);
        assert_eq!(unhex("é0"), None);
    }
}
