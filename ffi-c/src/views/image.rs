//! A picture.

use std::ffi::{CStr, c_char};
use std::ptr;

use cloudauth_core::result::{Image, ImageFormat};

use super::arena::Arena;

/// A picture's file, as the service holds it: `len` bytes, not copied. `format` is "jpeg", "png", "webp", "gif", "bmp" or
/// "unknown", by the first bytes; `extension` is the usual ending of such a file's name: "jpg", "png", and "bin" for the
/// unknown.
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
        let data = if image.bytes.is_empty() { format.cast() } else { image.bytes.as_ptr() };
        self.keep(cloudauth_image { data, len: image.bytes.len(), format, extension })
    }
}

/// [`ImageFormat::name`] and [`ImageFormat::extension`], for C.
fn names(format: ImageFormat) -> (*const c_char, *const c_char) {
    let (name, extension): (&CStr, &CStr) = match format {
        ImageFormat::Jpeg => (c"jpeg", c"jpg"),
        ImageFormat::Png => (c"png", c"png"),
        ImageFormat::Webp => (c"webp", c"webp"),
        ImageFormat::Gif => (c"gif", c"gif"),
        ImageFormat::Bmp => (c"bmp", c"bmp"),
        ImageFormat::Unknown => (c"unknown", c"bin"),
    };
    (name.as_ptr(), extension.as_ptr())
}

#[cfg(test)]
mod tests {
    use std::ffi::CStr;

    use cloudauth_core::result::ImageFormat;

    use super::names;

    #[test]
    fn image_names_are_those_of_core() {
        use ImageFormat::{Bmp, Gif, Jpeg, Png, Unknown, Webp};
        for format in [Jpeg, Png, Webp, Gif, Bmp, Unknown] {
            let (name, extension) = names(format);
            // SAFETY: both are C strings that live as long as the library.
            let texts = unsafe { (CStr::from_ptr(name), CStr::from_ptr(extension)) };
            assert_eq!((texts.0.to_str(), texts.1.to_str()), (Ok(format.name()), Ok(format.extension())));
        }
    }
}
