use std::path::PathBuf;

use cloudauth_core::{CheckResult, CheckResultRequest, Kind, WaitOptions, blocking, canonical_json};

use crate::client::ClientArgs;
use crate::exit::{self, Failure};
use crate::folder::Folder;
use crate::output::{self, Format, Paint};
use crate::summary;

/// Fetch the result of one verification
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// TransactionId, as Initialize gave it to your server
    transaction: String,
    /// MerchantBizId: your own id of the request, 1 to 32 letters and digits
    #[arg(long, value_name = "ID")]
    biz: String,
    /// Ask again while the person has not finished, with growing pauses, for half an hour
    #[arg(long)]
    wait: bool,
    #[command(flatten)]
    shown: ShownArgs,
    #[command(flatten)]
    client: ClientArgs,
}

/// What to do with a result.
#[derive(clap::Args)]
pub(crate) struct ShownArgs {
    /// Ask for the pictures, and write them to this folder (files of mode 0600)
    #[arg(long, value_name = "DIR")]
    images: Option<PathBuf>,
    /// table for people, json (the canonical JSON) for programs [default: table on a terminal, else json]
    #[arg(long, hide_possible_values = true, value_name = "json|table")]
    format: Option<Format>,
    /// Show in the table whom the documents name
    #[arg(long)]
    show_identity: bool,
}

const HELP: &str = concat!(
    "Examples:
  cloudauth check hksb7ba1b28130d24e015d694361bee4 --biz order1 --region cn-hongkong
  cloudauth check hksb7ba1b28130d24e015d694361bee4 --biz order1 --region cn-hongkong --images DIR
  cloudauth check ekycpro200 --biz demo --endpoint http://127.0.0.1:8080 \\
      --access-key-id emulator-key-id --access-key-secret-file secret.txt

",
    exit::codes!()
);

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    conclude(&args.client.client()?, CheckResultRequest::new(&args.biz, &args.transaction), args.wait, &args.shown)
}

/// Fetches a result, shows it, and gives the exit code.
pub(super) fn conclude(
    client: &blocking::Client,
    request: CheckResultRequest,
    wait: bool,
    shown: &ShownArgs,
) -> Result<u8, Failure> {
    let folder = shown.images.as_deref().map(Folder::open).transpose()?;
    let request = request.return_image(folder.is_some());
    let result = if wait { client.wait_for_result(&request, &WaitOptions::default())? } else { client.check_result(&request)? };
    // The result is shown even where its pictures could not be written.
    let written = folder.map_or(Ok(Vec::new()), |folder| folder.put_images(&result));
    show(shown, &result, written.as_deref().unwrap_or_default())?;
    written?;
    Ok(match result.passed {
        Some(true) => exit::DONE,
        None if result.is_pending() => Kind::NotCompleted.exit_code(),
        _ => exit::NOT_PASSED,
    })
}

fn show(args: &ShownArgs, result: &CheckResult, images: &[PathBuf]) -> Result<(), Failure> {
    let paths = images.iter().map(|path| path.display().to_string());
    match Format::or_fitting(args.format) {
        Format::Json => {
            output::emit(&(canonical_json(result)? + "\n"))?;
            paths.for_each(|path| output::note(&format!("wrote {path}")));
            Ok(())
        }
        Format::Table => {
            let mut rows = summary::rows(result, Paint::for_stdout());
            if args.show_identity {
                rows.append(summary::identity_rows(result));
            }
            rows.push_lines("images", paths);
            output::emit(&rows.render(""))
        }
    }
}
