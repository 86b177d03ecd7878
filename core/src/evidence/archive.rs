//! A verification becomes an archive: its result is fetched, its video is, and both are filed.

use std::path::Path;

use super::archived::{Archived, now};
use super::deletion::{Deletion, DeletionOutcome};
use super::folder::{ArchiveFolder, GONE, NOT_ASKED, Stage};
use super::manifest::Manifest;
use crate::disk::Disk;
use crate::error::Result;
use crate::map;
use crate::request::CheckResultRequest;
use crate::result::{CheckResult, Value};
use crate::video::{self, Hosts, Retrieval};
use crate::worker::Worker;

/// What to archive, and how.
pub(crate) struct Plan<'a> {
    pub(crate) into: &'a Path,
    /// Of what; what it holds is still to come.
    pub(crate) of: Manifest,
    pub(crate) request: CheckResultRequest,
    pub(crate) wanted: Wanted,
    pub(crate) hosts: Hosts,
    pub(crate) max_video_bytes: u64,
    pub(crate) deletion: Option<Deletion<'a>>,
}

/// What is asked for beside the result.
#[derive(Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) raw: bool,
    pub(crate) images: bool,
    pub(crate) video: bool,
}

impl Plan<'_> {
    /// Completes the archive, or finds that it is whole; then deletes what the service has, if that is wanted and may be.
    pub(crate) fn run(&self, worker: &dyn Worker, disk: &dyn Disk) -> Result<(Archived, Option<DeletionOutcome>)> {
        let folder = ArchiveFolder::open(disk, self.into)?;
        let archived = self.fill(worker, &folder).inspect_err(|_| folder.discard())?;
        let delete = |deletion: &Deletion<'_>| deletion.run(worker, &folder, &archived, &self.request);
        let deletion = self.deletion.as_ref().map(delete).transpose()?;
        Ok((archived, deletion))
    }

    fn fill(&self, worker: &dyn Worker, folder: &ArchiveFolder<'_>) -> Result<Archived> {
        let archived =
            |manifest, manifest_sha256, is_new| Ok(Archived { manifest, manifest_sha256, result: folder.result()?, is_new });
        let draft = match folder.stage(&self.of)? {
            Stage::Empty => {
                let (draft, result) = self.ask(worker, None)?;
                folder.draft(draft, &result)?
            }
            Stage::Drafted(draft) if !self.wanted.more_than(&draft) => draft,
            Stage::Drafted(draft) => {
                let (draft, result) = self.ask(worker, Some(&draft))?;
                folder.draft(draft, &result)?
            }
            // What was to be deleted has no more to give.
            Stage::Whole(manifest, hash) if !self.wanted.more_than(&manifest) || folder.receipt(&hash)?.is_some() => {
                return archived(manifest, hash, false);
            }
            Stage::Whole(manifest, hash) => {
                let (draft, result) = self.ask(worker, Some(&manifest))?;
                if result.is_pending() && !self.wanted.what_was_not_asked(&manifest) {
                    return archived(manifest, hash, false);
                }
                folder.reopen()?;
                folder.draft(draft, &result)?
            }
        };
        let why_no_video = self.fetch_video(worker, folder, &draft)?;
        let (manifest, hash) = folder.finish(draft, why_no_video, &now(worker))?;
        archived(manifest, hash, true)
    }

    /// Fetches the result. What an `earlier` run asked for is asked for again; the draft says what was not.
    fn ask(&self, worker: &dyn Worker, earlier: Option<&Manifest>) -> Result<(Manifest, CheckResult)> {
        let wanted = earlier.map_or(self.wanted, |earlier| self.wanted.and_all_of(earlier));
        let mut request = self.request.clone().return_image(wanted.images);
        request.keep_raw = wanted.raw;
        let result = worker.check_result(&request)?;
        let mut draft = self.of.clone();
        draft.request_id = Some(result.request_id.clone()).filter(|id| !id.is_empty());
        draft.fetched_at = Some(now(worker));
        let is_gone = earlier.is_some_and(|earlier| earlier.lacks("video") == Some(GONE));
        let missing = wanted.missing().chain(is_gone.then_some(("video", GONE)));
        draft.missing = map::of(missing.map(|(what, why)| (what.to_owned(), why.to_owned())));
        Ok((draft, result))
    }

    /// Fetches the video, if it is wanted and not there; gives why there is none.
    fn fetch_video(&self, worker: &dyn Worker, folder: &ArchiveFolder<'_>, draft: &Manifest) -> Result<&'static str> {
        if draft.lacks("video").is_some() || folder.has_video() {
            return Ok("");
        }
        let face = folder.result()?.remove("face").unwrap_or_default();
        let retrieval = Retrieval {
            disk: folder.disk,
            url: face.get("video_url").and_then(Value::as_str).map(str::to_owned),
            request: Some(&self.request),
            hosts: &self.hosts,
            to: &folder.video(),
            overwrite: false,
            max_bytes: self.max_video_bytes,
        };
        Ok(video::retrieve(worker, &retrieval)?.outcome.name())
    }
}

impl Wanted {
    fn parts(self) -> [(&'static str, bool); 4] {
        [("raw", self.raw), ("face", self.images), ("document", self.images), ("video", self.video)]
    }

    /// Why parts that are not wanted will be missing.
    fn missing(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.parts().into_iter().filter(|(_, is_wanted)| !is_wanted).map(|(what, _)| (what, NOT_ASKED))
    }

    /// These parts, and those that were asked for when `manifest` was written.
    fn and_all_of(self, manifest: &Manifest) -> Self {
        let asked = |what| manifest.lacks(what) != Some(NOT_ASKED);
        Self { raw: self.raw || asked("raw"), images: self.images || asked("face"), video: self.video || asked("video") }
    }

    /// Whether any part is wanted that was not asked for when `manifest` was written.
    fn what_was_not_asked(self, manifest: &Manifest) -> bool {
        self.parts().into_iter().any(|(what, is_wanted)| is_wanted && manifest.lacks(what) == Some(NOT_ASKED))
    }

    /// Whether a result that is fetched now could add something.
    fn more_than(self, manifest: &Manifest) -> bool {
        manifest.lacks("verdict").is_some() || self.what_was_not_asked(manifest)
    }
}
