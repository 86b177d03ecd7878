// Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.

/// What went wrong, in one word. The numbers are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u32)]
pub enum Kind {
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

impl Kind {
    /// Every kind, in the order of the numbers.
    pub const ALL: &[Kind] = &[
        Kind::InvalidArgument,
        Kind::Credentials,
        Kind::Authentication,
        Kind::AccessDenied,
        Kind::InvalidRequest,
        Kind::NotCompleted,
        Kind::Throttled,
        Kind::Unavailable,
        Kind::Service,
        Kind::Network,
        Kind::Tls,
        Kind::Timeout,
        Kind::Cancelled,
        Kind::Protocol,
        Kind::TooLarge,
        Kind::Blocked,
        Kind::Io,
        Kind::Internal,
        Kind::Forked,
    ];
}
