//! Whether what is archived is gone at the service.

use cloudauth_core::typed::Archive;

/// Whether what `then_delete` names is known to be deleted.
pub(crate) fn is_done(archive: &Archive, then_delete: Option<&str>) -> bool {
    match archive.afterwards.as_deref() {
        Some("absent") => true,
        // Of pictures alone, that is all there is to see.
        Some("without_pictures") if then_delete == Some("Img") => true,
        _ => archive.deletion.as_deref() == Some("deleted"),
    }
}
