//! A picture.

use std::ffi::c_char;
use std::ptr;

use cloudauth_core::result::Image;

use super::arena::Arena;
use super::format::names;

/// A picture's file, as the service holds it: `len` bytes, not copied. `format` is what the first bytes say, such as "jpeg" or
/// "unknown"; `extension` is the usual ending of such a file's name: "jpg", and "bin" for the unknown.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_image {
    pub data: *const u8,
    pub len: usize,
    pub format: *const c_char,
    pub extension: *const c_char,
}

impl Arena {
    pub(super) fn image(&mut self, image: Option<&Image>) -> *const cloudauth_image {
        let Some(image) = image else { return ptr::null() };
        let (format, extension) = names(image.format);
        // An empty vector points nowhere; hosts may want an address all the same.
        let data = if image.bytes.is_empty() { format.as_ptr().cast() } else { image.bytes.as_ptr() };
        self.keep(cloudauth_image { data, len: image.bytes.len(), format: format.as_ptr(), extension: extension.as_ptr() })
    }
}
