// Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.

/// How much the library says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum cloudauth_log_level {
    /// Nothing.
    Off = 0,
    /// What failed and is not told by an error.
    Error = 1,
    /// Likely mistakes: a source of credentials, the mode of a file, an environment variable.
    Warn = 2,
    /// What a reader of an ordinary log wants to know.
    Info = 3,
    /// Each call and its outcome, each retry and its reason, where the keys come from.
    Debug = 4,
    /// The same lines, each with the number of its attempt.
    Trace = 5,
}

impl cloudauth_log_level {
    /// The level at which most is said.
    pub(super) const MOST: Self = Self::Trace;
}
