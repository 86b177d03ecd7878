//! Archives that are old enough to go.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::folder::{ArchiveFolder, OTHERS};
use super::manifest::Manifest;
use super::names::{DRAFT, MANIFEST, REMOVED, is_own};
use super::verify::{listed, manifest, verify_archive};
use crate::catalogue::Kind;
use crate::disk::{Disk, SystemDisk, unwritten};
use crate::error::{Error, Result};
use crate::files::Fault;

/// How deep archives may lie below the root.
const MAX_DEPTH: usize = 64;

/// What is to be done with an archive, by [`plan_purge`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Purge {
    pub folder: PathBuf,
    pub action: PurgeAction,
}

/// What is to be done with an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PurgeAction {
    /// It is whole, unchanged, and old enough to go.
    Remove,
    /// An earlier purge was interrupted in it.
    Finish,
    /// It is not old enough.
    KeepYoung,
    /// The system does not let the folder be read.
    KeepUnreadable,
    /// It is not whole, was changed, or is of a later version of libcloudauth: it stays, whatever its age.
    KeepUnverified,
}

impl PurgeAction {
    /// The name in every language, such as `keep_young`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Remove => "remove",
            Self::Finish => "finish",
            Self::KeepYoung => "keep_young",
            Self::KeepUnverified => "keep_unverified",
            Self::KeepUnreadable => "keep_unreadable",
        }
    }
}

/// What a purge would do with each archive in `root` and below it, links not followed. Nothing is changed; [`Purge::run`] does it.
///
/// # Errors
/// Kind `io` where `root` cannot be read.
pub fn plan_purge(root: impl AsRef<Path>, older_than: Duration) -> Result<Vec<Purge>> {
    let cutoff = SystemTime::now().checked_sub(older_than).unwrap_or(SystemTime::UNIX_EPOCH);
    let root = root.as_ref();
    let unreadable = |error: io::Error| Error::new(Kind::Io, format!("{}: {}", root.display(), Fault::from(error)));
    // Of `.`, nothing could be removed.
    let root = root.canonicalize().map_err(unreadable)?;
    fs::read_dir(&root).map_err(unreadable)?;
    let mut plan = Vec::new();
    visit(&root, cutoff, 0, &mut plan);
    Ok(plan)
}

fn visit(folder: &Path, cutoff: SystemTime, depth: usize, plan: &mut Vec<Purge>) {
    let mut add = |action| plan.push(Purge { folder: folder.to_owned(), action });
    let Ok(there) = listed(folder) else { return add(PurgeAction::KeepUnreadable) };
    let has = |name| there.contains(name);
    if has(REMOVED) && !has(MANIFEST) && matches!(manifest(folder, REMOVED), Ok(Ok(_))) {
        return add(PurgeAction::Finish);
    }
    if has(MANIFEST)
        && !has(REMOVED)
        && let Ok(Ok((manifest, _))) = manifest(folder, MANIFEST)
    {
        let is_complete = || verify_archive(folder).is_ok_and(|found| found.is_complete());
        return add(decide(archived_at(&manifest), cutoff, is_complete));
    }
    if has(MANIFEST) || has(REMOVED) || has(DRAFT) {
        add(PurgeAction::KeepUnverified);
    }
    // A manifest of something else may lie above archives.
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<_> =
        entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()).collect();
    folders.sort();
    if depth < MAX_DEPTH {
        for path in &folders {
            visit(path, cutoff, depth + 1, plan);
        }
    }
}

fn archived_at(manifest: &Manifest) -> Option<SystemTime> {
    humantime::parse_rfc3339(manifest.archived_at.as_deref()?).ok()
}

/// Files are read only of an archive that is old enough.
fn decide(archived_at: Option<SystemTime>, cutoff: SystemTime, is_complete: impl FnOnce() -> bool) -> PurgeAction {
    match archived_at {
        Some(time) if time > cutoff => PurgeAction::KeepYoung,
        Some(_) if is_complete() => PurgeAction::Remove,
        _ => PurgeAction::KeepUnverified,
    }
}

impl Purge {
    /// Does what was planned. An archive that has changed since then stays. What is interrupted is no whole archive any more, and a
    /// later purge finishes it; at the last step, an empty folder is left.
    ///
    /// # Errors
    /// Kind `io`.
    pub fn run(&self) -> Result<()> {
        self.run_on(&SystemDisk)
    }

    pub(super) fn run_on(&self, disk: &dyn Disk) -> Result<()> {
        match self.action {
            PurgeAction::Remove => ArchiveFolder::lock(disk, &self.folder)?.purge(true),
            PurgeAction::Finish => ArchiveFolder::lock(disk, &self.folder)?.purge(false),
            PurgeAction::KeepYoung | PurgeAction::KeepUnverified | PurgeAction::KeepUnreadable => Ok(()),
        }
    }
}

impl ArchiveFolder<'_> {
    fn purge(&self, is_whole: bool) -> Result<()> {
        let (disk, folder) = (self.disk, &*self.folder);
        let failed = |error| unwritten(folder, &error);
        if is_whole {
            if !verify_archive(folder)?.is_complete() {
                return Err(self.refused("was changed since the purge was planned"));
            }
            disk.rename(&folder.join(MANIFEST), &folder.join(REMOVED)).map_err(failed)?;
            disk.sync_folder(folder).map_err(failed)?;
        } else if !matches!(manifest(folder, REMOVED), Ok(Ok(_))) {
            return Err(self.refused("was changed since the purge was planned"));
        }
        let there = listed(folder)?;
        if !there.iter().all(|name| is_own(name)) {
            return Err(self.refused(OTHERS));
        }
        for name in there.iter().filter(|name| *name != REMOVED) {
            self.remove(name)?;
        }
        // The mark goes when nothing else is left, even after a crash.
        disk.sync_folder(folder).map_err(failed)?;
        self.remove(REMOVED)?;
        // While there is a way to it.
        let parent = File::open(folder.join("..")).map_err(failed)?;
        disk.remove_folder(folder).and_then(|()| disk.sync(&parent)).map_err(failed)
    }
}
