use std::path::{Path, PathBuf};
use std::sync::Arc;

use cloudauth_core::{Kind, canonical_value};
use cloudauth_ledger::{Counts, Deletions, Ending, Ledger, Lock};
use serde_json::json;

use crate::archive_root::FilingArgs;
use crate::bulk::{BulkNotes, Claim, Progress, Results, take_in};
use crate::client::ClientArgs;
use crate::exit::{self, Failure};
use crate::fetching::{self, Archives, Clients, End, Fetch, OfArchives, Pace, PassRun, video_hint};
use crate::filing::Filing;
use crate::folder::Folder;
use crate::output::{self, Format, Rows};
use crate::plain::plain;
use crate::typed::TypedArgs;

/// Fetch and archive the results of many verifications, starting with those that expire first
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// File with the transactions: CSV with the columns transaction_id and merchant_biz_id, or JSON, one object a line; - reads stdin
    #[arg(long = "in", value_name = "FILE")]
    input: Option<PathBuf>,
    /// Folder for the output: results.jsonl, archives and the ledger; or s3://BUCKET/PREFIX or oss://BUCKET/PREFIX for the archives,
    /// with the rest beside --ledger
    #[arg(long, value_name = "DIR|URL")]
    out: PathBuf,
    /// Ledger with the transactions, such as one that `cloudauth start` wrote [default: DIR/ledger.db]
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Continue an earlier run in DIR, however it ended
    #[arg(long)]
    resume: bool,
    /// Ask for no pictures, and keep no archives
    #[arg(long, overrides_with = "pictures")]
    no_pictures: bool,
    /// Archive each result with its pictures and video below DIR; the default
    #[arg(long, overrides_with = "no_pictures")]
    pictures: bool,
    #[command(flatten)]
    archives: TypedArgs<OfArchives>,
    #[command(flatten)]
    pace: Pace,
    /// table for people, json for programs [default: table on a terminal, else json]
    #[arg(long, hide_possible_values = true, value_name = "json|table")]
    format: Option<Format>,
    #[command(flatten)]
    filing: FilingArgs,
    #[command(flatten)]
    client: ClientArgs,
}

const HELP: &str = concat!(
    "results.jsonl has one line for each transaction with its outcome, exactly once, even after kill -9. A transaction that may
succeed later has none yet; --resume asks again. Lines of FILE may also have region, begun and expires (UTC), or be the output of
`cloudauth start`. Ctrl-C ends the run in good order; a second one, at once.

Examples:
  cloudauth bulk --in ids.csv --out march --region cn-hongkong --rate 10
  cloudauth bulk --out march --resume --region cn-hongkong --rate 10
  cloudauth bulk --ledger ledger.db --out march
  cloudauth bulk --out march --resume --then-delete All
  cloudauth bulk --in ids.csv --ledger march/ledger.db --out s3://evidence/march --encrypt KMS

",
    exit::codes!()
);

pub(crate) fn run(args: Args) -> Result<u8, Failure> {
    let filing = Filing::read(&args.out, args.ledger.as_deref(), &args.filing, &args.client, args.pace.patience)?;
    let Filing { root, folder, ledger: path } = filing;
    let clients = Arc::new(Clients::new(args.client, args.pace.limits));
    let archives = Archives::new(clients.clone(), root, &args.archives)?;
    let deletes = archives.then_delete().is_some();
    if deletes && args.no_pictures {
        return Err(Failure::usage("--then-delete", "needs archives, which --no-pictures leaves out"));
    }
    Folder::open(&folder)?;
    let is_taken = || Failure::usage("--out", "there is a run in this folder; --resume goes on with it");
    let has_results = !args.resume && Results::path_in(&folder).exists();
    if has_results && !path.exists() {
        return Err(is_taken());
    }
    if args.input.is_none() && !path.exists() {
        return Err(Failure::usage("--in", "must be given: there is no ledger yet"));
    }
    let _lock = Lock::take(&path)?;
    let mut ledger = Ledger::open(&path)?;
    let mut claim = Claim::take(&folder, &ledger)?;
    if has_results && ledger.counts()?.all() > 0 {
        return Err(is_taken());
    }
    let refused = match &args.input {
        Some(input) => take_in(input, &mut ledger, &clients, &folder)?,
        None => 0,
    };
    let counts = ledger.counts()?;
    if args.input.is_none() && counts.all() == 0 {
        return Err(Failure::usage("--in", "must be given: the ledger is empty"));
    }
    clients.prepare(&ledger)?;
    claim.keep()?;
    let results = Results::rewrite(&folder, &ledger)?;
    let fetch: Arc<dyn Fetch> = if args.no_pictures { Arc::new(fetching::Results(clients)) } else { Arc::new(archives) };
    let undeleted = if deletes { Some(ledger.undeleted()?) } else { None };
    let again = if deletes { ledger.undeleted_count()? } else { 0 };
    let mut notes = BulkNotes { results, progress: Progress::begin(counts.all_ended() - again, counts.all()), unfiled: None };
    let end = PassRun::begin(&mut ledger, &mut notes, &fetch, args.pace, undeleted)?.run();
    notes.progress.end();
    if let Some((count, why)) = notes.unfiled.filter(|_| !matches!(end, End::Failed(_))) {
        output::note(&plain(&format!("cloudauth: {count} are left for want of the object store: {why}")));
    }
    let finished = notes.results.finish(&ledger);
    let counts = ledger.counts()?;
    let Deletions { by_outcome: mut deletions, not_asked, kept } = ledger.deletions()?;
    if deletes && not_asked > 0 {
        deletions.push(("not_asked".to_owned(), not_asked));
    }
    show(args.format, &ledger, &counts, &deletions, refused, &folder)?;
    let is_kept = deletes && kept > 0;
    match end {
        End::Failed(failure) => Err(failure),
        _ if finished.is_err() => finished.map(|()| exit::DONE),
        End::Asked if counts.open > 0 || is_kept => Ok(exit::INTERRUPTED),
        End::Done | End::Asked => Ok(if counts.open > 0 {
            exit::LEFT
        } else if counts.all_ended() > counts.of(Ending::Fetched) || is_kept || refused > 0 {
            exit::NOT_PASSED
        } else {
            exit::DONE
        }),
    }
}

fn show(
    format: Option<Format>,
    ledger: &Ledger,
    counts: &Counts,
    deletions: &[(String, u64)],
    refused: u64,
    out: &Path,
) -> Result<(), Failure> {
    let left = ledger.failures()?;
    for (kind, count) in &left {
        if let Some(hint) = Kind::from_name(kind).and_then(video_hint) {
            output::note(&format!("cloudauth: {count} {hint}"));
        }
    }
    let results = Results::path_in(out).display().to_string();
    let text = match Format::or_fitting(format) {
        Format::Json => {
            let ended: serde_json::Map<_, _> =
                counts.ended.iter().map(|(ending, count)| (ending.name().to_owned(), json!(count))).collect();
            let counted = |counts: &[(String, u64)]| -> serde_json::Map<_, _> {
                counts.iter().map(|(name, count)| (name.clone(), json!(count))).collect()
            };
            canonical_value(&json!({
                "outcomes": ended,
                "left": counts.open,
                "put_off": counted(&left),
                "deletions": counted(deletions),
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
            let lines =
                |counts: &[(String, u64)]| -> Vec<_> { counts.iter().map(|(name, count)| format!("{count} {name}")).collect() };
            rows.push_lines("put off", lines(&left));
            rows.push_lines("deletion", lines(deletions));
            if refused > 0 {
                rows.push("refused lines", refused.to_string());
            }
            rows.push("results", results);
            rows.render("")
        }
    };
    output::emit(&text)
}
