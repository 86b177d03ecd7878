//! What a caller gets. Names are the service's own in `snake_case`, its repeated prefixes dropped.
//!
//! Nothing here prints what it holds: `Debug` says which fields are set, and no more, so that a result in a log gives no one away.

mod accessors;
mod format;
mod image;
mod number;
mod objects;
mod problem;
mod raw;
pub(crate) mod redacted;
mod value;

pub use accessors::Pages;
pub(crate) use accessors::is_pending;
pub use format::ImageFormat;
pub use image::Image;
pub(crate) use number::classify;
pub use number::{Number, classify_number};
pub use objects::{CheckResult, Document, Duplicate, Face, Identity, Page, Problem, Spoof};
pub(crate) use problem::REASONS;
pub use raw::Raw;
pub use value::{Fields, Value};
