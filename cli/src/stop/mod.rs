//! Runs that a signal ends in good order.

mod cancel;
mod ignored;
#[cfg(feature = "ledger")]
mod run;
mod signals;

pub(crate) use cancel::cancellation;
#[cfg(feature = "ledger")]
pub(crate) use run::Stop;
