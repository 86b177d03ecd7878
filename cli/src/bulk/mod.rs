//! Many transactions, fetched as fast as the service admits: what `cloudauth bulk` does, and `listen` in part.

mod claim;
mod input;
mod intake;
mod lines;
mod notes;
mod part;
mod progress;
mod quotes;
mod results;
mod row;

pub(crate) use claim::Claim;
pub(crate) use intake::{add_started, take_in};
pub(crate) use notes::BulkNotes;
pub(crate) use progress::Progress;
pub(crate) use results::Results;
pub(crate) use row::from_started;
