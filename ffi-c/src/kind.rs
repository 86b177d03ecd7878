//! What sort of failure an error is.

use std::ffi::c_char;
use std::ptr;

use cloudauth_core::Kind;

use crate::boundary;
use crate::text::c_string;

/// What sort of failure an error is: the same in every language. Numbers never change and are never used again; numbers
/// that are not listed here may come with a later version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum cloudauth_kind {
    /// No error.
    None = 0,
    /// An argument, option or handle breaks a rule; nothing was sent.
    InvalidArgument = 1,
    /// No usable access key was found, or a source of credentials failed.
    Credentials = 2,
    /// The service did not accept the signature, the access key, the token or the time of the request.
    Authentication = 3,
    /// The access key is valid, but may not use this service.
    AccessDenied = 4,
    /// The service refused a parameter, or does not know the transaction.
    InvalidRequest = 5,
    /// The person has not finished the verification; this is a state, not a fault.
    NotCompleted = 6,
    /// More requests were sent than the quota of the account allows.
    Throttled = 7,
    /// The service is there, but could not answer this request.
    Unavailable = 8,
    /// The service refused with a code that the catalogue does not know.
    Service = 9,
    /// No connection: the name was not found, or the connection was refused or broken.
    Network = 10,
    /// The server's certificate, or the TLS handshake, could not be trusted.
    Tls = 11,
    /// The time given for the call ran out.
    Timeout = 12,
    /// The caller cancelled the call before it ended.
    Cancelled = 13,
    /// A reply came that is not one of this service: not JSON, cut short, or a redirect.
    Protocol = 14,
    /// The reply is larger than the limit, and was not read to its end.
    TooLarge = 15,
    /// An address in the reply is not one that may be fetched, so it was left alone.
    Blocked = 16,
    /// Reading or writing a local file failed.
    Io = 17,
    /// A fault in this library.
    Internal = 18,
    /// The process forked while the call was in flight, and the child cannot finish it.
    Forked = 19,
}

impl cloudauth_kind {
    const ALL: [Self; 19] = [
        Self::InvalidArgument,
        Self::Credentials,
        Self::Authentication,
        Self::AccessDenied,
        Self::InvalidRequest,
        Self::NotCompleted,
        Self::Throttled,
        Self::Unavailable,
        Self::Service,
        Self::Network,
        Self::Tls,
        Self::Timeout,
        Self::Cancelled,
        Self::Protocol,
        Self::TooLarge,
        Self::Blocked,
        Self::Io,
        Self::Internal,
        Self::Forked,
    ];
}

impl From<Kind> for cloudauth_kind {
    fn from(kind: Kind) -> Self {
        // The two lists agree, as a test holds; a kind that is only in core would be a fault of ours.
        let same = Self::ALL.into_iter().find(|own| *own as u32 == kind.number());
        same.unwrap_or(Self::Internal)
    }
}

/// A kind's name in every language, such as `not_completed`; NULL for what is none of this version's kinds. The text lives
/// as long as the library.
#[unsafe(no_mangle)]
pub extern "C" fn cloudauth_kind_name(kind: u32) -> *const c_char {
    static NAMES: once_cell::race::OnceBox<Vec<Box<[u8]>>> = once_cell::race::OnceBox::new();
    boundary::value(ptr::null(), || {
        let names = NAMES.get_or_init(|| Box::new(Kind::ALL.iter().map(|kind| c_string(kind.name())).collect()));
        let position = Kind::ALL.iter().position(|known| known.number() == kind);
        position.and_then(|position| names.get(position)).map_or(ptr::null(), |name| name.as_ptr().cast())
    })
}

#[cfg(test)]
mod tests {
    use std::ffi::CStr;

    use cloudauth_core::Kind;

    use super::{cloudauth_kind, cloudauth_kind_name};

    #[test]
    fn the_numbers_are_those_of_core() {
        assert_eq!(cloudauth_kind::ALL.len(), Kind::ALL.len());
        for (own, kind) in cloudauth_kind::ALL.into_iter().zip(Kind::ALL) {
            assert_eq!(own as u32, kind.number(), "{kind}");
            assert_eq!(format!("{own:?}"), format!("{kind:?}"), "the number stands for the same kind");
            assert_eq!(cloudauth_kind::from(*kind), own);
            // SAFETY: the function gives a C string that lives as long as the library.
            let name = unsafe { CStr::from_ptr(cloudauth_kind_name(own as u32)) };
            assert_eq!(name.to_str(), Ok(kind.name()));
        }
        assert!(cloudauth_kind_name(0).is_null() && cloudauth_kind_name(20).is_null());
    }
}
