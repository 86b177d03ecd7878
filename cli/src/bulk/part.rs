//! A file that has its name once it is whole. What a killed run leaves of one, the next run writes over.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::exit::Failure;

/// A file of mode 0600 on its way.
pub(super) struct Part {
    /// As it will be called.
    path: PathBuf,
    unfinished: PathBuf,
    file: BufWriter<File>,
}

impl Part {
    pub(super) fn begin(folder: &Path, name: &str) -> Result<Self, Failure> {
        let (path, unfinished) = (folder.join(name), folder.join(format!(".{name}.part")));
        let file = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&unfinished);
        let file = BufWriter::new(file.map_err(|error| Failure::io(path.display(), &error))?);
        Ok(Self { path, unfinished, file })
    }

    pub(super) fn put(&mut self, text: &str) -> Result<(), Failure> {
        self.file.write_all(text.as_bytes()).map_err(|error| Failure::io(self.path.display(), &error))
    }

    /// Gives the file its name, in the place of any other; it stays open at its end.
    pub(super) fn keep(self) -> Result<(PathBuf, File), Failure> {
        let Self { path, unfinished, file } = self;
        let kept = file.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| {
            file.sync_all()?;
            fs::rename(unfinished, &path)?;
            Ok(file)
        });
        kept.map_err(|error| Failure::io(path.display(), &error)).map(|file| (path, file))
    }

    /// There is to be no such file.
    pub(super) fn discard(self) -> Result<(), Failure> {
        for path in [&self.path, &self.unfinished] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Failure::io(path.display(), &error)),
                _ => {}
            }
        }
        Ok(())
    }
}
