// Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.

//! Kinds, actions and subjects, by number.

use cloudauth_core::Kind;
use cloudauth_core::catalogue::{Action, Subject};

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
    /// The endpoint's name was not found, or the connection was refused or broken.
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
    /// A local file could not be read or written, or the operating system refused a descriptor or a thread.
    Io = 17,
    /// A fault in this library.
    Internal = 18,
    /// The process forked while the call was in flight, and the child cannot finish it.
    Forked = 19,
}

impl From<Kind> for cloudauth_kind {
    #[allow(clippy::match_same_arms, reason = "core's values are those listed here")]
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::InvalidArgument => Self::InvalidArgument,
            Kind::Credentials => Self::Credentials,
            Kind::Authentication => Self::Authentication,
            Kind::AccessDenied => Self::AccessDenied,
            Kind::InvalidRequest => Self::InvalidRequest,
            Kind::NotCompleted => Self::NotCompleted,
            Kind::Throttled => Self::Throttled,
            Kind::Unavailable => Self::Unavailable,
            Kind::Service => Self::Service,
            Kind::Network => Self::Network,
            Kind::Tls => Self::Tls,
            Kind::Timeout => Self::Timeout,
            Kind::Cancelled => Self::Cancelled,
            Kind::Protocol => Self::Protocol,
            Kind::TooLarge => Self::TooLarge,
            Kind::Blocked => Self::Blocked,
            Kind::Io => Self::Io,
            Kind::Internal => Self::Internal,
            Kind::Forked => Self::Forked,
            _ => Self::Internal,
        }
    }
}

/// What a merchant's program should do first with a finished verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum cloudauth_action {
    /// No decision.
    None = 0,
    /// Let the person in.
    Accept = 1,
    /// Let the person try again.
    Retry = 2,
    /// Have a human look.
    Review = 3,
    /// Turn the person away.
    Reject = 4,
}

impl From<Action> for cloudauth_action {
    fn from(action: Action) -> Self {
        match action {
            Action::Accept => Self::Accept,
            Action::Retry => Self::Retry,
            Action::Review => Self::Review,
            Action::Reject => Self::Reject,
        }
    }
}

/// What a cloudauth_explanation explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum cloudauth_subject {
    /// The outcome of a verification.
    SubCode = 1,
    /// A code of the reply.
    ResponseCode = 2,
    /// A kind of error.
    Kind = 3,
    /// A code of the person's app or page, which is no verdict.
    ClientCode = 4,
}

impl From<Subject> for cloudauth_subject {
    fn from(subject: Subject) -> Self {
        match subject {
            Subject::SubCode => Self::SubCode,
            Subject::ResponseCode => Self::ResponseCode,
            Subject::Kind => Self::Kind,
            Subject::ClientCode => Self::ClientCode,
        }
    }
}
