use std::path::{Path, PathBuf};

use cloudauth_core::typed::Archive;
use cloudauth_core::{CallOptions, canonical_value};
use serde_json::{Value, json};

use super::{archive_purge, archive_verify};
use crate::client::ClientArgs;
use crate::exit::{self, Failure};
use crate::typed::{Operation, TypedArgs};
use crate::{output, started};

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
    "What it did is printed as one line of JSON. Run it again to complete what was interrupted; a whole archive is verified, and
nothing is fetched twice. Without --then-delete, nothing is deleted at the service.

Examples:
  cloudauth archive started.json --out archive/order-17
  cloudauth archive started.json --out archive/order-17 --then-delete All
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
    let archive = Archive::from(started::client(&args.client, &started)?.run(&request, &CallOptions::default())?);
    let of_result = |name| archive.result.as_ref().and_then(|result| result.get(name)).cloned().unwrap_or_default();
    let mut printed: Value = json!({
        "outcome": archive.outcome,
        "folder": archive.folder,
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
    let is_deleted = match archive.afterwards.as_deref() {
        Some("absent") => true,
        // Of pictures alone, that is all there is to see.
        Some("without_pictures") if request.arguments().text("then_delete") == Some("Img") => true,
        _ => archive.deletion.as_deref() == Some("deleted"),
    };
    Ok(if archive.deletion.is_none() || is_deleted { exit::DONE } else { exit::NOT_PASSED })
}
