//! Whether an archive, and the receipt of a deletion, came to their place.

use std::time::Duration;

use crate::exit::Failure;

/// How long an object store may be out of reach once something was deleted at the service.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// What the work on an archive came to.
pub(crate) struct Filed<T> {
    pub(crate) outcome: T,
    /// Why the receipt of a deletion is not in its place.
    pub(crate) unfiled: Option<Unfiled>,
}

/// Why something is not in its place.
#[cfg_attr(not(feature = "objects"), allow(dead_code, reason = "a folder is its own place"))]
pub(crate) enum Unfiled {
    /// Another run was faster.
    Overtaken(Failure),
    /// The object store failed, or the disk.
    Failed(Failure),
}

impl Unfiled {
    #[cfg(any(feature = "ledger", feature = "objects"))]
    pub(crate) fn failure(&self) -> &Failure {
        match self {
            Self::Overtaken(failure) | Self::Failed(failure) => failure,
        }
    }

    /// The same, in other words.
    #[cfg(feature = "objects")]
    pub(crate) fn map(self, say: impl FnOnce(Failure) -> Failure) -> Self {
        match self {
            Self::Overtaken(failure) => Self::Overtaken(say(failure)),
            Self::Failed(failure) => Self::Failed(say(failure)),
        }
    }

    pub(crate) fn into_failure(self) -> Failure {
        match self {
            Self::Overtaken(failure) | Self::Failed(failure) => failure,
        }
    }
}

impl From<Failure> for Unfiled {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}
