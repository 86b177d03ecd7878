use std::path::PathBuf;

use cloudauth_core::canonical_fields;
use cloudauth_core::evidence::verify_archive;

use crate::exit::{self, Failure};
use crate::output;
use crate::readable_archive::ReadableArchive;

/// Say whether an archive is whole and unchanged, and which files are not
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// Folder of the archive, or s3://BUCKET/PREFIX or oss://BUCKET/PREFIX
    archive: PathBuf,
}

const HELP: &str = concat!(
    "verify prints one line of JSON.

Examples:
  cloudauth archive verify archive/order-17
  cloudauth archive verify s3://evidence/order-17

",
    exit::codes!()
);

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let readable = ReadableArchive::open("PATH", &args.archive)?;
    let found = verify_archive(readable.folder())?;
    output::emit(&(canonical_fields(&found.to_object())? + "\n"))?;
    Ok(if found.is_complete() { exit::DONE } else { exit::NOT_PASSED })
}
