//! What is kept of a verification: a folder with its result, the reply, the pictures and the video, and a manifest that ties them
//! together.

#[allow(dead_code, reason = "what fetches a result comes next")]
mod folder;
mod manifest;
mod names;
mod purge;
mod verify;

#[cfg(test)]
mod tests;

pub use manifest::{FileRecord, Manifest};
pub use purge::{Purge, PurgeAction, plan_purge};
pub use verify::{ArchiveReport, FileProblem, Trouble, verify_archive};
