//! Where a run of many files its archives, and where it keeps the rest.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::archive_root::{ArchiveRoot, FilingArgs};
use crate::client::ClientArgs;
use crate::destination::Destination;
use crate::exit::Failure;

/// `--out`, and the folder of what object storage has no place for.
pub(crate) struct Filing {
    pub(crate) root: ArchiveRoot,
    pub(crate) folder: PathBuf,
    pub(crate) ledger: PathBuf,
}

impl Filing {
    /// Nothing is sent or made.
    pub(crate) fn read(
        out: &Path,
        ledger: Option<&Path>,
        args: &FilingArgs,
        client: &ClientArgs,
        patience: Duration,
    ) -> Result<Self, Failure> {
        let destination = Destination::read("--out", out)?;
        ledger.map_or(Ok(()), |ledger| Destination::local("--ledger", ledger))?;
        let (folder, ledger) = match (&destination, ledger) {
            (Destination::Folder(folder), ledger) => {
                (folder.clone(), ledger.map_or_else(|| folder.join("ledger.db"), Path::to_owned))
            }
            #[cfg(feature = "objects")]
            (Destination::Objects(_), Some(ledger)) => {
                let folder = ledger.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
                (folder.to_owned(), ledger.to_owned())
            }
            #[cfg(feature = "objects")]
            (Destination::Objects(_), None) => {
                let rule = "must be given where --out is object storage; results.jsonl is kept beside it";
                return Err(Failure::usage("--ledger", rule));
            }
        };
        Ok(Self { root: ArchiveRoot::open(destination, args, client, patience)?, folder, ledger })
    }
}
