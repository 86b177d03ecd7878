// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.

//! The formats of pictures, for C.

use std::ffi::CStr;

use cloudauth_core::result::ImageFormat;

/// The format's name, and the usual ending of a file's.
pub(super) fn names(format: ImageFormat) -> (&'static CStr, &'static CStr) {
    match format {
        ImageFormat::Jpeg => (c"jpeg", c"jpg"),
        ImageFormat::Png => (c"png", c"png"),
        ImageFormat::Webp => (c"webp", c"webp"),
        ImageFormat::Gif => (c"gif", c"gif"),
        ImageFormat::Bmp => (c"bmp", c"bmp"),
        ImageFormat::Unknown => (c"unknown", c"bin"),
    }
}
