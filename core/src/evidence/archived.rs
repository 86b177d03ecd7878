//! A whole archive, as a run made or found it.

use super::manifest::Manifest;
use crate::clock::signing_date;
use crate::result::Fields;
use crate::worker::Worker;

pub(crate) struct Archived {
    pub(crate) manifest: Manifest,
    pub(crate) manifest_sha256: String,
    /// What its `result.json` holds.
    pub(crate) result: Fields,
    /// Whether this run wrote any of it.
    pub(crate) is_new: bool,
}

/// The time of this machine, as manifests and receipts have it.
pub(super) fn now(worker: &dyn Worker) -> String {
    signing_date(worker.caller().clock.now()).into_string()
}
