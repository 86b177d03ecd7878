//! Whether a folder holds what its manifest says, and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::json;

use super::manifest::{FileRecord, Manifest};
use super::names::{MANIFEST, RECEIPT, is_part};
use super::receipt::Receipt;
use super::sealed::Refusal;
use crate::catalogue::Kind;
use crate::digest;
use crate::error::{Error, Result};
use crate::files::{Fault, Regular};
use crate::map;
use crate::result::redacted::redacted_debug;
use crate::result::{Fields, Value};

const LARGEST_MANIFEST: u64 = 1 << 20;

/// What [`verify_archive`] found.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArchiveReport {
    /// `None` where there is none, or none that is as it was written.
    pub manifest: Option<Manifest>,
    /// SHA-256 of the manifest's file. Whoever can write to the folder can write another manifest, and has another hash.
    pub manifest_sha256: Option<String>,
    /// Each file that is not as the manifest says, by name.
    pub problems: Vec<FileProblem>,
}

redacted_debug!(ArchiveReport: manifest, manifest_sha256; problems);

impl ArchiveReport {
    /// Whether the archive is whole and unchanged.
    pub fn is_complete(&self) -> bool {
        self.problems.is_empty() && self.manifest.is_some()
    }

    /// As an object: `complete`, `manifest_sha256`, and `problems`, each with its `file` and `problem`.
    pub fn to_object(&self) -> Fields {
        let problem = |one: &FileProblem| json!({"file": one.file, "problem": one.problem.name()});
        let fields: [(&str, Value); 3] = [
            ("complete", self.is_complete().into()),
            ("manifest_sha256", self.manifest_sha256.clone().into()),
            ("problems", self.problems.iter().map(problem).collect()),
        ];
        fields.map(|(name, value)| (name.to_owned(), value)).into_iter().collect()
    }
}

/// A file of an archive that is not as the manifest says.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileProblem {
    pub file: String,
    pub problem: Trouble,
}

redacted_debug!(FileProblem: problem; file);

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Trouble {
    /// It is not there. Of the manifest: the archive is not whole yet, or is being removed.
    Missing,
    /// It has another size or hash.
    Changed,
    /// The manifest does not have it.
    Unknown,
    /// A link, a folder or a device lies in its place.
    NotRegular,
    /// The system does not let it be read.
    Unreadable,
}

impl Trouble {
    /// The name in every language, such as `not_regular`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::Unknown => "unknown",
            Self::NotRegular => "not_regular",
            Self::Unreadable => "unreadable",
        }
    }

    fn of(fault: Fault) -> Self {
        match fault {
            Fault::NotRegular => Self::NotRegular,
            // Than the manifest says.
            Fault::TooLarge(_) => Self::Changed,
            Fault::Unreadable(reason) if reason.kind() == io::ErrorKind::NotFound => Self::Missing,
            Fault::Unreadable(_) => Self::Unreadable,
        }
    }
}

/// Holds each file of the folder against its manifest. Links in it are not followed.
///
/// # Errors
/// Kind `io` where the folder cannot be read, `invalid_argument` where its path is empty or the manifest is of a later version.
pub fn verify_archive(folder: impl AsRef<Path>) -> Result<ArchiveReport> {
    verify(folder.as_ref())
}

fn verify(folder: &Path) -> Result<ArchiveReport> {
    validate_folder(folder)?;
    let mut there = listed(folder)?;
    there.remove(MANIFEST);
    let found = |file: &str, problem| FileProblem { file: file.to_owned(), problem };
    let (manifest, sha256) = match manifest(folder, MANIFEST)? {
        Ok(read) => read,
        // There is nothing to hold the others against.
        Err(problem) => {
            let problems = vec![found(MANIFEST, problem)];
            return Ok(ArchiveReport { manifest: None, manifest_sha256: None, problems });
        }
    };
    let mut problems = Vec::new();
    for (name, record) in &manifest.files {
        there.remove(name);
        problems.extend(trouble(&folder.join(name), record).map(|trouble| found(name, trouble)));
    }
    if there.remove(RECEIPT) {
        problems.extend(receipt(folder, &manifest)?.err().map(|trouble| found(RECEIPT, trouble)));
    }
    // What a run left that did not come to its end is no part of an archive, and no damage to it.
    let others = there.iter().filter(|name| !is_part(name));
    problems.extend(others.map(|name| found(name, Trouble::Unknown)));
    Ok(ArchiveReport { manifest: Some(manifest), manifest_sha256: Some(sha256), problems })
}

/// An empty path is no folder: not the current one, either.
pub(super) fn validate_folder(folder: &Path) -> Result<()> {
    let refused = || Err(Error::invalid_argument("folder", "must not be empty"));
    if folder.as_os_str().is_empty() { refused() } else { Ok(()) }
}

/// The names in a folder.
pub(super) fn listed(folder: &Path) -> Result<BTreeSet<String>> {
    let name = |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into_owned());
    let names = fs::read_dir(folder).and_then(|entries| entries.map(name).collect::<io::Result<Vec<_>>>());
    names.map(map::of).map_err(|error| Error::new(Kind::Io, format!("{}: {}", folder.display(), Fault::from(error))))
}

/// The manifest in the file `name` and the hash of that file, or what is wrong with it.
pub(super) fn manifest(folder: &Path, name: &str) -> Result<Result<(Manifest, String), Trouble>> {
    let file = Regular::open_itself(&folder.join(name), LARGEST_MANIFEST);
    let bytes = match file.and_then(Regular::bytes) {
        Ok(bytes) => bytes,
        Err(fault) => return Ok(Err(Trouble::of(fault))),
    };
    match Manifest::read(&bytes) {
        // Only a draft has no time, and what was one before it was to be removed.
        Ok(manifest) if manifest.archived_at.is_some() || name != MANIFEST => Ok(Ok((manifest, digest::sha256(&bytes)))),
        Err(newer @ Refusal::Newer) => Err(Error::invalid_argument("folder", format!("{name} {}", newer.rule()))),
        _ => Ok(Err(Trouble::Changed)),
    }
}

/// The receipt of an archive with this manifest, or what is wrong with it.
pub(super) fn receipt(folder: &Path, manifest: &Manifest) -> Result<Result<Receipt, Trouble>> {
    let file = Regular::open_itself(&folder.join(RECEIPT), LARGEST_MANIFEST);
    let bytes = match file.and_then(Regular::bytes) {
        Ok(bytes) => bytes,
        Err(fault) => return Ok(Err(Trouble::of(fault))),
    };
    match Receipt::read(&bytes) {
        Ok(receipt) if receipt.transaction_id == manifest.transaction_id => Ok(Ok(receipt)),
        Err(newer @ Refusal::Newer) => Err(Error::invalid_argument("folder", format!("{RECEIPT} {}", newer.rule()))),
        _ => Ok(Err(Trouble::Changed)),
    }
}

/// What is wrong with a file, by what a manifest says of it.
pub(super) fn trouble(path: &Path, wanted: &FileRecord) -> Option<Trouble> {
    match Regular::open_itself(path, wanted.size).and_then(record) {
        Ok(found) if found == *wanted => None,
        Ok(_) => Some(Trouble::Changed),
        Err(fault) => Some(Trouble::of(fault)),
    }
}

/// What a manifest says of this file.
pub(super) fn record(file: Regular) -> Result<FileRecord, Fault> {
    let (sha256, size) = digest::sha256_of(file.into_file())?;
    Ok(FileRecord::new(size, sha256))
}
