//! Why the ledger could not be read or written, in one line each.

use std::io;
use std::path::{Path, PathBuf};

use cloudauth_core::IoReason;
use rusqlite::ffi;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the ledger at a path could not be read or written. Nothing that is in it is said.
#[derive(Debug, thiserror::Error)]
#[error("{}: {cause}", path.display())]
pub struct Error {
    path: PathBuf,
    cause: Cause,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Cause {
    #[error("is in use by another run; wait for its end, or name another ledger")]
    InUse,
    #[error("is no ledger of cloudauth")]
    Foreign,
    #[error("is a ledger of a newer cloudauth")]
    Newer,
    #[error("there is no space left for it; what is in it is whole")]
    Full,
    #[error("cannot be written; its folder must be writable, too")]
    ReadOnly,
    #[error("is damaged; restore it from a copy, or begin another")]
    Damaged,
    #[error("another program keeps it locked")]
    Locked,
    #[error("holds what no ledger holds ({0})")]
    Odd(&'static str),
    #[error("cannot be used ({0})")]
    Io(IoReason),
    #[error("cannot be used (SQLite: {0})")]
    Other(&'static str),
}

impl Error {
    pub(crate) fn at(path: &Path) -> impl Fn(Cause) -> Self {
        move |cause| Self { path: path.to_owned(), cause }
    }

    /// Whether another run has the ledger.
    pub fn is_in_use(&self) -> bool {
        matches!(self.cause, Cause::InUse)
    }
}

impl From<rusqlite::Error> for Cause {
    /// The message is left out: it may hold what was to be written.
    fn from(error: rusqlite::Error) -> Self {
        let Some(error) = error.sqlite_error() else { return Self::Odd("a value of another type") };
        match error.extended_code & 0xff {
            ffi::SQLITE_FULL => Self::Full,
            ffi::SQLITE_READONLY | ffi::SQLITE_CANTOPEN | ffi::SQLITE_PERM | ffi::SQLITE_AUTH => Self::ReadOnly,
            ffi::SQLITE_NOTADB => Self::Foreign,
            ffi::SQLITE_CORRUPT => Self::Damaged,
            ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Self::Locked,
            _ => Self::Other(ffi::code_to_str(error.extended_code)),
        }
    }
}

impl From<io::Error> for Cause {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::Io((&error).into()),
        }
    }
}
