//! Which operation does what beside its table.

use super::archive::Archive;
use super::delete_result::DeleteResult;
use super::download_video::DownloadVideo;
use super::hook::Hook;
use super::initialize::Initialize;
use super::status::Status;

/// The hook of the operation of that name.
pub(super) fn hook(name: &str) -> &'static dyn Hook {
    match name {
        "archive" => &Archive,
        "delete_result" => &DeleteResult,
        "download_video" => &DownloadVideo,
        "initialize" => &Initialize,
        "status" => &Status,
        _ => &Plain,
    }
}

/// An operation of which the table says all.
struct Plain;

impl Hook for Plain {}
