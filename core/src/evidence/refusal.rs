//! Why a folder is left alone, told apart from a disk that fails.

use std::fmt;

use crate::error::Error;

/// Why an archive's folder was left alone, though the disk works: the `source` of such an error of kind `io`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FolderRefusal {
    /// It holds something else than was written, or files that are no part of an archive.
    Changed,
    /// It is the archive of another verification.
    Foreign,
    /// Another run works on it.
    InUse,
}

impl FolderRefusal {
    /// `None` where the error has another cause.
    pub fn of(error: &Error) -> Option<Self> {
        std::error::Error::source(error)?.downcast_ref().copied()
    }
}

impl fmt::Display for FolderRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Changed => "the folder was changed",
            Self::Foreign => "the folder is of another verification",
            Self::InUse => "the folder is in use",
        })
    }
}

impl std::error::Error for FolderRefusal {}
