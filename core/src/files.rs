//! Reading files that somebody else may have put there: regular files alone, and never without a limit.

use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use zeroize::Zeroizing;

use crate::io_reason::IoReason;

/// Why a file was not read; `Display` ends a sentence that begins with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Unreadable(IoReason),
    /// A folder, a device, a pipe, a socket.
    NotRegular,
    /// Larger than so many bytes.
    TooLarge(u64),
}

/// An open regular file of at most a given size, and what the system says of it.
pub(crate) struct Regular {
    pub(crate) facts: Metadata,
    file: File,
    largest: u64,
}

impl Regular {
    /// Opens a regular file of at most `largest` bytes. Never waits for whoever is at the other end of a pipe.
    pub(crate) fn open(path: &Path, largest: u64) -> Result<Self, Fault> {
        Self::opened(path, &fs::metadata(path)?, 0, largest)
    }

    /// The same, but a link is no regular file, wherever it leads.
    pub(crate) fn open_itself(path: &Path, largest: u64) -> Result<Self, Fault> {
        Self::opened(path, &fs::symlink_metadata(path)?, libc::O_NOFOLLOW, largest)
    }

    fn opened(path: &Path, before: &Metadata, flags: i32, largest: u64) -> Result<Self, Fault> {
        // Looked at first, since opening a device may have effects; and again once open, since it may have been replaced.
        check(before, largest)?;
        let file = OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK | flags).open(path)?;
        let facts = file.metadata()?;
        check(&facts, largest)?;
        Ok(Self { facts, file, largest })
    }

    /// The file, for a reader that takes it piece by piece.
    pub(crate) fn into_file(self) -> File {
        self.file
    }

    /// All of its bytes.
    pub(crate) fn bytes(self) -> Result<Zeroizing<Vec<u8>>, Fault> {
        // Of the right size from the start, so that no part of a secret is left behind where a buffer grew.
        let length = usize::try_from(self.facts.len()).unwrap_or_default();
        let mut bytes = Zeroizing::new(Vec::with_capacity(length + 1));
        self.file.take(self.largest.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > self.largest { Err(Fault::TooLarge(self.largest)) } else { Ok(bytes) }
    }
}

/// The bytes of a regular file of at most `largest` bytes.
pub(crate) fn read(path: &Path, largest: u64) -> Result<Zeroizing<Vec<u8>>, Fault> {
    Regular::open(path, largest)?.bytes()
}

fn check(facts: &Metadata, largest: u64) -> Result<(), Fault> {
    if !facts.is_file() {
        return Err(Fault::NotRegular);
    }
    if facts.len() > largest { Err(Fault::TooLarge(largest)) } else { Ok(()) }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Unreadable((&error).into())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(reason) => write!(f, "cannot be read ({reason})"),
            Self::NotRegular => f.write_str("is not a regular file"),
            Self::TooLarge(largest) if largest % (1 << 20) == 0 => write!(f, "is larger than {} MiB", largest >> 20),
            Self::TooLarge(largest) => write!(f, "is larger than {} KiB", largest >> 10),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;

    // Finding G5: neither a device nor a pipe is read, and nothing without a limit.
    #[test]
    fn regular_files_alone_are_read_up_to_a_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("fits"), [7; 1024]).unwrap();
        fs::write(path("large"), [7; 1025]).unwrap();
        assert!(Command::new("mkfifo").arg(path("pipe")).status().unwrap().success());
        let read = |path: &Path| read(path, 1024).map(|bytes| bytes.len()).map_err(|fault| fault.to_string());
        assert_eq!(read(&path("fits")), Ok(1024));
        for (path, says) in [
            (path("large"), "is larger than 1 KiB"),
            (path("pipe"), "is not a regular file"),
            (path("absent"), "cannot be read (No such file or directory)"),
            (folder.path().to_owned(), "is not a regular file"),
            ("/dev/zero".into(), "is not a regular file"),
            // It says that it has no bytes, and has more.
            ("/proc/self/smaps".into(), "is larger than 1 KiB"),
        ] {
            assert_eq!(read(&path), Err(says.to_owned()), "{}", path.display());
        }
        symlink(path("fits"), path("link")).unwrap();
        assert_eq!(read(&path("link")), Ok(1024));
        assert_eq!(Regular::open_itself(&path("link"), 1024).err(), Some(Fault::NotRegular));
        assert!(Regular::open_itself(&path("fits"), 1024).is_ok());
        assert_eq!(Fault::TooLarge(4 << 20).to_string(), "is larger than 4 MiB");
    }
}
