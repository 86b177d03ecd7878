// Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.

/// Whether, and how, a request that met a response code is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// The same request meets the same answer.
    Never,
    /// After a pause, as often as the policy allows.
    AfterPause,
    /// Once, signed with a new nonce.
    OnceNewNonce,
    /// Once, signed with the service's time.
    OnceNewTime,
    /// Once, with fresh temporary credentials.
    OnceNewToken,
}

impl Retry {
    /// The name in every language.
    pub fn name(self) -> &'static str {
        match self {
            Retry::Never => "never",
            Retry::AfterPause => "after_pause",
            Retry::OnceNewNonce => "once_new_nonce",
            Retry::OnceNewTime => "once_new_time",
            Retry::OnceNewToken => "once_new_token",
        }
    }
}
