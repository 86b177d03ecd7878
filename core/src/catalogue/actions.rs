// Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.

/// What a merchant's program should do first with a finished verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Let the person in.
    Accept,
    /// Let the person try again.
    Retry,
    /// Have a human look.
    Review,
    /// Turn the person away.
    Reject,
}

impl Action {
    /// The name in every language.
    pub fn name(self) -> &'static str {
        match self {
            Action::Accept => "accept",
            Action::Retry => "retry",
            Action::Review => "review",
            Action::Reject => "reject",
        }
    }
}
