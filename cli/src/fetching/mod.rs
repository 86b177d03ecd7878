//! Asks for what the ledger has, several at a time: for `bulk`, `sweep` and `listen`.

mod answer;
mod archives;
mod clients;
mod clocks;
mod fetch;
mod outage;
mod pace;
mod pass;
mod pool;
mod started;
mod statuses;

pub(crate) use answer::{Answer, Standing};
pub(crate) use archives::{Archives, OfArchives, video_hint};
pub(crate) use clients::Clients;
pub(crate) use fetch::{Fetch, Results};
pub(crate) use pace::{Limits, Pace};
pub(crate) use pass::{End, Notes, PassRun, Tally};
pub(crate) use pool::Pool;
pub(crate) use statuses::Statuses;
