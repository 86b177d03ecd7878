use std::path::PathBuf;

use cloudauth_core::typed::{Status, StatusRequest};
use cloudauth_core::{Kind, canonical_value};
use serde_json::{Value, json};

use crate::client::ClientArgs;
use crate::exit::{self, Failure};
use crate::output::{self, Format, Rows};
use crate::plain::plain;
use crate::started;

/// Say where a verification stands that was started here
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// File that `cloudauth start` wrote; - reads stdin
    started: PathBuf,
    /// table for people, json for programs [default: table on a terminal, else json]
    #[arg(long, hide_possible_values = true, value_name = "json|table")]
    format: Option<Format>,
    #[command(flatten)]
    client: ClientArgs,
}

const HELP: &str = concat!(
    "It asks once. Region or endpoint are those of the start. The exit code is 0 where the result is there, 3 where it may still come.

Examples:
  cloudauth status started.json

",
    exit::codes!()
);

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let started = started::read(&args.started)?;
    let request = StatusRequest::new(Value::from(started.to_json()?));
    let status = started::client(&args.client, &started)?.status(&request)?;
    show(args.format, &status)?;
    Ok(match status.state.as_deref() {
        Some("finished") => exit::DONE,
        Some("not_begun" | "in_progress" | "pending") => Kind::NotCompleted.exit_code(),
        _ => exit::NOT_PASSED,
    })
}

fn show(format: Option<Format>, status: &Status) -> Result<(), Failure> {
    let fields =
        [("state", &status.state), ("page", &status.page), ("error_code", &status.error_code), ("reason", &status.reason)];
    let text = match Format::or_fitting(format) {
        Format::Json => canonical_value(&json!(std::collections::BTreeMap::from(fields)))? + "\n",
        Format::Table => {
            let mut rows = Rows::default();
            for (label, text) in fields {
                rows.push_lines(&label.replace('_', " "), text.as_deref().map(plain));
            }
            rows.render("")
        }
    };
    output::emit(&text)
}
