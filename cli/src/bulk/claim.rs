//! To whom a folder of results belongs: one ledger, and one process at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use cloudauth_core::Kind;
use cloudauth_ledger::Ledger;

use super::results::Results;
use crate::exit::Failure;

/// The file that is locked, with the ledger's id in it.
const NAME: &str = "ledger.id";
/// More than the id and a line break have.
const LARGEST: u64 = 64;

/// Held by the run that writes into a folder, for as long as it lives.
#[derive(Debug)]
pub(crate) struct Claim {
    path: PathBuf,
    file: File,
    /// As the file is to have it.
    id: String,
    is_noted: bool,
}

impl Claim {
    /// # Errors
    /// Another process has the folder, or it has the output of another ledger.
    pub(crate) fn take(folder: &Path, ledger: &Ledger) -> Result<Self, Failure> {
        let (path, id) = (folder.join(NAME), ledger.id()? + "\n");
        let failed = |error: &io::Error| Failure::io(path.display(), error);
        let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).mode(0o600).open(&path);
        let file = file.map_err(|error| failed(&error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let rule = "is in use by another run; wait for its end, or name another folder";
                return Err(Failure::new(Kind::Io, format!("{}: {rule}", folder.display())));
            }
            Err(TryLockError::Error(error)) => return Err(failed(&error)),
        }
        let mut noted = String::new();
        (&file).take(LARGEST).read_to_string(&mut noted).map_err(|error| failed(&error))?;
        // Without a line break, a run died while it wrote; and without results, there is nothing to lose.
        let is_noted = noted == id;
        if !is_noted && noted.ends_with('\n') && Results::path_in(folder).exists() {
            return Err(Failure::usage(
                "--out",
                "has the output of another ledger; name that one by --ledger, or another folder",
            ));
        }
        Ok(Self { path, file, id, is_noted })
    }

    /// Notes whose the folder is. A run that is refused before leaves it to whom it was.
    pub(crate) fn keep(&mut self) -> Result<(), Failure> {
        if !self.is_noted {
            let mut write = || {
                self.file.rewind()?;
                self.file.set_len(0)?;
                self.file.write_all(self.id.as_bytes())?;
                self.file.sync_all()
            };
            write().map_err(|error| Failure::io(self.path.display(), &error))?;
            self.is_noted = true;
        }
        Ok(())
    }
}
