//! How a transaction's evidence is fetched.

use std::sync::Arc;

use cloudauth_core::{CallOptions, CheckResultRequest};
use cloudauth_ledger::Transaction;

use super::answer::Answer;
use super::clients::Clients;

/// Fetches what there is of a transaction, on a thread that may block.
pub(crate) trait Fetch: Send + Sync {
    fn fetch(&self, transaction: &Transaction, options: &CallOptions) -> Answer;
}

/// Fetches results alone.
pub(crate) struct Results(pub(crate) Arc<Clients>);

impl Fetch for Results {
    fn fetch(&self, transaction: &Transaction, options: &CallOptions) -> Answer {
        let begun = &transaction.begun;
        match self.0.of(begun.place.as_ref()) {
            Ok(client) => {
                Answer::of(client.run(&CheckResultRequest::new(&begun.merchant_biz_id, &begun.transaction_id), options))
            }
            Err(failure) => Answer::Stop(failure),
        }
    }
}
