//! Fetches what has ended; of what nobody announced, asks where it stands.

use std::sync::Arc;
use std::time::SystemTime;

use cloudauth_core::{CallOptions, Kind};
use cloudauth_ledger::Transaction;

use crate::fetching::{Answer, Archives, Clients, Fetch, Statuses};

/// Archives; and where the person should have been done long ago and is not, asks why.
pub(crate) struct Listened {
    archives: Archives,
    statuses: Statuses,
}

impl Listened {
    pub(crate) fn new(archives: Archives, clients: Arc<Clients>) -> Self {
        Self { archives, statuses: Statuses(clients) }
    }
}

impl Fetch for Listened {
    fn fetch(&self, transaction: &Transaction, options: &CallOptions) -> Answer {
        let answer = self.archives.fetch(transaction, options);
        let is_not_completed = matches!(answer, Answer::Later { kind: Kind::NotCompleted, .. });
        if !is_not_completed || transaction.callback_at.is_some() || SystemTime::now() < transaction.deadlines().silence {
            return answer;
        }
        match self.statuses.fetch(transaction, options) {
            Answer::Stands(standing) => standing.ending.clone().map_or(answer, |outcome| Answer::Ended(Box::new(outcome))),
            other => other,
        }
    }
}
