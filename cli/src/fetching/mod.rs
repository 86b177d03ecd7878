//! Asks for what the ledger has, several at a time: for `bulk`, `sweep` and `listen`.

mod answer;
mod archives;
mod clients;
mod fetch;
mod outage;
mod pass;
mod pool;
mod started;
mod statuses;

pub(crate) use answer::{Answer, Standing};
pub(crate) use archives::Archives;
pub(crate) use clients::{Clients, Limits};
pub(crate) use fetch::{Fetch, Results};
pub(crate) use pass::{End, Notes, PassRun, Tally};
pub(crate) use pool::Pool;
pub(crate) use statuses::Statuses;
