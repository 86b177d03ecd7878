//! Reads and checks both request signatures. Written from the specification, apart from any client:
//! a mistake made in one must show in the other.

mod acs3;
mod claim;
mod hex;
pub(crate) mod percent;
mod rpc1;
#[cfg(test)]
mod vectors;

use crate::request::Request;
pub(crate) use claim::{Claim, Scheme};
pub(crate) use hex::hex;

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
