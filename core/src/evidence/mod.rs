//! What is kept of a verification: a folder with its result, the reply, the pictures and the video, and a manifest that ties them
//! together.

mod archive;
mod archived;
mod cover;
mod deletion;
mod folder;
mod manifest;
mod names;
mod purge;
mod receipt;
mod refusal;
mod sealed;
mod verify;

#[cfg(test)]
mod tests;

pub(crate) use archive::{Plan, Wanted};
pub(crate) use archived::Archived;
pub(crate) use deletion::{Deletion, DeletionOutcome, Objection};
pub use manifest::{FileRecord, Manifest};
pub use purge::{Purge, PurgeAction, plan_purge};
pub(crate) use receipt::{Afterwards, Asked};
pub use refusal::FolderRefusal;
pub use verify::{ArchiveReport, FileProblem, Trouble, verify_archive};
