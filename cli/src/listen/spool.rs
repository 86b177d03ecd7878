//! Starts that other programs leave in a folder, each in a file of its own.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use cloudauth_ledger::Begun;

use crate::bulk::from_started;
use crate::exit::Failure;
use crate::plain::plain;
use crate::{input, output};

const LARGEST: u64 = 1 << 20;
/// So many are taken at a time.
const MOST: usize = 1_000;

/// What the folder has: each file that ends in `.json`, with the start in it. A file that holds none is named on stderr and gets
/// another name, so that it is looked at once.
pub(super) fn starts(folder: &Path) -> Result<Vec<(PathBuf, Begun)>, Failure> {
    let failed = |error: &io::Error| Failure::io(folder.display(), error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| failed(&error))? {
        let path = entry.map_err(|error| failed(&error))?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        match read(&path) {
            Ok(begun) => found.push((path, begun)),
            Err(failure) => set_aside(&path, failure.message())?,
        }
        if found.len() == MOST {
            break;
        }
    }
    Ok(found)
}

/// Names the file on stderr, and gives it a name that is not looked at.
pub(super) fn set_aside(path: &Path, rule: &str) -> Result<(), Failure> {
    output::note(&plain(&format!("cloudauth: {}: {rule}", path.display())));
    let mut aside = path.to_owned().into_os_string();
    aside.push(".refused");
    fs::rename(path, aside).map_err(|error| Failure::io(path.display(), &error))
}

fn read(path: &Path) -> Result<Begun, Failure> {
    let text = input::read_text(path, LARGEST)?;
    from_started(&text).map_err(|rule| Failure::new(cloudauth_core::Kind::InvalidArgument, rule))
}
