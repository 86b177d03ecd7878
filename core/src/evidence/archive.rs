//! A verification becomes an archive: its result is fetched, its video is, and both are filed.

use std::path::Path;

use super::archived::{Archived, now};
use super::cover::covers;
use super::deletion::{Deletion, DeletionOutcome};
use super::folder::{ArchiveFolder, GONE, NOT_ASKED, Stage, TOO_LATE};
use super::manifest::Manifest;
use crate::canonical::canonical_json;
use crate::decode;
use crate::disk::Disk;
use crate::error::Result;
use crate::journey::VIDEO_LIFETIME;
use crate::map;
use crate::request::CheckResultRequest;
use crate::result::{CheckResult, Fields};
use crate::video::{self, Hosts, Retrieval};
use crate::worker::Worker;

/// What to archive, and how.
pub(crate) struct Plan<'a> {
    pub(crate) into: &'a Path,
    /// Of what; what it holds is still to come.
    pub(crate) of: Manifest,
    pub(crate) request: CheckResultRequest,
    pub(crate) wanted: Wanted,
    /// Whether the start asked for a video.
    pub(crate) expects_video: bool,
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
                folder.draft(draft, &result, None)?
            }
            Stage::Drafted(earlier) => match self.ask_more(worker, folder, &earlier)? {
                Some((draft, result)) => folder.draft(draft, &result, Some(&earlier))?,
                None => earlier,
            },
            Stage::Whole(manifest, hash) => {
                let is_deleted = folder.receipt(&manifest)?.is_some_and(|receipt| receipt.is_deleted());
                let more = if is_deleted { None } else { self.ask_more(worker, folder, &manifest)? };
                let Some((draft, result)) = more else { return archived(manifest, hash, false) };
                if result.is_pending() && !self.wanted.what_was_not_asked(&manifest) {
                    return archived(manifest, hash, false);
                }
                return self
                    .complete(worker, folder, &manifest, draft, &result)
                    .and_then(|(new, hash)| archived(new, hash, true));
            }
        };
        let url = url_of(&folder.result()?);
        let why_no_video = match draft.lacks("video") {
            None if !folder.has_video() && !self.wanted.video => NOT_ASKED,
            None if !folder.has_video() => self.fetch_video(worker, folder, url, &folder.video())?,
            _ => "",
        };
        let (manifest, hash) = folder.finish(draft, why_no_video, &now(worker))?;
        archived(manifest, hash, true)
    }

    /// Adds what a whole archive lacks. It is whole until everything has come.
    fn complete(
        &self,
        worker: &dyn Worker,
        folder: &ArchiveFolder<'_>,
        earlier: &Manifest,
        draft: Manifest,
        result: &CheckResult,
    ) -> Result<(Manifest, String)> {
        let url = result.face.as_ref().and_then(|face| face.video_url.clone());
        let wants_video = url.is_some() && draft.lacks("video") != Some(NOT_ASKED) && !folder.has_video();
        let waiting = folder.waiting_video();
        let why_no_video = if wants_video { self.fetch_video(worker, folder, url, &waiting)? } else { "" };
        folder.reopen()?;
        let draft = folder.draft(draft, result, Some(earlier))?;
        if waiting.exists() && wants_video {
            folder.take_waiting_video()?;
        }
        folder.finish(draft, why_no_video, &now(worker))
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
        let offered = earlier.is_some_and(|earlier| matches!(earlier.lacks("video"), Some(GONE | NOT_ASKED)));
        let late = offered.then_some(("video", GONE)).or(self.is_too_late(worker).then_some(("video", TOO_LATE)));
        // The first reason holds.
        let missing = late.filter(|_| wanted.video).into_iter().chain(wanted.missing());
        draft.missing = map::of(missing.map(|(what, why)| (what.to_owned(), why.to_owned())));
        Ok((draft, result))
    }

    /// The same where an archive, or the draft of one, lacks something that may come now. Never less than it has.
    fn ask_more(
        &self,
        worker: &dyn Worker,
        folder: &ArchiveFolder<'_>,
        earlier: &Manifest,
    ) -> Result<Option<(Manifest, CheckResult)>> {
        if !self.wanted.more_than(earlier) {
            return Ok(None);
        }
        let (draft, result) = match self.ask(worker, Some(earlier)) {
            Ok(asked) => asked,
            // There is no more to be had.
            Err(error) if error.code() == Some("TransactionIdInvalid") => return Ok(None),
            Err(error) => return Err(error),
        };
        let new = decode::fields(canonical_json(&result)?.as_bytes()).ok().flatten().unwrap_or_default();
        Ok(covers(&new.into(), &folder.result()?.into()).then_some((draft, result)))
    }

    /// Whether a video that was asked for may be deleted by now. Its time runs from the end, which comes after the start.
    fn is_too_late(&self, worker: &dyn Worker) -> bool {
        let started = self.of.started_at.as_deref().and_then(|time| humantime::parse_rfc3339(time).ok());
        let age = started.and_then(|started| worker.caller().clock.now().duration_since(started).ok());
        self.expects_video && age.is_some_and(|age| age > VIDEO_LIFETIME)
    }

    /// Fetches the video; gives why there is none.
    fn fetch_video(
        &self,
        worker: &dyn Worker,
        folder: &ArchiveFolder<'_>,
        url: Option<String>,
        to: &Path,
    ) -> Result<&'static str> {
        let retrieval = Retrieval {
            disk: folder.disk,
            url,
            request: Some(&self.request),
            hosts: &self.hosts,
            to,
            overwrite: true,
            max_bytes: self.max_video_bytes,
            max_name: "max_video_bytes",
        };
        Ok(video::retrieve(worker, &retrieval)?.outcome.name())
    }
}

/// Where a result says that its video is.
fn url_of(result: &Fields) -> Option<String> {
    result.get("face")?.get("video_url")?.as_str().map(str::to_owned)
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
