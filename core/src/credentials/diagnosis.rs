//! What became of each source, as data.

use super::Credentials;
use crate::error::Result;

/// One source of credentials, and what came of it. Holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourceReport {
    /// The source's name, e.g. `environment` or `ecs_metadata`.
    pub name: String,
    pub state: SourceState,
    /// One line: what the keys are, or why there are none.
    pub reason: String,
}

/// What came of a source of credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SourceState {
    /// It gave keys, and calls are signed with them.
    Used,
    /// Nothing on this machine speaks of it.
    Absent,
    /// It is there, and gave no keys.
    Failed,
    /// It was not asked, because an earlier one gave keys.
    NotAsked,
}

impl SourceState {
    /// `used`, `absent`, `failed` or `not_asked`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Absent => "absent",
            Self::Failed => "failed",
            Self::NotAsked => "not_asked",
        }
    }
}

impl SourceReport {
    pub(crate) fn new(name: &str, state: SourceState, reason: impl Into<String>) -> Self {
        Self { name: name.to_owned(), state, reason: reason.into() }
    }

    /// Of a source that was asked.
    pub(super) fn of(name: &str, outcome: &Result<Credentials>) -> Self {
        match outcome {
            Err(error) => Self::new(name, SourceState::Failed, error.message()),
            Ok(credentials) => {
                let what = if credentials.security_token().is_some() { "temporary keys" } else { "lasting keys" };
                let until = credentials.expires_at().map(|at| format!(", good until {}", crate::clock::signing_date(at)));
                Self::new(name, SourceState::Used, what.to_owned() + &until.unwrap_or_default())
            }
        }
    }
}
