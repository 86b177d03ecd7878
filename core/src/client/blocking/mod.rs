//! The client for callers that block.

mod check_many;
mod client;
mod many;
mod window;

pub use check_many::CheckMany;
pub use client::Client;
pub use many::Many;
pub use window::{Outcome, Waiting};
