//! Archives that are old enough to go.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::folder::{ArchiveFolder, OTHERS};
use super::names::{DRAFT, MANIFEST, REMOVED, is_own};
use super::verify::{listed, manifest, validate_folder, verify_archive};
use crate::catalogue::Kind;
use crate::disk::{Disk, SystemDisk, unwritten};
use crate::error::{Error, Result};
use crate::files::Fault;
use crate::image_files::is_image_name;

/// How deep archives may lie below the root.
const MAX_DEPTH: usize = 64;

/// What is to be done with an archive, by [`plan_purge`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Purge {
    pub folder: PathBuf,
    pub action: PurgeAction,
    /// The manifest says that it was archived in the future: it stays, and a clock may be off.
    pub is_of_future: bool,
    /// Of the draft that it was planned for.
    pub(super) draft_sha256: Option<String>,
    /// When its files were last written, where it has no draft.
    pub(super) written_at: Option<SystemTime>,
}

/// What is to be done with an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PurgeAction {
    /// It is whole, unchanged, and old enough to go.
    Remove,
    /// An earlier purge was interrupted in it.
    Finish,
    /// It was begun, is not whole, and is old enough to go: by the time of its reply, or where it has no draft, of its files.
    /// [`Purge::run`] removes it: a caller that does not want this does not
    /// run it.
    Interrupted,
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
            Self::Interrupted => "interrupted",
            Self::KeepYoung => "keep_young",
            Self::KeepUnverified => "keep_unverified",
            Self::KeepUnreadable => "keep_unreadable",
        }
    }
}

/// What a purge would do with each archive in `root` and below it, links not followed. Nothing is changed; [`Purge::run`] does it.
///
/// # Errors
/// Kind `io` where `root` cannot be read, `invalid_argument` where it is empty.
pub fn plan_purge(root: impl AsRef<Path>, older_than: Duration) -> Result<Vec<Purge>> {
    validate_folder(root.as_ref())?;
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
    let of = |action| Purge { folder: folder.to_owned(), action, is_of_future: false, draft_sha256: None, written_at: None };
    let mut add = |purge| plan.push(purge);
    let Ok(there) = listed(folder) else { return add(of(PurgeAction::KeepUnreadable)) };
    let has = |name| there.contains(name);
    if has(REMOVED) && !has(MANIFEST) && matches!(manifest(folder, REMOVED), Ok(Ok(_))) {
        return add(of(PurgeAction::Finish));
    }
    if has(MANIFEST)
        && !has(REMOVED)
        && let Ok(Ok((manifest, _))) = manifest(folder, MANIFEST)
    {
        let is_complete = || verify_archive(folder).is_ok_and(|found| found.is_complete());
        let archived_at = time(manifest.archived_at.as_deref());
        let is_of_future = archived_at.is_some_and(|time| time > SystemTime::now());
        return add(Purge { is_of_future, ..of(decide(archived_at, cutoff, is_complete)) });
    }
    if has(DRAFT)
        && !has(MANIFEST)
        && !has(REMOVED)
        && there.iter().all(|name| is_own(name))
        && let Ok(Ok((draft, hash))) = manifest(folder, DRAFT)
    {
        let action = match time(draft.fetched_at.as_deref()) {
            Some(time) if time > cutoff => PurgeAction::KeepYoung,
            Some(_) => PurgeAction::Interrupted,
            None => PurgeAction::KeepUnverified,
        };
        return add(Purge { draft_sha256: Some(hash), ..of(action) });
    }
    if is_remains(&there)
        && let Ok(Some(written_at)) = last_written(folder, &there)
    {
        let action = if written_at > cutoff { PurgeAction::KeepYoung } else { PurgeAction::Interrupted };
        return add(Purge { written_at: Some(written_at), ..of(action) });
    }
    if has(MANIFEST) || has(REMOVED) || has(DRAFT) {
        add(of(PurgeAction::KeepUnverified));
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

/// Whether it is what a run left that had no draft yet, or lost it. Pictures alone are somebody else's.
fn is_remains(there: &BTreeSet<String>) -> bool {
    let is_mark = |name: &String| [MANIFEST, REMOVED, DRAFT].contains(&name.as_str());
    there.iter().all(|name| is_own(name) && !is_mark(name)) && there.iter().any(|name| !is_image_name(name))
}

/// When any of these was last written; `None` where one is no regular file.
fn last_written(folder: &Path, there: &BTreeSet<String>) -> io::Result<Option<SystemTime>> {
    let mut last = None;
    for name in there {
        let facts = fs::symlink_metadata(folder.join(name))?;
        if !facts.is_file() {
            return Ok(None);
        }
        last = last.max(Some(facts.modified()?));
    }
    Ok(last)
}

fn time(text: Option<&str>) -> Option<SystemTime> {
    humantime::parse_rfc3339(text?).ok()
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
            PurgeAction::Remove | PurgeAction::Finish | PurgeAction::Interrupted => {
                ArchiveFolder::lock(disk, &self.folder)?.purge(self)
            }
            PurgeAction::KeepYoung | PurgeAction::KeepUnverified | PurgeAction::KeepUnreadable => Ok(()),
        }
    }
}

impl ArchiveFolder<'_> {
    fn purge(&self, plan: &Purge) -> Result<()> {
        let (disk, folder) = (self.disk, &*self.folder);
        let failed = |error| unwritten(folder, &error);
        let there = listed(folder)?;
        let has = |name| there.contains(name);
        let (mark, is_as_planned) = match plan.action {
            PurgeAction::Interrupted if plan.draft_sha256.is_none() => {
                let same = is_remains(&there) && last_written(folder, &there).map_err(failed)? == plan.written_at;
                (None, same)
            }
            PurgeAction::Remove => (Some(MANIFEST), verify_archive(folder)?.is_complete()),
            PurgeAction::Interrupted => {
                let draft = manifest(folder, DRAFT)?.ok().map(|(_, hash)| hash);
                (Some(DRAFT), draft.is_some() && draft == plan.draft_sha256 && !has(MANIFEST) && !has(REMOVED))
            }
            _ => (Some(REMOVED), matches!(manifest(folder, REMOVED), Ok(Ok(_)))),
        };
        if !is_as_planned {
            return Err(self.refused("was changed since the purge was planned"));
        }
        if !there.iter().all(|name| is_own(name)) {
            return Err(self.refused(OTHERS));
        }
        if let Some(mark) = mark.filter(|mark| *mark != REMOVED) {
            disk.rename(&folder.join(mark), &folder.join(REMOVED)).map_err(failed)?;
            disk.sync_folder(folder).map_err(failed)?;
        }
        // Pictures first: without them, what is left is still known for what it is.
        let (pictures, others): (Vec<_>, Vec<_>) = there.iter().partition(|name| is_image_name(name));
        for name in pictures.into_iter().chain(others).filter(|name| Some(name.as_str()) != mark) {
            self.remove(name)?;
        }
        // The mark goes when nothing else is left, even after a crash.
        disk.sync_folder(folder).map_err(failed)?;
        if mark.is_some() {
            self.remove(REMOVED)?;
        }
        // While there is a way to it.
        let parent = File::open(folder.join("..")).map_err(failed)?;
        disk.remove_folder(folder).and_then(|()| disk.sync(&parent)).map_err(failed)
    }
}
