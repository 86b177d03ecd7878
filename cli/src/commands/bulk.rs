use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use cloudauth_core::canonical_value;
use cloudauth_ledger::{Counts, Ending, Ledger, Lock};
use serde_json::json;

use crate::bulk::{BulkNotes, Progress, Results, take_in};
use crate::client::ClientArgs;
use crate::exit::{self, Failure};
use crate::fetching::{self, Archives, Clients, End, Fetch, Limits, PassRun};
use crate::folder::Folder;
use crate::input;
use crate::output::{self, Format, Rows};

/// Fetch and archive the results of many verifications, what expires first before the rest
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// File that names them: CSV with the columns transaction_id and merchant_biz_id, or JSON, one object a line; - reads stdin
    #[arg(long = "in", value_name = "FILE")]
    input: Option<PathBuf>,
    /// Folder for what comes of it: results.jsonl, archives and the ledger
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Ledger to work off, such as one that `cloudauth start` wrote [default: DIR/ledger.db]
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Go on where an earlier run in DIR ended, however it ended
    #[arg(long)]
    resume: bool,
    /// Ask for no pictures, and keep no archives
    #[arg(long, overrides_with = "pictures")]
    no_pictures: bool,
    /// Archive each result with its pictures and video below DIR; the default
    #[arg(long, overrides_with = "no_pictures")]
    pictures: bool,
    /// Host to fetch videos from beside those below aliyuncs.com; may be given several times
    #[arg(long = "video-host", value_name = "HOST")]
    video_hosts: Vec<String>,
    /// Requests a second at most, to each region [default: as many as the service admits]
    #[arg(long, alias = "qps", value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    rate: Option<u32>,
    /// Calls at a time
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=1024))]
    concurrency: u16,
    /// How long the service may be out of reach before the run ends
    #[arg(long, value_name = "SECONDS", value_parser = input::seconds, default_value = "60", allow_negative_numbers = true)]
    patience: Duration,
    /// table for people, json for programs [default: table on a terminal, else json]
    #[arg(long, hide_possible_values = true, value_name = "json|table")]
    format: Option<Format>,
    #[command(flatten)]
    client: ClientArgs,
}

const HELP: &str = concat!(
    "results.jsonl has one line for each transaction with its outcome, exactly once, even after kill -9. What failed for now is left:
--resume asks again. Lines of FILE may also have region, begun and expires (UTC), or be what `cloudauth start` gave.
Ctrl-C ends the run in good order; once more, at once.

Examples:
  cloudauth bulk --in ids.csv --out march --region cn-hongkong --rate 10
  cloudauth bulk --out march --resume --region cn-hongkong --rate 10
  cloudauth bulk --ledger ledger.db --out march

",
    exit::codes!()
);

pub(crate) fn run(args: Args) -> Result<u8, Failure> {
    Folder::open(&args.out)?;
    let path = args.ledger.clone().unwrap_or_else(|| args.out.join("ledger.db"));
    if !args.resume && Results::path_in(&args.out).exists() {
        return Err(Failure::usage("--out", "there is a run in this folder; --resume goes on with it"));
    }
    if args.input.is_none() && !path.exists() {
        return Err(Failure::usage("--in", "must be given: there is no ledger to work off yet"));
    }
    let limits = Limits { rate: args.rate, concurrency: args.concurrency.into() };
    let clients = Arc::new(Clients::new(args.client, limits));
    let _lock = Lock::take(&path)?;
    let mut ledger = Ledger::open(&path)?;
    let refused = match &args.input {
        Some(input) => take_in(input, &mut ledger, &clients, &args.out)?,
        None => 0,
    };
    let counts = ledger.counts()?;
    if args.input.is_none() && counts.all() == 0 {
        return Err(Failure::usage("--in", "must be given: the ledger holds nothing to work off"));
    }
    clients.prepare(&ledger)?;
    let results = Results::rewrite(&args.out, &ledger)?;
    let fetch: Arc<dyn Fetch> = if args.no_pictures {
        Arc::new(fetching::Results(clients))
    } else {
        Arc::new(Archives::new(clients, &args.out, &args.video_hosts))
    };
    let mut notes = BulkNotes { results, progress: Progress::begin(counts.all_ended(), counts.all()) };
    let end = PassRun::begin(&mut ledger, &mut notes, &fetch, limits.concurrency, args.patience)?.run();
    notes.progress.end();
    let finished = notes.results.finish();
    let counts = ledger.counts()?;
    show(args.format, &ledger, &counts, refused, &args.out)?;
    match end {
        End::Failed(failure) => Err(failure),
        _ if finished.is_err() => finished.map(|()| exit::DONE),
        End::Asked if counts.open > 0 => Ok(exit::INTERRUPTED),
        End::Done | End::Asked => Ok(if counts.open > 0 {
            exit::LEFT
        } else if counts.all_ended() > counts.of(Ending::Fetched) || refused > 0 {
            exit::NOT_PASSED
        } else {
            exit::DONE
        }),
    }
}

fn show(format: Option<Format>, ledger: &Ledger, counts: &Counts, refused: u64, out: &Path) -> Result<(), Failure> {
    let left = ledger.failures()?;
    let results = Results::path_in(out).display().to_string();
    let text = match Format::or_fitting(format) {
        Format::Json => {
            let ended: serde_json::Map<_, _> =
                counts.ended.iter().map(|(ending, count)| (ending.name().to_owned(), json!(count))).collect();
            let put_off: serde_json::Map<_, _> = left.iter().map(|(kind, count)| (kind.clone(), json!(count))).collect();
            canonical_value(&json!({
                "outcomes": ended,
                "left": counts.open,
                "put_off": put_off,
                "refused_lines": refused,
                "results": results,
            }))? + "\n"
        }
        Format::Table => {
            let mut rows = Rows::default();
            for (ending, count) in counts.ended.iter().filter(|(ending, count)| *count > 0 || *ending == Ending::Fetched) {
                rows.push(ending.name(), count.to_string());
            }
            rows.push("left", counts.open.to_string());
            rows.push_lines("put off", left.iter().map(|(kind, count)| format!("{count} {kind}")));
            if refused > 0 {
                rows.push("refused lines", refused.to_string());
            }
            rows.push("results", results);
            rows.render("")
        }
    };
    output::emit(&text)
}
