//! The small service that takes callbacks: what `cloudauth listen` does.
//!
//! Connections are served by one thread, in `server`; `keeper` is another, which alone writes the ledger; `intake`
//! reads the folder of starts; and those of a pool fetch.

mod backoff;
mod fetch;
mod intake;
mod keeper;
mod message;
mod metrics;
mod pulse;
mod route;
mod server;
mod spool;
mod warnings;
mod watch;

pub(crate) use fetch::Listened;
pub(crate) use keeper::{Book, Keeper};
pub(crate) use server::serve;
