//! Reads and checks both request signatures. Written from the specification, apart from any client:
//! a mistake made in one must show in the other.

pub(crate) mod acs3;
pub(crate) mod percent;
pub(crate) mod rpc1;
#[cfg(test)]
mod vectors;

use std::fmt::Write as _;

use crate::request::Request;

/// How a request is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Acs3,
    Rpc1,
}

impl Scheme {
    /// What the request claims, before anything about it is checked.
    pub(crate) fn of(request: &Request) -> Option<Scheme> {
        match request.authorization() {
            Some(value) if value.starts_with("ACS3-") => Some(Scheme::Acs3),
            _ => request.parameter("Signature").map(|_| Scheme::Rpc1),
        }
    }

    /// The algorithm's name on the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Scheme::Acs3 => acs3::ALGORITHM,
            Scheme::Rpc1 => rpc1::METHOD,
        }
    }
}

/// What a signed request claims. A text that was not sent is empty.
#[derive(Debug)]
pub(crate) struct Claim {
    pub(crate) scheme: Scheme,
    pub(crate) access_key_id: String,
    pub(crate) timestamp: String,
    pub(crate) nonce: String,
    pub(crate) security_token: Option<String>,
    pub(crate) string_to_sign: String,
    signature: String,
    /// False where the body is not the one that was signed, whatever the signature says.
    body_holds: bool,
}

impl Claim {
    /// Reads the signature's parts; the error says in a line what is malformed.
    pub(crate) fn read(request: &Request) -> Result<Claim, String> {
        match Scheme::of(request) {
            Some(Scheme::Acs3) => acs3::claim(request),
            Some(Scheme::Rpc1) => rpc1::claim(request),
            None => {
                Err(format!("The request has neither an Authorization header of {} nor a Signature parameter.", acs3::ALGORITHM))
            }
        }
    }

    /// Whether the signature is the one that `secret` makes of the string to sign. Takes constant time.
    pub(crate) fn holds(&self, secret: &str) -> bool {
        let verify = match self.scheme {
            Scheme::Acs3 => acs3::verify,
            Scheme::Rpc1 => rpc1::verify,
        };
        verify(secret, &self.string_to_sign, &self.signature) && self.body_holds
    }
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
