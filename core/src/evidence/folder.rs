//! A folder as it becomes an archive: a draft of the manifest, the files, and the manifest in the draft's place.

use std::borrow::Cow;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use super::manifest::{FileRecord, Manifest};
use super::names::{DRAFT, MANIFEST, RAW, REMOVED, RESULT, VIDEO, is_content, is_own, is_part};
use super::verify::{listed, manifest, record, trouble, verify_archive};
use crate::canonical::canonical_json;
use crate::catalogue::Kind;
use crate::digest;
use crate::disk::{Disk, unwritten};
use crate::error::{Error, Result};
use crate::files::Regular;
use crate::result::CheckResult;

/// A folder that one run alone works on.
pub(crate) struct ArchiveFolder<'a> {
    pub(super) disk: &'a dyn Disk,
    pub(super) folder: PathBuf,
    is_new: bool,
    _lock: File,
}

/// How far a folder is.
#[derive(Debug)]
pub(crate) enum Stage {
    /// Nothing in it can be relied on.
    Empty,
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
        let is_new = !folder.exists();
        disk.make_folder(folder).map_err(failed)?;
        if is_new {
            // So that its name outlives a crash of the machine.
            disk.sync_folder(&folder.join("..")).map_err(failed)?;
        }
        Ok(Self { is_new, ..Self::lock(disk, folder)? })
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
        let archive = Self { disk, folder: folder.to_owned(), is_new: false, _lock: lock };
        match outcome {
            Ok(()) => Ok(archive),
            Err(TryLockError::WouldBlock) => Err(archive.refused("is in use by another run")),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// How far the folder is with the archive that `wanted` names.
    ///
    /// # Errors
    /// Kind `io` where it holds anything else, or a whole archive that was changed.
    pub(crate) fn stage(&self, wanted: &Manifest, with_raw: bool) -> Result<Stage> {
        let there = listed(&self.folder)?;
        if there.contains(REMOVED) {
            return Err(self.refused("is being removed"));
        }
        if !there.iter().all(|name| is_own(name)) {
            return Err(self.refused("holds files that are no part of an archive"));
        }
        if there.contains(MANIFEST) {
            let found = verify_archive(&self.folder)?;
            return match (found.manifest, found.manifest_sha256) {
                (Some(manifest), _) if !manifest.is_of(wanted) => Err(self.refused("is the archive of another verification")),
                (Some(manifest), Some(hash)) if found.problems.is_empty() => Ok(Stage::Whole(manifest, hash)),
                _ => Err(self.refused("is an archive that was changed; verify it, and archive into another folder")),
            };
        }
        let Ok((draft, _)) = manifest(&self.folder, DRAFT)? else { return Ok(Stage::Empty) };
        if !draft.is_of(wanted) {
            return Err(self.refused("is the archive of another verification"));
        }
        let is_whole = draft.files.iter().all(|(name, record)| trouble(&self.folder.join(name), record).is_none());
        let fits = is_whole && (!with_raw || draft.files.contains_key(RAW));
        Ok(if fits { Stage::Drafted(draft) } else { Stage::Empty })
    }

    /// Writes all that a result has. `manifest` says of what and when; what comes back lacks the video and its time.
    pub(crate) fn draft(&self, mut manifest: Manifest, result: &CheckResult, raw: Option<&[u8]>) -> Result<Manifest> {
        let mut contents: Vec<(String, Cow<'_, [u8]>)> = vec![(RESULT.to_owned(), canonical_json(result)?.into_bytes().into())];
        contents.extend(raw.map(|raw| (RAW.to_owned(), raw.into())));
        contents.extend(result.named_images().into_iter().map(|(name, image)| (name, (&*image.bytes).into())));
        manifest.files = contents.iter().map(|(name, bytes)| (name.clone(), written(bytes))).collect();
        let has = |stem| manifest.files.keys().any(|name: &String| name.starts_with(stem));
        let missing = [
            ("raw", has("raw"), "not_asked"),
            ("face", has("face"), "none_sent"),
            ("document", has("document"), "none_sent"),
            ("video", result.face.as_ref().is_some_and(|face| face.video_url.is_some()), "none_offered"),
        ];
        manifest.missing =
            missing.into_iter().filter(|(_, has, _)| !has).map(|(what, _, why)| (what.to_owned(), why.to_owned())).collect();
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

    /// Whether it is there, perhaps from a run that went no further.
    pub(crate) fn has_video(&self) -> bool {
        self.video().symlink_metadata().is_ok()
    }

    /// Adds the video, or else why there is none, and makes the archive whole; gives its manifest, and the hash of that file.
    pub(crate) fn finish(&self, mut manifest: Manifest, why_no_video: &str, now: &str) -> Result<(Manifest, String)> {
        if self.has_video() {
            let path = self.video();
            let video = Regular::open_itself(&path, u64::MAX).and_then(record);
            let video = video.map_err(|fault| Error::new(Kind::Io, format!("{}: {fault}", path.display())))?;
            manifest.files.insert(VIDEO.to_owned(), video);
            manifest.missing.remove("video");
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

    fn put(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.disk.put(&self.folder, name, bytes).map_err(|error| unwritten(&self.folder.join(name), &error))
    }

    pub(super) fn remove(&self, name: &str) -> Result<()> {
        let path = self.folder.join(name);
        self.disk.remove(&path).map_err(|error| unwritten(&path, &error))
    }

    pub(super) fn refused(&self, why: &str) -> Error {
        Error::new(Kind::Io, format!("{}: {why}", self.folder.display()))
    }
}

fn written(bytes: &[u8]) -> FileRecord {
    FileRecord::new(bytes.len() as u64, digest::sha256(bytes))
}
