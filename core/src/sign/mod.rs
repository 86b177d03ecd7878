//! Signing: pure functions from a request, credentials, a date and a nonce to what goes on the wire.

pub mod acs3;
pub mod percent;
pub mod rpc1;

use std::fmt;
use std::str::FromStr;

use zeroize::{Zeroize, Zeroizing};

use crate::access_key::Credentials;
use crate::digest::hex_into;
use crate::error::{Error, Result};
use crate::header_lines::HeaderLines;
use crate::options;

/// Which of the service's two signatures a client sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Signature {
    /// ACS3-HMAC-SHA256, which the service recommends.
    Acs3,
    /// RPC 1.0, HMAC-SHA1.
    Rpc1,
}

impl FromStr for Signature {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let named = [Self::Acs3, Self::Rpc1].into_iter().find(|signature| signature.name() == name);
        named.ok_or_else(|| options::mismatch("signature"))
    }
}

impl Signature {
    /// As the option `signature` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Acs3 => "acs3",
            Self::Rpc1 => "rpc1",
        }
    }

    /// The name that goes over the wire.
    pub fn algorithm(self) -> &'static str {
        match self {
            Self::Acs3 => acs3::ALGORITHM,
            Self::Rpc1 => "HMAC-SHA1",
        }
    }
}

/// A request before it is signed. The method is POST and the path `/`, as for every operation of this service.
pub struct Unsigned<'a> {
    /// The `Host` header, with the port where it is not the scheme's own.
    pub host: &'a str,
    pub action: &'a str,
    /// Of the API that the action belongs to; [`API_VERSION`](crate::operations::API_VERSION) for ID Verification.
    pub version: &'a str,
    /// Parameters that go in the query.
    pub query: &'a [(&'a str, &'a str)],
    /// Parameters that go in the body, form-encoded; none means an empty body.
    pub form: &'a [(&'a str, &'a str)],
    /// UTC, `yyyy-MM-ddTHH:mm:ssZ`.
    pub date: &'a str,
    /// Never used before with these credentials.
    pub nonce: &'a str,
}

/// A request as it goes on the wire. What may hold a security token or a picture is wiped when it is dropped.
pub struct Signed {
    /// Path and query.
    pub(crate) target: String,
    /// Lower-case names; `host` is left to the transport, which must send [`Unsigned::host`].
    pub(crate) headers: HeaderLines,
    pub(crate) body: String,
    /// To be held against the one the service reports when it refuses the signature.
    pub(crate) string_to_sign: String,
    has_token: bool,
}

impl Drop for Signed {
    fn drop(&mut self) {
        self.body.zeroize();
        if self.has_token {
            self.target.zeroize();
            self.string_to_sign.zeroize();
        }
    }
}

impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed").finish_non_exhaustive()
    }
}

/// The parameters are a merchant's and a person's own.
impl fmt::Debug for Unsigned<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unsigned").field("host", &self.host).field("action", &self.action).finish_non_exhaustive()
    }
}

/// Whether the header of that name holds a security token.
pub(crate) fn is_token(header: &str) -> bool {
    header == "x-acs-security-token"
}

/// What comes before a request's query.
const QUERY: &str = "/?";
const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// Signs `request`.
pub fn sign(signature: Signature, request: &Unsigned<'_>, credentials: &Credentials) -> Signed {
    match signature {
        Signature::Acs3 => sign_acs3(request, credentials),
        Signature::Rpc1 => sign_rpc1(request, credentials),
    }
}

fn sign_acs3(request: &Unsigned<'_>, credentials: &Credentials) -> Signed {
    let body = percent::canonical_query(request.form);
    let target = percent::canonical_query_behind(QUERY, request.query);
    let hash = if body.is_empty() { acs3::HASHED_NOTHING } else { &acs3::hashed_payload(body.as_bytes()) };
    let (id, token) = (credentials.access_key_id(), credentials.security_token());
    // As they are signed: sorted by name.
    let mut lines = Vec::with_capacity(9);
    lines.extend((!body.is_empty()).then_some(("content-type", FORM)));
    lines.push(("host", request.host));
    lines.extend(token.map(|_| ("x-acs-accesskey-id", id)));
    lines.extend([("x-acs-action", request.action), ("x-acs-content-sha256", hash), ("x-acs-date", request.date)]);
    lines.extend(token.map(|token| ("x-acs-security-token", token)));
    lines.extend([("x-acs-signature-nonce", request.nonce), ("x-acs-version", request.version)]);
    let names = acs3::Names(&lines);
    let string_to_sign = acs3::signed_text(acs3::CanonicalRequest {
        method: "POST",
        path: "/",
        canonical_query: &target[QUERY.len()..],
        canonical_headers: &lines,
        signed_headers: &names,
        hashed_payload: hash,
    });
    let mac = acs3::mac(credentials.access_key_secret(), &string_to_sign);
    let room: usize = lines.iter().map(|(name, value)| name.len() + 1 + value.len()).sum();
    let mut headers = HeaderLines::with_room(lines.len() + 1, room + acs3::AUTHORIZATION + id.len() + JSON.len());
    headers.push_with("authorization", |text| acs3::authorize(text, id, &names, |text| hex_into(text, &mac)));
    let sent = lines.iter().filter(|(name, _)| *name != "host");
    sent.chain([&("accept", JSON)]).for_each(|(name, value)| headers.push(name, value));
    Signed { target, headers, body, string_to_sign, has_token: token.is_some() }
}

fn sign_rpc1(request: &Unsigned<'_>, credentials: &Credentials) -> Signed {
    let mut common = vec![
        ("AccessKeyId", credentials.access_key_id()),
        ("Action", request.action),
        ("Format", "JSON"),
        ("SignatureMethod", Signature::Rpc1.algorithm()),
        ("SignatureNonce", request.nonce),
        ("SignatureVersion", "1.0"),
        ("Timestamp", request.date),
        ("Version", request.version),
    ];
    common.extend(credentials.security_token().map(|token| ("SecurityToken", token)));
    common.extend(request.query);
    let all: Vec<_> = common.iter().chain(request.form).copied().collect();
    let string_to_sign = rpc1::string_to_sign("POST", &Zeroizing::new(percent::canonical_query(&all)));
    let signature = rpc1::signature(credentials.access_key_secret(), &string_to_sign);
    common.push(("Signature", &signature));
    let target = percent::canonical_query_behind(QUERY, &common);
    let body = percent::canonical_query(request.form);
    let lines = [("accept", JSON), ("content-type", FORM)];
    let headers = HeaderLines::of(&lines[..if body.is_empty() { 1 } else { 2 }]);
    Signed { target, headers, body, string_to_sign, has_token: credentials.security_token().is_some() }
}
