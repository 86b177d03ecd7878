//! What a run notes of its answers.

use std::time::SystemTime;

use cloudauth_ledger::{Batch, Ending, Ledger, Transaction};

use super::progress::Progress;
use super::results::Results;
use crate::exit::Failure;
use crate::fetching::{Answer, Notes, Tally};

pub(crate) struct BulkNotes {
    pub(crate) results: Results,
    pub(crate) progress: Progress,
    /// How many an object store failed, and how it failed the last of them.
    pub(crate) unfiled: Option<(u32, String)>,
}

impl Notes for BulkNotes {
    fn note(
        &mut self,
        batch: &mut Batch<'_>,
        transaction: &Transaction,
        answer: Answer,
        now: SystemTime,
    ) -> Result<Tally, Failure> {
        match answer {
            Answer::Ended(outcome) => {
                if batch.end(transaction.number, &outcome, now)?.is_none() {
                    self.results.note_change();
                }
                Ok(Tally { done: 1, failed: u32::from(outcome.ending != Ending::Fetched), left: 0 })
            }
            Answer::Later { kind, code } => {
                // Its next turn is in the next run; `listen` may ask at once.
                batch.note_failure(transaction.number, kind.name(), code.as_deref(), now)?;
                Ok(Tally { left: 1, ..Tally::default() })
            }
            Answer::Unfiled(failure) => {
                batch.note_failure(transaction.number, failure.kind().name(), None, now)?;
                let count = self.unfiled.as_ref().map_or(0, |(count, _)| *count);
                self.unfiled = Some((count + 1, failure.message().to_owned()));
                Ok(Tally { left: 1, ..Tally::default() })
            }
            Answer::Stands(_) | Answer::Cancelled | Answer::Stop(_) => Ok(Tally::default()),
        }
    }

    fn kept(&mut self, ledger: &Ledger, tally: Tally) -> Result<(), Failure> {
        self.progress.count(tally);
        self.results.append(ledger)
    }

    fn show(&mut self, ledger: &Ledger) -> Result<(), Failure> {
        self.progress.show(ledger)
    }
}
