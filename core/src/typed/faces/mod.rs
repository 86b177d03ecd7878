// Generated from core/schema/typed by `cargo xtask generate`; do not edit.

//! Requests and replies as types of their own.

#![allow(clippy::doc_markdown, reason = "sentences for every language")]

mod archive;
mod delete_result;
mod download_video;
mod initialize;
mod keep_alive;
mod status;
mod verify_log;

pub use archive::{Archive, ArchiveRequest};
pub use delete_result::{DeleteResultRequest, Deletion};
pub use download_video::{DownloadVideoRequest, Video};
pub use initialize::{InitializeRequest, Started};
pub use keep_alive::{KeepAlive, KeepAliveRequest};
pub use status::{Status, StatusRequest};
pub use verify_log::{VerifyLog, VerifyLogRequest};
