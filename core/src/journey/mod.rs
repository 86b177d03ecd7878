//! The journey around a result: its start, where it stands, and the callback that announces its end.
//!
//! Everything here is pure: no clock, socket, environment variable or random number.

mod callback;
mod ending;
mod lifetimes;
mod lost;
mod origin;
mod outcome;
mod query;
mod status;
mod token;

pub(crate) mod initialize;

pub use callback::{Callback, parse_callback};
pub use ending::Ending;
pub use lifetimes::{RESULT_LIFETIME, START_LIFETIME, VIDEO_LIFETIME};
pub use origin::validate_origin;
pub use outcome::{LogOutcome, ResultOutcome, VerifyFacts};
pub use status::{State, Status, classify_status};
pub use token::ExpectedToken;

pub(crate) use lost::{is_lost, lost_deletion, lost_start};
pub(crate) use origin::origin;
