// Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.

/// What an [`Explanation`](super::Explanation) explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The outcome of a verification.
    SubCode,
    /// A code of the reply.
    ResponseCode,
    /// A kind of error.
    Kind,
    /// A code of the person's app or page, which is no verdict.
    ClientCode,
}

impl Subject {
    /// The name in every language.
    pub fn name(self) -> &'static str {
        match self {
            Subject::SubCode => "sub_code",
            Subject::ResponseCode => "response_code",
            Subject::Kind => "kind",
            Subject::ClientCode => "client_code",
        }
    }
}
