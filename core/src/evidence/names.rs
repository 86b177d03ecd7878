//! The names that files of an archive have. No other file is written, read or removed.

use crate::disk::PART;
use crate::image_files::is_image_name;

pub(super) const RESULT: &str = "result.json";
pub(super) const RAW: &str = "raw.json";
pub(super) const VIDEO: &str = "video.webm";
/// Of a whole archive.
pub(super) const MANIFEST: &str = "manifest.json";
/// Of what was asked to be deleted at the service.
pub(super) const RECEIPT: &str = "receipt.json";
/// The manifest of an archive that is not whole yet.
pub(super) const DRAFT: &str = "draft.json";
/// The manifest of an archive that is being removed.
pub(super) const REMOVED: &str = "removed.json";

/// Whether a manifest lists files of this name.
pub(super) fn is_content(name: &str) -> bool {
    matches!(name, RESULT | RAW | VIDEO) || is_image_name(name)
}

/// Whether it is a file that is not whole yet: one of [`crate::disk`]'s, or a video on its way, which has a nonce for a name.
pub(super) fn is_part(name: &str) -> bool {
    let Some(name) = name.strip_suffix(PART) else { return false };
    let is_nonce = |nonce: &str| nonce.len() == 32 && nonce.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_whole(name) || name.strip_prefix('.').is_some_and(is_nonce)
}

/// Whether a run may have left a file of this name.
pub(super) fn is_own(name: &str) -> bool {
    is_whole(name) || is_part(name)
}

fn is_whole(name: &str) -> bool {
    is_content(name) || matches!(name, MANIFEST | RECEIPT | DRAFT | REMOVED)
}
