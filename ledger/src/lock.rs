//! One run at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::error::{Cause, Error, Result};

/// Held by the run that works a ledger off, for as long as it lives. Others may add to the ledger meanwhile.
#[derive(Debug)]
pub struct Lock(#[allow(dead_code, reason = "held, not used")] File);

impl Lock {
    /// # Errors
    /// Another run has it ([`Error::is_in_use`]), or the file beside the ledger cannot be made.
    pub fn take(ledger: &Path) -> Result<Self> {
        // A file of its own: to close a descriptor of SQLite's file would end SQLite's own locks.
        let mut path = ledger.as_os_str().to_owned();
        path.push(".lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path);
        let file = file.map_err(Cause::from).map_err(Error::at(ledger))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(Error::at(ledger)(Cause::InUse)),
            Err(TryLockError::Error(error)) => Err(Error::at(ledger)(error.into())),
        }
    }
}
