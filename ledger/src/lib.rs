//! Which verifications were begun, and what became of them, in a file that outlives crashes.
//!
//! [`Ledger`] is that file. What is pure stands apart, with the time as an argument: [`Deadlines`], [`Turn`],
//! [`Meter`] and [`Forecast`]. Nothing here calls the service.

mod batch;
mod columns;
mod deadline;
mod deletion;
mod error;
mod file;
mod forecast;
mod ledger;
mod lock;
mod meter;
mod outcome;
mod schema;
mod time;
mod transaction;
mod turn;

pub use cloudauth_core::journey::Ending;

pub use batch::{Addition, Batch};
pub use deadline::Deadlines;
pub use deletion::{Deletion, Deletions, Undeleted};
pub use error::{Error, Result};
pub use forecast::{Forecast, time_left};
pub use ledger::{Counts, Ledger};
pub use lock::Lock;
pub use meter::Meter;
pub use outcome::Outcome;
pub use transaction::{Begun, Place, Transaction};
pub use turn::{Pass, Turn};
