//! Where transactions stand.

use std::sync::Arc;

use cloudauth_core::CallOptions;
use cloudauth_core::typed::StatusRequest;
use cloudauth_ledger::{Ending, Outcome, Transaction};

use super::answer::{Answer, Standing};
use super::clients::Clients;
use super::fetch::Fetch;
use super::started::started;

/// Asks where a transaction stands. What was never dated is taken for no older than the ledger has it.
pub(crate) struct Statuses(pub(crate) Arc<Clients>);

impl Fetch for Statuses {
    fn fetch(&self, transaction: &Transaction, options: &CallOptions) -> Answer {
        let client = match self.0.of(transaction.begun.place.as_ref()) {
            Ok(client) => client,
            Err(failure) => return Answer::Stop(failure),
        };
        match client.run(&StatusRequest::new(started(transaction, &client, transaction.began_by())), options) {
            Ok(status) => Answer::Stands(Box::new(Standing {
                ending: status.state.as_deref().and_then(ending).map(Outcome::new),
                state: status.state.unwrap_or_default(),
                page: status.page,
                error_code: status.error_code,
                reason: status.reason,
            })),
            Err(error) => Answer::failed(error),
        }
    }
}

/// Of a state from which no result comes.
fn ending(state: &str) -> Option<Ending> {
    let endings = [Ending::Abandoned, Ending::Expired, Ending::Gone];
    endings.into_iter().find(|ending| ending.name() == state)
}
