//! A folder for each transaction: result, reply, pictures and video.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::UNIX_EPOCH;

use cloudauth_core::evidence::FolderRefusal;
use cloudauth_core::typed::{Archive, Argument, TypedRequest};
use cloudauth_core::{CallOptions, Error, Kind, blocking};
use cloudauth_ledger::{Deadlines, Deletion, Ending, Outcome, Transaction};
use serde_json::Value;

use super::answer::{Answer, verdict};
use super::clients::Clients;
use super::clocks::Clocks;
use super::fetch::Fetch;
use super::started::started;
use crate::archive_place::ArchivePlace;
use crate::archive_root::ArchiveRoot;
use crate::deletion;
use crate::exit::Failure;
use crate::filed::{Filed, Unfiled};
use crate::output;
use crate::typed::{Operation, TypedArgs};

/// Below the run's folder.
const FOLDER: &str = "archives";
/// An archive that has it is whole.
const MANIFEST: &str = "manifest.json";
/// One that has it has all but its video, perhaps.
const DRAFT: &str = "draft.json";

/// So many folders that were left alone are named on stderr.
const NAMED: u32 = 10;

/// What to do about videos that do not come for a reason of this kind.
pub(crate) fn video_hint(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Blocked => Some("videos are on a host that is not allowed; --video-host HOST allows one"),
        Kind::TooLarge => Some("videos are larger than is allowed; --max-video-bytes N allows larger ones"),
        _ => None,
    }
}

/// The options of `archive` that a run takes for all of its archives.
pub(crate) struct OfArchives;

impl Operation for OfArchives {
    const NAME: &'static str = "archive";
    const OTHERS: &'static [&'static str] = &["started", "into", "raw", "images", "video"];
}

/// Archives what there is of a transaction, and then deletes it at the service, if that is wished for. An archive that is whole is
/// not fetched again.
pub(crate) struct Archives {
    clients: Arc<Clients>,
    /// Of the run.
    root: ArchiveRoot,
    /// Of each archive, but for what it is of and where it goes.
    request: TypedRequest,
    clocks: Clocks,
    /// How many folders were left alone.
    refused: AtomicU32,
}

impl Archives {
    /// # Errors
    /// An option breaks a rule.
    pub(crate) fn new(clients: Arc<Clients>, root: ArchiveRoot, given: &TypedArgs<OfArchives>) -> Result<Self, Failure> {
        let request = given.request()?;
        request.validate_given()?;
        Ok(Self { clients, root, request, clocks: Clocks::begin(), refused: AtomicU32::new(0) })
    }

    /// What is to be deleted.
    pub(crate) fn then_delete(&self) -> Option<&str> {
        self.request.arguments().text("then_delete")
    }

    /// Says why an archive is left alone, or is not in its place.
    fn say(&self, failure: &Failure) {
        if self.refused.fetch_add(1, Ordering::Relaxed) < NAMED {
            output::note(&failure.to_string());
        }
    }

    /// Of a folder that is left alone: the next one may fare better.
    fn of_refusal(&self, refusal: FolderRefusal, failure: &Failure, was_archived: bool) -> Answer {
        self.say(failure);
        let withheld_for = match refusal {
            FolderRefusal::Changed => "changed",
            FolderRefusal::Foreign => "foreign",
            _ => return Answer::Later { kind: Kind::Io, code: None },
        };
        if !was_archived {
            // Its result is still to come, into another folder or this one once it is mended.
            return Answer::Later { kind: Kind::Io, code: None };
        }
        // What it came to is noted already, and stays.
        let withheld_for = vec![withheld_for.to_owned()];
        let deletion = Deletion { outcome: "withheld".to_owned(), withheld_for, ..Deletion::default() };
        Answer::Ended(Box::new(Outcome { deletion: Some(deletion), ..Outcome::new(Ending::Fetched) }))
    }

    /// Of one that is not in the object store as it should be.
    fn of_unfiled(&self, unfiled: Unfiled) -> Answer {
        match unfiled {
            Unfiled::Failed(failure) => Answer::of_store(failure),
            Unfiled::Overtaken(failure) => {
                self.say(&failure);
                Answer::Later { kind: Kind::Io, code: None }
            }
        }
    }

    /// Of an archive that is, or was made, whole; `no_video` is why it has none, if it failed.
    fn of(&self, archive: Archive, folder: String, no_video: Option<Kind>) -> Answer {
        let is_asked = archive.deletion.as_deref().is_some_and(|deletion| deletion != "withheld");
        let is_pending = archive.missing.as_ref().is_some_and(|missing| !missing["verdict"].is_null());
        // Once it is to be deleted, no verdict will come.
        if is_pending && !is_asked {
            return Answer::pending();
        }
        let is_done = deletion::is_done(&archive, self.then_delete());
        let Archive { request_id, result, manifest_sha256, deletion, withheld_for, afterwards, .. } = archive;
        let result = result.unwrap_or_default();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let outcome = verdict(result["passed"].as_bool(), text(&result["sub_code"]), result["face"]["comparison_score"].as_f64());
        let deletion =
            deletion.map(|outcome| Deletion { outcome, withheld_for: withheld_for.unwrap_or_default(), afterwards, is_done });
        Answer::Ended(Box::new(Outcome {
            request_id: Some(request_id).filter(|id| !id.is_empty()),
            folder: Some(folder),
            manifest_sha256,
            deletion,
            kind: no_video.map(|kind| kind.name().to_owned()),
            ..outcome
        }))
    }
}

impl Archives {
    /// Archives it in the folder of `place`, which the run calls `folder`.
    fn archived(
        &self,
        transaction: &Transaction,
        client: &blocking::Client,
        folder: &str,
        place: &ArchivePlace<'_>,
        options: &CallOptions,
    ) -> Answer {
        let into = place.folder;
        if transaction.folder.is_some() && !is_whole(into) {
            // It was archived, and the archive was moved or purged since: nothing is left to hold a deletion against.
            return Answer::Later { kind: Kind::Io, code: None };
        }
        let mut request = self.request.clone();
        // Where nobody noted the time, the manifest says none.
        request.set("started", started(transaction, client, transaction.begun.begun_at.unwrap_or(UNIX_EPOCH)));
        request.set("into", into.to_string_lossy().into_owned());
        let mut archived = client.run(&request, options);
        let no_video = archived.as_ref().err().map(Error::kind).filter(|kind| is_of_video(*kind, into));
        if let Some(kind) = no_video {
            let until = Deadlines::new(transaction.began_by(), transaction.callback_at, true).video;
            if !is_whole(into) && until.is_some_and(|until| !self.clocks.are_past(until)) {
                return Answer::Later { kind, code: None };
            }
            // It is deleted by now, and the rest is kept without it.
            request.set("video", false);
            archived = client.run(&request, options);
        }
        let failed = match archived {
            Ok(archive) => return self.of(archive.into(), folder.to_owned(), no_video),
            Err(error) => match FolderRefusal::of(&error) {
                Some(refusal) => return self.of_refusal(refusal, &place.failure(error), transaction.folder.is_some()),
                None if error.kind() == Kind::Io => return Answer::Stop(place.failure(error)),
                None => Answer::failed(error),
            },
        };
        let Answer::Ended(refused) = &failed else { return failed };
        if self.then_delete().is_none() || !is_whole(into) {
            return failed;
        }
        // It is the deletion that the service refused, and the archive has its result.
        request.set("then_delete", Argument::Default);
        request.set("even_so", Argument::Default);
        match client.run(&request, options).map(|archive| self.of(archive.into(), folder.to_owned(), None)) {
            Ok(Answer::Ended(outcome)) => {
                let deletion = Some(Deletion { outcome: "refused".to_owned(), ..Deletion::default() });
                let (kind, code) = (refused.kind.clone(), refused.code.clone());
                Answer::Ended(Box::new(Outcome { kind, code, deletion, ..*outcome }))
            }
            Ok(other) => other,
            Err(_) => failed,
        }
    }
}

impl Fetch for Archives {
    fn fetch(&self, transaction: &Transaction, options: &CallOptions) -> Answer {
        let client = match self.clients.of(transaction.begun.place.as_ref()) {
            Ok(client) => client,
            Err(failure) => return Answer::Stop(failure),
        };
        let folder = transaction.folder.clone().unwrap_or_else(|| format!("{FOLDER}/{}", name(transaction)));
        let work = |place: &ArchivePlace<'_>, options: &CallOptions| self.archived(transaction, &client, &folder, place, options);
        match self.root.archive(&folder, options, work) {
            Ok(Filed { outcome, unfiled: None }) => outcome,
            Ok(Filed { unfiled: Some(unfiled), .. }) => {
                self.say(unfiled.failure());
                self.of_unfiled(unfiled)
            }
            Err(unfiled) => self.of_unfiled(unfiled),
        }
    }
}

fn is_whole(archive: &Path) -> bool {
    archive.join(MANIFEST).exists()
}

/// Whether a failure of this kind is one of the video alone: all the rest has come.
fn is_of_video(kind: Kind, archive: &Path) -> bool {
    let has_draft = || archive.join(DRAFT).exists();
    match kind {
        Kind::Protocol | Kind::TooLarge | Kind::Blocked => is_whole(archive) || has_draft(),
        // Of a whole archive, it may be the deletion's.
        Kind::Service => has_draft(),
        _ => false,
    }
}

/// Its transaction id, where that can be a folder's name anywhere; else its number, which no such id looks like.
fn name(transaction: &Transaction) -> String {
    let id = &transaction.begun.transaction_id;
    let is_plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if is_plain { id.clone() } else { format!("no.{}", transaction.number) }
}

#[cfg(test)]
mod tests {
    use cloudauth_ledger::Begun;

    use super::*;

    #[test]
    fn a_folder_is_named_for_its_transaction_and_leads_nowhere_else() {
        let named = |id: &str| {
            let begun = Begun { transaction_id: id.to_owned(), ..Begun::default() };
            name(&Transaction { number: 7, begun, added_at: UNIX_EPOCH, callback_at: None, failures: 0, folder: None })
        };
        assert_eq!(named("hksb7ba1b28130d24e015d694361bee4"), "hksb7ba1b28130d24e015d694361bee4");
        for id in ["..", "a/b", "../x", "a.b", "~", "a\\b"] {
            assert_eq!(named(id), "no.7", "{id}");
        }
    }

    #[test]
    fn a_failure_is_the_videos_where_all_the_rest_has_come() {
        let place = tempfile::tempdir().unwrap();
        let are = |archive: &Path| [Kind::Protocol, Kind::Service, Kind::Network].map(|kind| is_of_video(kind, archive));
        assert_eq!(are(place.path()), [false, false, false]);
        std::fs::write(place.path().join(DRAFT), "{}").unwrap();
        assert_eq!(are(place.path()), [true, true, false]);
        std::fs::rename(place.path().join(DRAFT), place.path().join(MANIFEST)).unwrap();
        assert_eq!(are(place.path()), [true, false, false]);
    }
}
