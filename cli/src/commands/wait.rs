use std::path::PathBuf;

use cloudauth_core::CheckResultRequest;

use super::check::{self, ShownArgs};
use crate::client::ClientArgs;
use crate::exit::{self, Failure};
use crate::started;

/// Wait for the result of a verification that was started here
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// File that `cloudauth start` wrote; - reads stdin
    started: PathBuf,
    #[command(flatten)]
    shown: ShownArgs,
    #[command(flatten)]
    client: ClientArgs,
}

const HELP: &str = concat!(
    "It asks until the person has finished, with growing pauses, for half an hour. Region or endpoint are those of the start.

Examples:
  cloudauth wait started.json
  cloudauth wait started.json --images DIR

",
    exit::codes!()
);

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let started = started::read(&args.started)?;
    let client = started::client(&args.client, &started)?;
    let text = |text: Option<String>| text.unwrap_or_default();
    let request = CheckResultRequest::new(text(started.merchant_biz_id), text(started.transaction_id));
    check::conclude(&client, request, true, &args.shown)
}
