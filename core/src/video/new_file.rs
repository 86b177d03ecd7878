//! A file that is under its name once it is whole.

use std::fs::{self, File};
use std::io::{self, Seek};
use std::path::{Path, PathBuf};

use crate::catalogue::Kind;
use crate::disk::{Disk, PART, unwritten};
use crate::error::{Error, Result};
use crate::runtime;

/// Written beside its name, for its owner's eyes alone, and gone with its value unless it is finished.
pub(super) struct NewFile<'a> {
    disk: &'a dyn Disk,
    file: File,
    temporary: PathBuf,
    path: PathBuf,
    overwrite: bool,
    /// Of the process that it belongs to, and not of a child that was forked meanwhile.
    generation: u64,
}

impl<'a> NewFile<'a> {
    /// `nonce`: makes the temporary name one of its own.
    pub(super) fn create(disk: &'a dyn Disk, path: &Path, overwrite: bool, nonce: &str) -> Result<Self> {
        if path.file_name().is_none() {
            return Err(Error::invalid_argument("to", "must be the path of a file"));
        }
        if !overwrite && fs::symlink_metadata(path).is_ok() {
            return Err(unwritten(path, &io::ErrorKind::AlreadyExists.into()));
        }
        // A device, or a pipe that somebody waits at, would be lost; so would a link to what is not there for now.
        if fs::symlink_metadata(path).is_ok() && !fs::metadata(path).is_ok_and(|there| there.is_file()) {
            return Err(Error::new(Kind::Io, format!("{}: is no regular file, and is not overwritten", path.display())));
        }
        let temporary = path.with_file_name(format!(".{nonce}{PART}"));
        let file = disk.create(&temporary).map_err(|error| unwritten(path, &error))?;
        Ok(Self { disk, file, temporary, path: path.to_owned(), overwrite, generation: runtime::noticed_generation() })
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.disk.write(&mut self.file, bytes).map_err(|error| unwritten(&self.path, &error))
    }

    /// Forgets what was written.
    pub(super) fn restart(&mut self) -> Result<()> {
        let emptied = self.file.set_len(0).and_then(|()| self.file.rewind());
        emptied.map_err(|error| unwritten(&self.path, &error))
    }

    /// Gives it its name, which a crash does not take from it.
    pub(super) fn finish(self) -> Result<()> {
        self.try_finish().map_err(|error| unwritten(&self.path, &error))
    }

    fn try_finish(&self) -> io::Result<()> {
        let Self { disk, file, temporary, path, overwrite, .. } = self;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // While there is a way to it.
        let folder = File::open(folder)?;
        disk.sync(file)?;
        if *overwrite {
            disk.rename(temporary, path)?;
        } else {
            // Unlike a rename, it fails where somebody else was faster.
            match disk.link(temporary, path) {
                // This file system has no links.
                Err(error) if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported) => {
                    disk.rename(temporary, path)?;
                }
                linked => linked.and_then(|()| disk.remove(temporary))?,
            }
        }
        disk.sync(&folder)
    }
}

impl Drop for NewFile<'_> {
    fn drop(&mut self) {
        if self.generation == runtime::noticed_generation() {
            // Where it was renamed, it is not there.
            let _ = self.disk.remove(&self.temporary);
        }
    }
}
