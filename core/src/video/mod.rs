//! The evidence video: whence it may be fetched, and how it becomes a file or reaches a receiver.
//!
//! Its URL comes from a reply, or from wherever a result was stored: it may lead anywhere, and [`Link`] lets it lead to the
//! service's own hosts alone.

mod address;
mod destination;
mod download;
mod guarded;
mod hosts;
mod link;
mod new_file;
mod pace;
mod reception;
mod retrieval;

pub(crate) use destination::Target;
pub(crate) use hosts::Hosts;
pub use link::admitted_video_url;
pub(crate) use retrieval::{MAX_BYTES, Outcome, Retrieval, Retrieved, retrieve};
