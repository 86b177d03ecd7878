//! Archives below a URL: each is pulled, completed by core in a working folder, and pushed.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use cloudauth_core::credentials::Provider;
use cloudauth_core::evidence::verify_archive;
use cloudauth_core::{CallOptions, Error, Kind};
use serde_json::Value;
use tempfile::TempDir;

use super::encryption::Encryption;
use super::published::{Published, RECEIPT};
use super::store::Store;
use super::url::ObjectUrl;
use super::workplace::{self, Workplace};
use crate::archive_place::{ArchivePlace, Way};
use crate::exit::Failure;
use crate::filed::{Filed, PATIENCE, Unfiled};

/// In a folder of its own, whatever the archive is called elsewhere.
const FOLDER: &str = "archive";
/// Before a receipt is put again.
const PAUSE: Duration = Duration::from_millis(500);

/// A store, where its archives are, and where they are worked on.
pub(crate) struct ObjectArchives {
    url: ObjectUrl,
    store: Store,
    workplace: Workplace,
    /// How long the receipt of a deletion is put again.
    patience: Duration,
}

impl ObjectArchives {
    /// Nothing is sent. `keys` is asked for the keys of OSS.
    pub(crate) fn open(
        url: ObjectUrl,
        encryption: Option<&Encryption>,
        patience: Duration,
        keys: impl FnOnce() -> Result<Arc<dyn Provider>, Failure>,
    ) -> Result<Self, Failure> {
        let store = Store::open(&url, encryption, keys)?;
        Ok(Self { url, store, workplace: Workplace::open()?, patience })
    }

    /// To look at what is there.
    pub(crate) fn readable(url: ObjectUrl, keys: impl FnOnce() -> Result<Arc<dyn Provider>, Failure>) -> Result<Self, Failure> {
        Self::open(url, None, PATIENCE, keys)
    }

    /// Has `work` done on the archive `name`, or on that at the URL itself where the name is empty: pulls it, and pushes it where it
    /// is whole. It is in the store before anything is deleted at the service.
    pub(crate) fn archive<T>(
        &self,
        name: &str,
        options: &CallOptions,
        work: impl FnOnce(&ArchivePlace<'_>, &CallOptions) -> T,
    ) -> Result<Filed<T>, Unfiled> {
        let url = if name.is_empty() { self.url.clone() } else { self.url.join(name) };
        let work_folder = self.workplace.folder()?;
        let folder = work_folder.path().join(FOLDER);
        let mut published = Published::at(self.store.for_call(options), url);
        published.pull(&folder)?;
        // What the copy before a deletion came to, with what it failed with in its own words; `None` where there was none.
        let (published, copied) = (Arc::new(Mutex::new(published)), Arc::new(Mutex::new(None)));
        let copy = {
            let (published, copied) = (published.clone(), copied.clone());
            move |folder: &Path| {
                let copy = locked(&published).push(folder, true);
                let error = copy.as_ref().err().map(|unfiled| Error::refused(unfiled.failure().message()));
                *locked(&copied) = Some(copy);
                error.map_or(Ok(()), Err)
            }
        };
        let to = if name.is_empty() { self.url.to_string() } else { format!("{}: {name}", self.url) };
        let way = Way { to: to.clone(), by: workplace::shown() };
        let place = ArchivePlace { folder: &folder, way: Some(way) };
        let outcome = work(&place, &options.clone().before_deletion(copy));
        let is_copied = locked(&copied).take().transpose()?.is_some();
        if !verify_archive(&folder).is_ok_and(|found| found.is_complete()) {
            return Ok(Filed { outcome, unfiled: None });
        }
        if !is_copied {
            locked(&published).push(&folder, false)?;
            return Ok(Filed { outcome, unfiled: None });
        }
        let pushed = self.push_receipt(&mut locked(&published), &folder, options);
        let say = |failure: Failure| self.without_receipt(&to, &failure, &folder);
        Ok(Filed { outcome, unfiled: pushed.err().map(|unfiled| unfiled.map(say)) })
    }

    /// The service was asked to delete: what is known of that must not be lost for want of a second attempt.
    fn push_receipt(&self, published: &mut Published, folder: &Path, options: &CallOptions) -> Result<(), Unfiled> {
        let begun = Instant::now();
        loop {
            let pushed = published.push(folder, true);
            let is_passing = matches!(&pushed, Err(Unfiled::Failed(failure)) if may_pass(failure.kind()));
            if !is_passing || begun.elapsed() >= self.patience || options.is_cancelled() {
                return pushed;
            }
            thread::sleep(PAUSE);
        }
    }

    fn without_receipt(&self, to: &str, failure: &Failure, folder: &Path) -> Failure {
        let asked = if is_deleted(folder) { "deleted at the service" } else { "the service was asked to delete" };
        let why = failure.message().strip_prefix(&format!("{}: ", self.url)).unwrap_or(failure.message());
        let todo = "run the command again, which asks the service what is left and completes the receipt";
        Failure::new(failure.kind(), format!("{to}: {asked}, but the receipt is not in the store: {why}; {todo}"))
    }

    /// The archive at the URL, in a folder that goes when it is dropped; an empty one where there is none.
    pub(crate) fn pulled(&self, options: &CallOptions) -> Result<Pulled, Failure> {
        let work = self.workplace.folder()?;
        let folder = work.path().join(FOLDER);
        std::fs::create_dir(&folder).map_err(|error| workplace::failed(&error))?;
        Published::at(self.store.for_call(options), self.url.clone()).pull(&folder)?;
        Ok(Pulled(work))
    }
}

/// Whether the store may take the same in a while.
fn may_pass(kind: Kind) -> bool {
    matches!(kind, Kind::Network | Kind::Timeout | Kind::Unavailable | Kind::Protocol | Kind::Io)
}

/// Whether the last request of a receipt was answered so.
fn is_deleted(folder: &Path) -> bool {
    let receipt = std::fs::read(folder.join(RECEIPT)).unwrap_or_default();
    let receipt: Value = serde_json::from_slice(&receipt).unwrap_or_default();
    receipt["requests"].as_array().and_then(|requests| requests.last()).is_some_and(|last| last["outcome"] == "deleted")
}

/// What a store has of an archive.
pub(crate) struct Pulled(TempDir);

impl Pulled {
    pub(crate) fn folder(&self) -> PathBuf {
        self.0.path().join(FOLDER)
    }
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
