//! What a failed exchange was: the kind, in words of ours. The HTTP client's own words can hold the URL.

use std::error::Error as StdError;
use std::fmt::Display;
use std::io;

use super::lookup::NameFailure;
use crate::catalogue::Kind;
use crate::error::{Error, SendState};
use crate::runtime;

/// An error of whichever library.
pub(super) type Cause = Box<dyn StdError + Send + Sync>;

pub(super) fn internal(message: &str) -> Error {
    Error::new(Kind::Internal, message)
}

/// No reply came from `place`; `connecting`: nor was there a connection.
pub(super) fn before_reply(error: &(dyn StdError + 'static), connecting: bool, timed_out: bool, place: &dyn Display) -> Error {
    if connecting && let Some(error) = not_reached(error, place) {
        return error;
    }
    let (kind, what) = if let Some(tls) = find::<rustls::Error>(error) {
        (Kind::Tls, tls_failure(tls))
    } else if timed_out {
        (Kind::Timeout, "no connection in time")
    } else if connecting {
        (Kind::Network, connect_failure(error))
    } else if find::<hyper::Error>(error).is_some_and(hyper::Error::is_parse) {
        (Kind::Protocol, "it did not answer in HTTP")
    } else {
        (Kind::Network, "the connection was lost before a reply came")
    };
    let state = match kind {
        _ if connecting => SendState::Unsent,
        Kind::Protocol => SendState::Damaged,
        _ => SendState::Sent,
    };
    Error::new(kind, format!("{place}: {what}")).with_send_state(state)
}

/// Descriptors or threads ran out, or a name has no address, or none that may be used.
fn not_reached(error: &(dyn StdError + 'static), place: &dyn Display) -> Option<Error> {
    if let Some(refused) = find::<Error>(error) {
        let error = Error::new(refused.kind(), format!("{place}: {}", refused.message())).with_send_state(SendState::Unsent);
        return Some(if refused.retryable() { error.transient() } else { error.permanent() });
    }
    let error = find::<io::Error>(error)?;
    let name = NameFailure::of(error);
    let exhausted = runtime::exhausted(error).or_else(|| name.and_then(|_| runtime::exhausted_now()));
    if let Some(exhausted) = exhausted {
        let error = Error::new(Kind::Io, format!("{place}: {exhausted}")).transient();
        return Some(error.with_send_state(SendState::Unsent));
    }
    let (what, state) = match name? {
        NameFailure::Unknown => ("no such name; is it right, and does DNS here know it?", SendState::Nameless),
        NameFailure::Unanswered => {
            ("its name could not be looked up: the name server failed or did not answer", SendState::Unsent)
        }
    };
    Some(Error::new(Kind::Network, format!("{place}: {what}")).with_send_state(state))
}

/// The reply began, but its body did not come whole.
pub(super) fn in_body(error: &(dyn StdError + 'static), status: u16) -> Error {
    let lost = find::<io::Error>(error).is_some_and(|error| {
        matches!(error.kind(), io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe)
    });
    let (kind, what) = if lost {
        (Kind::Network, "the connection was lost in the middle of a reply")
    } else if status >= 500 {
        (Kind::Unavailable, "the reply ended before all of it had come")
    } else {
        (Kind::Protocol, "the reply ended before all of it had come")
    };
    let state = if kind == Kind::Protocol { SendState::Damaged } else { SendState::Sent };
    Error::new(kind, what).with_reply(Some(status), None, None).with_send_state(state)
}

fn connect_failure(error: &(dyn StdError + 'static)) -> &'static str {
    match find::<io::Error>(error).map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => "nothing listens there (connection refused)",
        Some(io::ErrorKind::ConnectionReset | io::ErrorKind::UnexpectedEof) => "it hung up while the connection was made",
        Some(io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable) => "no way leads there (unreachable)",
        _ => "no connection could be made",
    }
}

fn tls_failure(error: &rustls::Error) -> &'static str {
    use rustls::CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet, NotValidYetContext, Other, UnknownIssuer,
    };
    match error {
        rustls::Error::InvalidCertificate(Expired | ExpiredContext { .. }) => "its certificate has expired",
        rustls::Error::InvalidCertificate(NotValidYet | NotValidYetContext { .. }) => {
            "its certificate is not valid yet; is this machine's clock right?"
        }
        rustls::Error::InvalidCertificate(NotValidForName | NotValidForNameContext { .. }) => {
            "its certificate is for another host"
        }
        rustls::Error::InvalidCertificate(UnknownIssuer) => {
            "its certificate is from an authority that is not trusted here; `ca_file` adds one"
        }
        // As `openssl req -x509` makes them.
        rustls::Error::InvalidCertificate(Other(why)) if find(&*why.0) == Some(&webpki::Error::CaUsedAsEndEntity) => {
            "its certificate is an authority's own, as a self-signed one may be, and none for a server; `ca_file` can hold it"
        }
        rustls::Error::InvalidCertificate(_) => "its certificate is not acceptable",
        _ => "TLS could not be agreed on",
    }
}

/// The first `T` among the causes of `error`, looking into wrapped I/O errors too.
pub(super) fn find<'a, T: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        cause = match wrapped {
            Some(inner) => Some(inner as &(dyn StdError + 'static)),
            None => error.source(),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use rustls::{CertificateError, OtherError};

    use super::*;

    #[test]
    fn a_server_that_shows_an_authority_is_told_so() {
        let error = |why| rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(std::sync::Arc::new(why))));
        assert!(tls_failure(&error(webpki::Error::CaUsedAsEndEntity)).contains("an authority's own"));
        assert_eq!(tls_failure(&error(webpki::Error::BadDer)), "its certificate is not acceptable");
    }
}
