//! A folder that pictures and results are written to, for their owner's eyes alone.

use std::fs::{DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use cloudauth_core::CheckResult;
use tempfile::{NamedTempFile, PersistError};

use crate::destination::Destination;
use crate::exit::Failure;

#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Makes the folder where it is missing, with mode 0700, and proves that files can be made in it: a result that can be
    /// fetched only once must not be fetched in vain.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        Destination::local(&path.display().to_string(), path)?;
        let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
        made.and_then(|()| tempfile::tempfile_in(path)).map_err(|error| Failure::io(path.display(), &error))?;
        Ok(Self(path.to_owned()))
    }

    /// Writes a file of mode 0600, whole or not at all, in the place of any that has the name.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        self.write(name, bytes, |file, path| file.persist(path))
    }

    /// The same, unless there is a file of that name.
    pub(crate) fn put_new(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        self.write(name, bytes, |file, path| file.persist_noclobber(path))
    }

    fn write(
        &self,
        name: &str,
        bytes: &[u8],
        persist: impl FnOnce(NamedTempFile, &Path) -> Result<File, PersistError>,
    ) -> Result<PathBuf, Failure> {
        let path = self.0.join(name);
        let written = NamedTempFile::new_in(&self.0).and_then(|mut file| {
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            persist(file, &path).map_err(io::Error::from)
        });
        written.map_err(|error| Failure::io(path.display(), &error))?;
        Ok(path)
    }

    /// Writes every picture of a result; gives their paths.
    pub(crate) fn put_images(&self, result: &CheckResult) -> Result<Vec<PathBuf>, Failure> {
        result.named_images().into_iter().map(|(name, image)| self.put(&name, &image.bytes)).collect()
    }
}
