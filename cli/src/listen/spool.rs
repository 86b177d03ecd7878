//! Starts that other programs leave in a folder, each in a file of its own.

use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use cloudauth_ledger::Begun;

use crate::bulk::from_started;
use crate::exit::{Failure, io_words};
use crate::output;
use crate::plain::plain;

const LARGEST: u64 = 1 << 20;
/// So many are taken at a time.
const MOST: usize = 1_000;

/// What the folder has: whatever ends in `.json`.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let is_start = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "json");
    let read = fs::read_dir(folder).and_then(|entries| {
        let paths = entries.map(|entry| entry.map(|entry| entry.path()));
        paths.filter(|path| path.as_ref().map_or(true, is_start)).take(MOST).collect()
    });
    read.map_err(|error| Failure::io(folder.display(), &error))
}

/// The start in a file, or which rule the file breaks.
pub(super) fn read(path: &Path) -> Result<Begun, String> {
    let bytes = bytes(path).map_err(|error| io_words(&error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("must hold at most {LARGEST} bytes"));
    }
    from_started(std::str::from_utf8(&bytes).map_err(|_| "must hold UTF-8 text")?.trim_end())
}

/// Never waits for whoever is at the other end of a pipe.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let check = |facts: fs::Metadata| facts.is_file().then_some(()).ok_or_else(|| io::Error::other("must be a regular file"));
    // Opening a device may have effects; and once open, it may have been replaced.
    check(fs::metadata(path)?)?;
    let file = OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK).open(path)?;
    check(file.metadata()?)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Gives the file a name that is not looked at, and names it on stderr.
pub(super) fn set_aside(path: &Path, rule: &str) -> Result<(), Failure> {
    let mut aside = path.to_owned().into_os_string();
    aside.push(".refused");
    fs::rename(path, aside).map_err(|error| Failure::io(path.display(), &error))?;
    output::note(&plain(&format!("cloudauth: {}: {rule}", path.display())));
    Ok(())
}
