//! The small service that takes callbacks: what `cloudauth listen` does.
//!
//! Connections are served by one thread, in `server`; `keeper` is another, which alone writes the ledger; and those of a pool fetch.

mod backoff;
mod fetch;
mod keeper;
mod metrics;
mod route;
mod server;
mod spool;

pub(crate) use fetch::Listened;
pub(crate) use keeper::Keeper;
pub(crate) use server::serve;
