//! Files that are whole or not there at all, for their owner's eyes alone.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use crate::catalogue::Kind;
use crate::error::Error;
use crate::io_reason::IoReason;

/// Behind the name of a file that is still being written.
pub(crate) const PART: &str = ".part";

/// Each step that changes a folder, so that tests can have any of them fail.
pub(crate) trait Disk: Sync {
    /// Of mode 0700; so are the folders above it that are missing.
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)
    }

    /// A new file of mode 0600. A link that lies there is no new file, either.
    fn create(&self, path: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    /// Of a file or a folder.
    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    /// Gives a file another name, which nobody has yet.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    /// An empty one.
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
}

pub(crate) struct SystemDisk;

impl Disk for SystemDisk {}

impl dyn Disk + '_ {
    /// Writes a file that is not there yet.
    pub(crate) fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.create(path)?;
        // Half a file is none.
        self.write(&mut file, bytes).and_then(|()| self.sync(&file)).inspect_err(|_| {
            let _ = self.remove(path);
        })
    }

    /// Writes the file `name` of `folder`, in the place of any that has the name. It outlives a crash of the machine.
    pub(crate) fn put(&self, folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
        let part = folder.join(format!("{name}{PART}"));
        self.remove_any(&part)?;
        self.write_new(&part, bytes)?;
        self.rename(&part, &folder.join(name)).inspect_err(|_| {
            let _ = self.remove(&part);
        })?;
        self.sync_folder(folder)
    }

    /// Removes a file, if there is one.
    pub(crate) fn remove_any(&self, path: &Path) -> io::Result<()> {
        match self.remove(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    pub(crate) fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.sync(&File::open(path)?)
    }
}

/// What stands between the caller and a file at `path`.
pub(crate) fn unwritten(path: &Path, error: &io::Error) -> Error {
    let path = path.display();
    Error::new(
        Kind::Io,
        match error.kind() {
            io::ErrorKind::AlreadyExists => format!("{path}: is there already, and is not overwritten"),
            _ => format!("{path}: cannot be written ({})", IoReason::from(error)),
        },
    )
}
