//! Where an archive is completed, and what its user calls that.

use std::path::Path;

use cloudauth_core::Error;
use cloudauth_core::evidence::FolderRefusal;

use crate::exit::Failure;

/// A folder; where an archive is on its way to another place, one that nobody named.
pub(crate) struct ArchivePlace<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) way: Option<Way>,
}

/// How messages name the place that an archive is on its way to, and the folder that it is worked on in.
pub(crate) struct Way {
    pub(crate) to: String,
    pub(crate) by: String,
}

impl ArchivePlace<'_> {
    /// An error of core's in the user's words: an archive that is left alone is the one in its place, and a disk that fails is that of
    /// the working folder.
    pub(crate) fn failure(&self, error: Error) -> Failure {
        let is_refusal = FolderRefusal::of(&error).is_some();
        let failure = Failure::from(error);
        let Some(Way { to, by }) = &self.way else { return failure };
        let folder = self.folder.display();
        let failure = failure.renamed(&format!("{folder}/"), &format!("{by}: "));
        failure.renamed(&format!("{folder}: "), &format!("{}: ", if is_refusal { to } else { by }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_fails_is_not_the_buckets() {
        let failure = |message: &str| {
            let way = Way { to: "s3://bucket/…".to_owned(), by: "working folder below /tmp (TMPDIR)".to_owned() };
            let place = ArchivePlace { folder: Path::new("/tmp/work/archive"), way: Some(way) };
            place.failure(Error::refused(message)).message().to_owned()
        };
        let is_full = "cannot be written (no space left on device)";
        assert_eq!(
            failure(&format!("/tmp/work/archive/face.jpg: {is_full}")),
            format!("working folder below /tmp (TMPDIR): face.jpg: {is_full}")
        );
        assert_eq!(failure(&format!("/tmp/work/archive: {is_full}")), format!("working folder below /tmp (TMPDIR): {is_full}"));
    }
}
