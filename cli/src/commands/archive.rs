use std::path::{Path, PathBuf};

use cloudauth_core::typed::Archive;
use cloudauth_core::{CallOptions, Kind, canonical_value};
use serde_json::{Value, json};

use super::{archive_purge, archive_verify};
use crate::archive_root::{ArchiveRoot, FilingArgs};
use crate::client::ClientArgs;
use crate::destination::Destination;
use crate::exit::{self, Failure};
use crate::filed::{Filed, PATIENCE, Unfiled};
use crate::typed::{Operation, TypedArgs};
use crate::{deletion, output, started, stop};

/// Fetch a verification's result, pictures and video into a folder; verify such folders, and remove old ones
#[derive(clap::Args)]
#[command(after_help = HELP, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// File that `cloudauth start` wrote; - reads stdin
    #[arg(value_name = "FILE", required = true)]
    started: Option<PathBuf>,
    #[command(flatten)]
    given: TypedArgs<OfArchive>,
    #[command(flatten)]
    filing: FilingArgs,
    #[command(flatten)]
    client: ClientArgs,
}

#[derive(clap::Subcommand)]
enum Command {
    Verify(archive_verify::Args),
    Purge(archive_purge::Args),
}

pub(crate) struct OfArchive;

impl Operation for OfArchive {
    const NAME: &'static str = "archive";
    const OTHERS: &'static [&'static str] = &["started"];
}

const HELP: &str = concat!(
    "archive prints one line of JSON. Run it again to complete an archive that was interrupted; it verifies a whole archive, and
fetches nothing twice. Without --then-delete, it deletes nothing at the service.

Examples:
  cloudauth archive started.json --out archive/order-17
  cloudauth archive started.json --out archive/order-17 --then-delete All
  cloudauth archive started.json --out s3://evidence/order-17 --encrypt KMS
  cloudauth archive verify archive/order-17
  cloudauth archive purge archive --older-than 180d

",
    exit::codes!()
);

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    match &args.command {
        Some(Command::Verify(args)) => archive_verify::run(args),
        Some(Command::Purge(args)) => archive_purge::run(args),
        None => archive(args),
    }
}

fn archive(args: &Args) -> Result<u8, Failure> {
    // The parser has seen to it that there is one.
    let started = started::read(args.started.as_deref().unwrap_or(Path::new("-")))?;
    let mut request = args.given.request()?;
    request.set("started", started.to_json()?);
    let out = request.arguments().text("into").unwrap_or_default().to_owned();
    let root = ArchiveRoot::open(Destination::read("--out", Path::new(&out))?, &args.filing, &args.client, PATIENCE)?;
    let client = started::client(&args.client, &started)?;
    let options = CallOptions::default().cancellation(&stop::cancellation()?);
    let filed = root.archive("", &options, |place, options| {
        request.set("into", place.folder.to_string_lossy().into_owned());
        client.run(&request, options).map_err(|error| place.failure(error))
    });
    let (archived, unfiled) = match filed {
        Ok(Filed { outcome, unfiled }) => (outcome, unfiled.map(Unfiled::into_failure)),
        Err(unfiled) => (Err(unfiled.into_failure()), None),
    };
    if let (Err(_), Some(unfiled)) = (&archived, &unfiled) {
        output::note(&unfiled.to_string());
    }
    let archive = match archived {
        Err(failure) if failure.kind() == Kind::Cancelled => {
            output::note("cloudauth: stopped by a signal; another run completes the archive");
            return Ok(exit::INTERRUPTED);
        }
        archive => Archive::from(archive?),
    };
    let of_result = |name| archive.result.as_ref().and_then(|result| result.get(name)).cloned().unwrap_or_default();
    let mut printed: Value = json!({
        "outcome": archive.outcome,
        "folder": out,
        "archived_at": archive.archived_at,
        "manifest_sha256": archive.manifest_sha256,
        "missing": archive.missing,
        "passed": of_result("passed"),
        "sub_code": of_result("sub_code"),
    });
    if let Some(deletion) = &archive.deletion {
        printed["deletion"] = deletion.as_str().into();
        printed["withheld_for"] = archive.withheld_for.clone().into();
        printed["afterwards"] = archive.afterwards.clone().into();
    }
    output::emit(&(canonical_value(&printed)? + "\n"))?;
    unfiled.map_or(Ok(()), Err)?;
    let is_deleted = deletion::is_done(&archive, request.arguments().text("then_delete"));
    Ok(if archive.deletion.is_none() || is_deleted { exit::DONE } else { exit::NOT_PASSED })
}
