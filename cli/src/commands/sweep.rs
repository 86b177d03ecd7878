use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use cloudauth_core::canonical_value;
use cloudauth_ledger::{Batch, Ledger, Lock, Transaction};
use serde_json::json;

use crate::client::ClientArgs;
use crate::exit::{self, Failure};
use crate::fetching::{Answer, Clients, End, Fetch, Notes, Pace, PassRun, Standing, Statuses, Tally};
use crate::output::{self, Format, Rows};
use crate::plain::plain;

/// Ask for the status of each verification without an outcome
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// Ledger that `cloudauth start`, `bulk` or `listen` wrote
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    #[command(flatten)]
    pace: Pace,
    /// table for people; json, one line for each verification, for programs [default: table on a terminal, else json]
    #[arg(long, hide_possible_values = true, value_name = "json|table")]
    format: Option<Format>,
    #[command(flatten)]
    client: ClientArgs,
}

const HELP: &str = concat!(
    "A verification that was abandoned, has expired or is gone gets that as its outcome, and no run asks for it again. The ledger
notes the state of the others. sweep fetches no results; `bulk --ledger FILE` does.

Examples:
  cloudauth sweep --ledger ledger.db
  cloudauth sweep --ledger march/ledger.db --region cn-hongkong --format json

",
    exit::codes!()
);

pub(crate) fn run(args: Args) -> Result<u8, Failure> {
    if !args.ledger.exists() {
        return Err(Failure::usage("--ledger", "there is no such file"));
    }
    let _lock = Lock::take(&args.ledger)?;
    let mut ledger = Ledger::open(&args.ledger)?;
    let clients = Arc::new(Clients::new(args.client, args.pace.limits));
    clients.prepare(&ledger)?;
    let fetch: Arc<dyn Fetch> = Arc::new(Statuses(clients));
    let mut notes = SweepNotes { format: Format::or_fitting(args.format), states: BTreeMap::new(), lines: String::new() };
    let end = PassRun::begin(&mut ledger, &mut notes, &fetch, args.pace, None)?.run();
    notes.summary()?;
    match end {
        End::Failed(failure) => Err(failure),
        End::Asked => Ok(exit::INTERRUPTED),
        End::Done => Ok(if notes.states.contains_key(UNANSWERED) { exit::LEFT } else { exit::DONE }),
    }
}

/// Those of which nobody could say where they stand: their calls failed.
const UNANSWERED: &str = "unanswered";

struct SweepNotes {
    format: Format,
    /// How many there are of each.
    states: BTreeMap<String, u64>,
    /// What is to be written once the notes are kept.
    lines: String,
}

impl Notes for SweepNotes {
    fn note(
        &mut self,
        batch: &mut Batch<'_>,
        transaction: &Transaction,
        answer: Answer,
        now: SystemTime,
    ) -> Result<Tally, Failure> {
        let standing = match answer {
            Answer::Stands(standing) => *standing,
            Answer::Later { kind, code } => {
                batch.note_failure(transaction.number, kind.name(), code.as_deref(), now)?;
                unanswered(kind.name())
            }
            Answer::Ended(outcome) => unanswered(outcome.kind.as_deref().unwrap_or_default()),
            Answer::Cancelled | Answer::Stop(_) | Answer::Unfiled(_) => return Ok(Tally::default()),
        };
        if let Some(outcome) = &standing.ending {
            batch.end(transaction.number, outcome, now)?;
        } else if standing.state != UNANSWERED {
            batch.note_state(transaction.number, &standing.state)?;
        }
        *self.states.entry(standing.state.clone()).or_default() += 1;
        self.lines += &self.line(transaction, &standing)?;
        Ok(Tally::default())
    }

    fn kept(&mut self, _: &Ledger, _: Tally) -> Result<(), Failure> {
        output::emit(&std::mem::take(&mut self.lines))
    }

    fn show(&mut self, _: &Ledger) -> Result<(), Failure> {
        Ok(())
    }
}

/// `kind`: of the error.
fn unanswered(kind: &str) -> Standing {
    Standing { state: UNANSWERED.to_owned(), ending: None, page: None, error_code: None, reason: Some(kind.to_owned()) }
}

impl SweepNotes {
    /// For programs, of each; for people, of those that will have no result.
    fn line(&self, transaction: &Transaction, standing: &Standing) -> Result<String, Failure> {
        let begun = &transaction.begun;
        if self.format == Format::Json {
            let line = json!({
                "transaction_id": begun.transaction_id,
                "merchant_biz_id": begun.merchant_biz_id,
                "state": standing.state,
                "page": standing.page,
                "error_code": standing.error_code,
                "reason": standing.reason,
            });
            return Ok(canonical_value(&line)? + "\n");
        }
        if standing.ending.is_none() {
            return Ok(String::new());
        }
        let details = [&standing.page, &standing.error_code, &standing.reason].into_iter().flatten();
        let details: Vec<String> = details.map(|text| plain(text)).collect();
        Ok(format!("{}  {}  {}  {}\n", begun.transaction_id, begun.merchant_biz_id, standing.state, details.join("  ")))
    }

    fn summary(&self) -> Result<(), Failure> {
        if self.format == Format::Json {
            return Ok(());
        }
        let mut rows = Rows::default();
        for (state, count) in &self.states {
            rows.push(state.replace('_', " "), count.to_string());
        }
        output::emit(&rows.render(""))
    }
}
