//! The journey around a result: the callback that announces it.
//!
//! Everything here is pure: no clock, socket, environment variable or random number.

mod callback;
mod query;
mod token;

pub use callback::{Callback, parse_callback};
pub use token::ExpectedToken;
