//! What keeps calls from working, found out before there is a call: [`ClientBuilder::diagnose`](crate::ClientBuilder::diagnose).
//!
//! `Examination` does the asking, over the same transport as calls. What an answer means is told by pure functions, one file
//! a check.

mod call;
mod certificate;
mod clock;
mod endpoint;
mod examination;
mod finding;
mod keys;
mod latency;
mod permission;
#[cfg(feature = "quota-redis")]
mod quota;
mod way;

pub(crate) use examination::Examination;
pub use finding::{Check, Finding, Measured, State};
