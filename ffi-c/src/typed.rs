// Generated from core/schema/typed by `cargo xtask generate`; do not edit.

//! Functions that give the replies of typed operations.

use std::ptr;

use crate::boundary;
use crate::call::cloudauth_reply;
use crate::handle;
use crate::views::{
    Typed, cloudauth_archive, cloudauth_deletion, cloudauth_keep_alive, cloudauth_started, cloudauth_status,
    cloudauth_verify_log, cloudauth_video,
};

/// The reply of a cloudauth_typed_call_new("archive"), until it is freed; NULL where it is any other.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_reply_archive(reply: *const cloudauth_reply) -> *const cloudauth_archive {
    boundary::value(None, || match handle::find(reply)?.views.as_ref()?.reply() {
        Typed::Archive(view) => Some(*view),
        #[allow(unreachable_patterns, reason = "there may be one alone")]
        _ => None,
    })
    .unwrap_or(ptr::null())
}

/// The reply of a cloudauth_typed_call_new("delete_result"), until it is freed; NULL where it is any other.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_reply_deletion(reply: *const cloudauth_reply) -> *const cloudauth_deletion {
    boundary::value(None, || match handle::find(reply)?.views.as_ref()?.reply() {
        Typed::Deletion(view) => Some(*view),
        #[allow(unreachable_patterns, reason = "there may be one alone")]
        _ => None,
    })
    .unwrap_or(ptr::null())
}

/// The reply of a cloudauth_typed_call_new("download_video"), until it is freed; NULL where it is any other.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_reply_video(reply: *const cloudauth_reply) -> *const cloudauth_video {
    boundary::value(None, || match handle::find(reply)?.views.as_ref()?.reply() {
        Typed::Video(view) => Some(*view),
        #[allow(unreachable_patterns, reason = "there may be one alone")]
        _ => None,
    })
    .unwrap_or(ptr::null())
}

/// The reply of a cloudauth_typed_call_new("initialize"), until it is freed; NULL where it is any other.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_reply_started(reply: *const cloudauth_reply) -> *const cloudauth_started {
    boundary::value(None, || match handle::find(reply)?.views.as_ref()?.reply() {
        Typed::Started(view) => Some(*view),
        #[allow(unreachable_patterns, reason = "there may be one alone")]
        _ => None,
    })
    .unwrap_or(ptr::null())
}

/// The reply of a cloudauth_typed_call_new("keep_alive"), until it is freed; NULL where it is any other.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_reply_keep_alive(reply: *const cloudauth_reply) -> *const cloudauth_keep_alive {
    boundary::value(None, || match handle::find(reply)?.views.as_ref()?.reply() {
        Typed::KeepAlive(view) => Some(*view),
        #[allow(unreachable_patterns, reason = "there may be one alone")]
        _ => None,
    })
    .unwrap_or(ptr::null())
}

/// The reply of a cloudauth_typed_call_new("status"), until it is freed; NULL where it is any other.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_reply_status(reply: *const cloudauth_reply) -> *const cloudauth_status {
    boundary::value(None, || match handle::find(reply)?.views.as_ref()?.reply() {
        Typed::Status(view) => Some(*view),
        #[allow(unreachable_patterns, reason = "there may be one alone")]
        _ => None,
    })
    .unwrap_or(ptr::null())
}

/// The reply of a cloudauth_typed_call_new("verify_log"), until it is freed; NULL where it is any other.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cloudauth_reply_verify_log(reply: *const cloudauth_reply) -> *const cloudauth_verify_log {
    boundary::value(None, || match handle::find(reply)?.views.as_ref()?.reply() {
        Typed::VerifyLog(view) => Some(*view),
        #[allow(unreachable_patterns, reason = "there may be one alone")]
        _ => None,
    })
    .unwrap_or(ptr::null())
}
