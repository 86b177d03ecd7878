//! A verification becomes an archive: its result is fetched, its video is, and both are filed.

use std::path::Path;
use std::time::Duration;

use super::archived::{Archived, now};
use super::cover::covers;
use super::deletion::{Deletion, DeletionOutcome};
use super::folder::{ArchiveFolder, GONE, NOT_ASKED, Stage, TOO_LATE};
use super::manifest::Manifest;
use super::names::RESULT;
use crate::canonical::canonical_json;
use crate::decode;
use crate::disk::Disk;
use crate::error::Result;
use crate::image_files::is_image_name;
use crate::journey::VIDEO_LIFETIME;
use crate::map;
use crate::request::CheckResultRequest;
use crate::result::{CheckResult, Fields};
use crate::video::{self, Hosts, Retrieval, Target};
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
                let asked = self.ask(worker, None)?;
                folder.draft(asked.draft, &asked.result, None)?
            }
            Stage::Damaged(earlier) => {
                let asked = self.ask(worker, Some(&earlier))?;
                if !asked.has_all_of(folder, &folder.intact(&earlier))? {
                    return Err(folder.refused(LOST));
                }
                folder.draft(asked.draft, &asked.result, Some(&earlier))?
            }
            Stage::Drafted(earlier) => match self.ask_more(worker, folder, &earlier)? {
                Some(asked) => folder.draft(asked.draft, &asked.result, Some(&earlier))?,
                None => earlier,
            },
            Stage::Whole(manifest, hash) => {
                let is_deleted = folder.receipt(&manifest)?.is_some_and(|receipt| receipt.is_deleted());
                let more = if is_deleted { None } else { self.ask_more(worker, folder, &manifest)? };
                let Some(asked) = more else { return archived(manifest, hash, false) };
                if asked.result.is_pending() && !self.wanted.what_was_not_asked(&manifest) {
                    return archived(manifest, hash, false);
                }
                match self.complete(worker, folder, &manifest, asked)? {
                    Some((new, hash)) => return archived(new, hash, true),
                    None => return archived(manifest, hash, false),
                }
            }
        };
        let why_no_video = match draft.lacks("video") {
            None if !folder.has_video() && !self.wanted.video => NOT_ASKED,
            None if !folder.has_video() => {
                let url = url_of(&folder.result()?);
                self.fetch_video(worker, folder, url, &folder.video())?
            }
            _ => "",
        };
        let (manifest, hash) = folder.finish(draft, why_no_video, &now(worker))?;
        archived(manifest, hash, true)
    }

    /// Adds what a whole archive lacks; `None` where nothing has come. It is whole until everything has.
    fn complete(
        &self,
        worker: &dyn Worker,
        folder: &ArchiveFolder<'_>,
        earlier: &Manifest,
        asked: Asked,
    ) -> Result<Option<(Manifest, String)>> {
        let url = url_of(&asked.fields()?);
        let Asked { draft, result } = asked;
        let wants_video = url.is_some() && draft.lacks("video") != Some(NOT_ASKED) && !folder.has_video();
        let waiting = folder.waiting_video();
        let why_no_video = if wants_video { self.fetch_video(worker, folder, url, &waiting)? } else { "" };
        let has_come = wants_video && waiting.exists();
        if !has_come && !self.wanted.more_than(earlier) {
            return Ok(None);
        }
        folder.reopen()?;
        let draft = folder.draft(draft, &result, Some(earlier))?;
        if has_come {
            folder.take_waiting_video()?;
        }
        folder.finish(draft, why_no_video, &now(worker)).map(Some)
    }

    /// Fetches the result. What an `earlier` run asked for is asked for again; the draft says what was not.
    fn ask(&self, worker: &dyn Worker, earlier: Option<&Manifest>) -> Result<Asked> {
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
        Ok(Asked { draft, result })
    }

    /// The same where an archive, or the draft of one, lacks something that may come now. Never less than it has.
    fn ask_more(&self, worker: &dyn Worker, folder: &ArchiveFolder<'_>, earlier: &Manifest) -> Result<Option<Asked>> {
        let may_have_video = self.wanted.video && earlier.lacks("video") == Some(GONE) && self.is_young(worker);
        if !may_have_video && !self.wanted.more_than(earlier) {
            return Ok(None);
        }
        let asked = match self.ask(worker, Some(earlier)) {
            Ok(asked) => asked,
            // There is no more to be had.
            Err(error) if error.code() == Some("TransactionIdInvalid") => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(asked.has_all_of(folder, &[RESULT])?.then_some(asked))
    }

    /// Whether a video that was asked for may be deleted by now. Its time runs from the end, which comes after the start.
    fn is_too_late(&self, worker: &dyn Worker) -> bool {
        self.expects_video && self.age(worker).is_some_and(|age| age > VIDEO_LIFETIME)
    }

    /// Whether a video must still be there, whoever said that it is gone.
    fn is_young(&self, worker: &dyn Worker) -> bool {
        self.age(worker).is_some_and(|age| age <= VIDEO_LIFETIME)
    }

    /// Since the start.
    fn age(&self, worker: &dyn Worker) -> Option<Duration> {
        let started = humantime::parse_rfc3339(self.of.started_at.as_deref()?).ok()?;
        worker.caller().clock.now().duration_since(started).ok()
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
            url,
            request: Some(&self.request),
            hosts: &self.hosts,
            to: Target::File { disk: folder.disk, path: to, overwrite: true },
            progress: None,
            max_bytes: self.max_video_bytes,
            max_name: "max_video_bytes",
        };
        Ok(video::retrieve(worker, &retrieval)?.outcome.name())
    }
}

const LOST: &str =
    "has lost files, and the service no longer has all that was in them; move it away to archive what there is left";

/// A reply, and the draft of the archive that it makes.
struct Asked {
    draft: Manifest,
    result: CheckResult,
}

impl Asked {
    /// The result as its file has it.
    fn fields(&self) -> Result<Fields> {
        Ok(decode::fields(canonical_json(&self.result)?.as_bytes()).ok().flatten().unwrap_or_default())
    }

    /// Whether it has what these files of the folder have.
    fn has_all_of(&self, folder: &ArchiveFolder<'_>, files: &[&str]) -> Result<bool> {
        if files.contains(&RESULT) {
            return Ok(covers(&self.fields()?.into(), &folder.result()?.into()));
        }
        let pictures = self.result.named_images();
        let has = |name: &str| pictures.iter().any(|(new, _)| stem(new) == stem(name));
        Ok(files.iter().all(|name| !is_image_name(name) || has(name)))
    }
}

/// A picture's name without the ending, which follows its bytes.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Where a result, as its file has it, says that its video is.
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
