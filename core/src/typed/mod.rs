//! Typed operations: requests and replies of the operations in `core/schema/typed/`, from one table.
//!
//! [`TypedRequest`] takes arguments by name and [`TypedReply`] holds fields by name: the one door of all bindings. Rust's own
//! requests and replies are generated on top of them.

mod archive;
mod argument;
mod arguments;
mod delete_result;
mod described;
mod download_video;
mod encode;
mod faces;
mod hook;
mod hooks;
mod initialize;
mod meanings;
mod read;
mod reply;
mod request;
mod spec;
mod started;
mod started_face;
mod status;
mod table;

pub use argument::Argument;
pub use arguments::Arguments;
pub use faces::*;
pub use reply::TypedReply;
pub use request::TypedRequest;
pub use spec::{ArgumentKind, ArgumentSpec, FieldSpec, TypedSpec};
pub use started::{from_json as started_from_json, reply_to_json as started_reply_to_json, to_json as started_to_json};
pub use table::TYPED;

pub use crate::decode::FieldKind;
pub use crate::receiver::{Progress, Received, Receiver};

/// The typed operation of this name, such as `verify_log`.
pub fn typed(name: &str) -> Option<&'static TypedSpec> {
    TYPED.iter().find(|spec| spec.name == name)
}
