use std::path::PathBuf;

use cloudauth_core::{canonical_json, decode};

use crate::exit::{self, Failure};
use crate::{input, output};

const LARGEST_BODY: u64 = 256 << 20;

/// Decode a stored reply of CheckResult, offline, to canonical JSON
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// File that holds the reply's body, at most 256 MiB; - reads stdin
    file: PathBuf,
}

const HELP: &str = concat!(
    "A reply that holds a result decodes, and the exit code is 0, whether the verification was passed or not.
A value that cannot be read is listed in the result's `problems`; the rest stands.

Examples:
  cloudauth decode reply.json
  curl ... | cloudauth decode -

",
    exit::codes!()
);

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let body = input::read(&args.file, LARGEST_BODY)?;
    output::emit(&(canonical_json(&decode(&body)?)? + "\n"))?;
    Ok(exit::DONE)
}
