//! A folder as it becomes an archive: a draft of the manifest, the files, and the manifest in the draft's place.

use std::borrow::Cow;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::manifest::{FileRecord, Manifest};
use super::names::{DRAFT, MANIFEST, RAW, RECEIPT, REMOVED, RESULT, VIDEO, is_content, is_own, is_part};
use super::receipt::Receipt;
use super::refusal::FolderRefusal;
use super::verify::{Trouble, listed, manifest, receipt, record, trouble, verify_archive};
use crate::canonical::canonical_json;
use crate::catalogue::Kind;
use crate::decode;
use crate::digest;
use crate::disk::{Disk, PART, unwritten};
use crate::error::{Error, Result};
use crate::files::{Fault, Regular};
use crate::map;
use crate::result::{CheckResult, Fields};

/// Why something is not in an archive.
pub(super) const NOT_ASKED: &str = "not_asked";
pub(super) const PENDING: &str = "pending";
pub(super) const GONE: &str = "gone";
/// A video was asked for, and it may be deleted already.
pub(super) const TOO_LATE: &str = "too_late";

pub(super) const OTHERS: &str = "holds files that are no part of an archive";

/// A folder that one run alone works on.
pub(crate) struct ArchiveFolder<'a> {
    pub(super) disk: &'a dyn Disk,
    pub(super) folder: PathBuf,
    is_new: bool,
    lock: File,
}

/// How far a folder is.
#[derive(Debug)]
pub(crate) enum Stage {
    /// There is nothing in it yet.
    Empty,
    /// A run that was interrupted left this draft, and some of its files are not there, or not as it says.
    Damaged(Manifest),
    /// Everything is there but the video, perhaps, and the manifest, of which this is the draft.
    Drafted(Manifest),
    /// The archive is whole; with the hash of the manifest's file.
    Whole(Manifest, String),
}

impl<'a> ArchiveFolder<'a> {
    /// Makes the folder where it is missing.
    ///
    /// # Errors
    /// Kind `io`, also where another run works on it.
    pub(crate) fn open(disk: &'a dyn Disk, folder: &Path) -> Result<Self> {
        let failed = |error| unwritten(folder, &error);
        if let Some(outer) = outer_archive(folder) {
            return Err(Error::new(Kind::Io, format!("{}: lies in the archive {}", folder.display(), outer.display())));
        }
        let is_new = !folder.exists();
        disk.make_folder(folder).map_err(failed)?;
        if is_new {
            // So that its name outlives a crash of the machine.
            disk.sync_folder(&folder.join("..")).map_err(failed)?;
        }
        let mut locked = Self::lock(disk, folder)?;
        locked.is_new = is_new;
        Ok(locked)
    }

    /// Removes the folder where it was made for nothing.
    pub(crate) fn discard(&self) {
        if self.is_new {
            // Unless there is something in it by now.
            let _ = self.disk.remove_folder(&self.folder);
        }
    }

    /// Of a folder that is there.
    pub(super) fn lock(disk: &'a dyn Disk, folder: &Path) -> Result<Self> {
        let failed = |error| unwritten(folder, &error);
        let lock = File::open(folder).map_err(failed)?;
        let outcome = lock.try_lock();
        let archive = Self { disk, folder: folder.to_owned(), is_new: false, lock };
        match outcome {
            Ok(()) => Ok(archive),
            Err(TryLockError::WouldBlock) => Err(archive.refused_as(FolderRefusal::InUse, "is in use by another run")),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// How far the folder is with the archive that `wanted` names.
    ///
    /// # Errors
    /// Kind `io` where it holds anything else, or a whole archive that was changed.
    pub(crate) fn stage(&self, wanted: &Manifest) -> Result<Stage> {
        let there = listed(&self.folder)?;
        if there.contains(REMOVED) {
            return Err(self.refused("is being removed"));
        }
        if !there.iter().all(|name| is_own(name)) {
            return Err(self.refused(OTHERS));
        }
        if there.contains(MANIFEST) {
            let found = verify_archive(&self.folder)?;
            return match (found.manifest, found.manifest_sha256) {
                (Some(manifest), _) if !manifest.is_of(wanted) => {
                    Err(self.refused_as(FolderRefusal::Foreign, "is the archive of another verification"))
                }
                (Some(manifest), Some(hash)) if found.problems.is_empty() => Ok(Stage::Whole(manifest, hash)),
                _ => Err(self.refused("is an archive that was changed; verify it, and archive into another folder")),
            };
        }
        if !there.contains(DRAFT) {
            // What a run writes first is the draft.
            let is_empty = there.iter().all(|name| is_part(name));
            return if is_empty { Ok(Stage::Empty) } else { Err(self.refused(OTHERS)) };
        }
        let Ok((draft, _)) = manifest(&self.folder, DRAFT)? else {
            return Err(self.refused("has a draft.json that is not as it was written"));
        };
        if !draft.is_of(wanted) {
            return Err(self.refused_as(FolderRefusal::Foreign, "is the archive of another verification"));
        }
        let is_whole = self.intact(&draft).len() == draft.files.len();
        Ok(if is_whole { Stage::Drafted(draft) } else { Stage::Damaged(draft) })
    }

    /// The files of a draft that are as it says, by name.
    pub(super) fn intact<'d>(&self, draft: &'d Manifest) -> Vec<&'d str> {
        let is_intact = |(name, record): &(&String, &FileRecord)| trouble(&self.folder.join(name), record).is_none();
        draft.files.iter().filter(is_intact).map(|(name, _)| name.as_str()).collect()
    }

    /// Makes a draft of a whole archive again, so that what it lacks can be added.
    pub(crate) fn reopen(&self) -> Result<()> {
        let draft = self.folder.join(DRAFT);
        let renamed = self.disk.rename(&self.folder.join(MANIFEST), &draft).and_then(|()| self.disk.sync_folder(&self.folder));
        renamed.map_err(|error| unwritten(&draft, &error))
    }

    /// Writes all that a result has. `manifest` says of what and when, and why things may be missing that were not asked for; what
    /// comes back lacks the video, unless an `earlier` run has it, and its time.
    pub(crate) fn draft(&self, mut manifest: Manifest, result: &CheckResult, earlier: Option<&Manifest>) -> Result<Manifest> {
        let mut contents: Vec<(String, Cow<'_, [u8]>)> = vec![(RESULT.to_owned(), canonical_json(result)?.into_bytes().into())];
        let raw = result.raw().filter(|_| manifest.lacks("raw") != Some(NOT_ASKED));
        contents.extend(raw.map(|raw| (RAW.to_owned(), raw.into())));
        contents.extend(result.named_images().into_iter().map(|(name, image)| (name, (&*image.bytes).into())));
        manifest.files = map::of(contents.iter().map(|(name, bytes)| (name.clone(), written(bytes))));
        let has = |stem| manifest.files.keys().any(|name: &String| name.starts_with(stem));
        let offers_video = result.face.as_ref().is_some_and(|face| face.video_url.is_some());
        let why = |what, otherwise| if manifest.lacks(what) == Some(NOT_ASKED) { NOT_ASKED } else { otherwise };
        let video = earlier.and_then(|earlier| earlier.files.get(VIDEO)).filter(|video| trouble(&self.video(), video).is_none());
        let no_video = match (offers_video, manifest.lacks("video")) {
            _ if video.is_some() => None,
            (true, Some(NOT_ASKED)) => Some(NOT_ASKED),
            (true, _) => None,
            (false, Some(GONE)) => Some(GONE),
            (false, Some(TOO_LATE)) => Some(TOO_LATE),
            (false, _) => Some("none_offered"),
        };
        let missing = [
            ("raw", has("raw"), NOT_ASKED),
            ("face", has("face"), why("face", "none_sent")),
            ("document", has("document"), why("document", "none_sent")),
            ("video", no_video.is_none(), no_video.unwrap_or_default()),
            ("verdict", !result.is_pending(), PENDING),
        ];
        let missing = missing.into_iter().filter(|(_, has, _)| !has);
        manifest.missing = map::of(missing.map(|(what, _, why)| (what.to_owned(), why.to_owned())));
        manifest.files.extend(video.map(|video| (VIDEO.to_owned(), video.clone())));
        self.put(DRAFT, manifest.to_json()?.as_bytes())?;
        // What a run before this one left of another reply.
        for name in listed(&self.folder)? {
            if name != VIDEO && is_content(&name) && !manifest.files.contains_key(&name) {
                self.remove(&name)?;
            }
        }
        for (name, bytes) in &contents {
            if trouble(&self.folder.join(name), &manifest.files[name]).is_some() {
                self.put(name, bytes)?;
            }
        }
        Ok(manifest)
    }

    /// Where the video belongs, whole or not at all.
    pub(crate) fn video(&self) -> PathBuf {
        self.folder.join(VIDEO)
    }

    /// Where it waits while the archive is still whole without it.
    pub(crate) fn waiting_video(&self) -> PathBuf {
        self.folder.join(format!("{VIDEO}{PART}"))
    }

    /// Gives that one its name.
    pub(crate) fn take_waiting_video(&self) -> Result<()> {
        let to = self.video();
        let renamed = self.disk.rename(&self.waiting_video(), &to).and_then(|()| self.disk.sync_folder(&self.folder));
        renamed.map_err(|error| unwritten(&to, &error))
    }

    /// Whether it is there, perhaps from a run that went no further.
    pub(crate) fn has_video(&self) -> bool {
        self.video().symlink_metadata().is_ok()
    }

    /// Adds the video, if it was offered and is there, or else why it is not; and makes the archive whole. Gives its manifest, and
    /// the hash of that file.
    pub(crate) fn finish(&self, mut manifest: Manifest, why_no_video: &str, now: &str) -> Result<(Manifest, String)> {
        if manifest.files.contains_key(VIDEO) || manifest.lacks("video").is_some() {
            // It is said already.
        } else if self.has_video() {
            let path = self.video();
            let video = Regular::open_itself(&path, u64::MAX).and_then(record);
            let video = video.map_err(|fault| match fault {
                Fault::NotRegular => self.refused("has a video.webm that is no regular file"),
                fault => Error::new(Kind::Io, format!("{}: {fault}", path.display())),
            })?;
            manifest.files.insert(VIDEO.to_owned(), video);
        } else {
            manifest.missing.insert("video".to_owned(), why_no_video.to_owned());
        }
        manifest.archived_at = Some(now.to_owned());
        // So that a draft never lies beside a manifest.
        self.put(DRAFT, manifest.to_json()?.as_bytes())?;
        for name in listed(&self.folder)? {
            if is_part(&name) {
                self.remove(&name)?;
            }
        }
        let to = self.folder.join(MANIFEST);
        let renamed = self.disk.rename(&self.folder.join(DRAFT), &to).and_then(|()| self.disk.sync_folder(&self.folder));
        renamed.map_err(|error| unwritten(&to, &error))?;
        let found = verify_archive(&self.folder)?;
        match found.manifest_sha256 {
            Some(hash) if found.problems.is_empty() => Ok((manifest, hash)),
            _ => Err(self.refused("was changed by somebody else while it was written")),
        }
    }

    /// The result, as its file has it.
    pub(crate) fn result(&self) -> Result<Fields> {
        let path = self.folder.join(RESULT);
        let read = Regular::open_itself(&path, u64::MAX).and_then(Regular::bytes);
        let bytes = read.map_err(|fault| Error::new(Kind::Io, format!("{}: {fault}", path.display())))?;
        decode::fields(&bytes).ok().flatten().ok_or_else(|| self.refused("has a result.json that this library did not write"))
    }

    /// The receipt of the whole archive with that manifest, if there is one.
    pub(super) fn receipt(&self, manifest: &Manifest) -> Result<Option<Receipt>> {
        match receipt(&self.folder, manifest)? {
            Ok(receipt) => Ok(Some(receipt)),
            Err(Trouble::Missing) => Ok(None),
            Err(_) => Err(self.refused("has a receipt that was changed")),
        }
    }

    /// Replaces the receipt.
    pub(super) fn put_receipt(&self, receipt: &Receipt) -> Result<()> {
        if receipt.is_empty() { self.remove(RECEIPT) } else { self.put(RECEIPT, receipt.to_json()?.as_bytes()) }
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.disk.put(&self.folder, name, bytes).map_err(|error| unwritten(&self.folder.join(name), &error))
    }

    pub(super) fn remove(&self, name: &str) -> Result<()> {
        let path = self.folder.join(name);
        self.disk.remove(&path).map_err(|error| unwritten(&path, &error))
    }

    pub(super) fn refused(&self, why: &str) -> Error {
        self.refused_as(FolderRefusal::Changed, why)
    }

    fn refused_as(&self, refusal: FolderRefusal, why: &str) -> Error {
        Error::new(Kind::Io, format!("{}: {why}", self.folder.display())).with_cause(Arc::new(refusal))
    }
}

/// The archive that a folder lies in, if it does.
fn outer_archive(folder: &Path) -> Option<PathBuf> {
    let folder = std::path::absolute(folder).ok()?;
    // It may not be there yet.
    let there = folder.ancestors().find(|path| path.exists())?.canonicalize().ok()?;
    let is_itself = there == folder.canonicalize().unwrap_or_default();
    let is_archive = |path: &&Path| matches!(manifest(path, MANIFEST), Ok(Ok(_))) || matches!(manifest(path, DRAFT), Ok(Ok(_)));
    there.ancestors().skip(usize::from(is_itself)).find(is_archive).map(Path::to_owned)
}

impl Drop for ArchiveFolder<'_> {
    fn drop(&mut self) {
        // A child that was forked just now has the file open until it runs another program.
        let _ = self.lock.unlock();
    }
}

fn written(bytes: &[u8]) -> FileRecord {
    FileRecord::new(bytes.len() as u64, digest::sha256(bytes))
}
