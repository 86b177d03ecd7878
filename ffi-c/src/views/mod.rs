//! What a result looks like from C: plain structs that point into it.
//!
//! Structs may get further members at their end in a later version, so a list holds pointers to them and not the structs.
//! What the service did not send is a NULL pointer.

mod arena;
mod build;
mod fill;
mod format;
mod image;
mod typed;
mod types;
mod values;
mod whole;

pub(crate) use build::{TypedViews, Views};
pub use image::cloudauth_image;
pub use typed::*;
pub use types::*;
