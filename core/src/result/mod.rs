//! What a caller gets. Names are the service's own in `snake_case`, its repeated prefixes dropped.
//!
//! Nothing here prints what it holds: `Debug` says which fields are set, and no more, so that a result in a log gives no one away.

mod check_result;
mod document;
mod face;
mod identity;
mod image;
mod number;
mod objects;
mod problem;
mod raw;
mod redacted;
mod value;

pub use check_result::CheckResult;
pub use document::{Document, Page, Pages, Spoof};
pub use face::{Duplicate, Face};
pub use identity::Identity;
pub use image::{Image, ImageFormat};
pub use number::{Number, classify_number};
pub use problem::Problem;
pub(crate) use problem::REASONS;
pub use raw::Raw;
pub use value::{Fields, Value};
