//! A picture.

use std::fmt;

use super::ImageFormat;
use crate::buffer::Buffer;

/// A picture's file, as the service holds it.
#[derive(Clone, PartialEq, Eq)]
pub struct Image {
    pub bytes: Buffer,
    pub format: ImageFormat,
}

impl Image {
    pub(crate) fn new(bytes: Buffer) -> Self {
        let format = ImageFormat::of(&bytes);
        Self { bytes, format }
    }
}

impl fmt::Debug for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Image").field("length", &self.bytes.len()).field("format", &self.format).finish_non_exhaustive()
    }
}

impl ImageFormat {
    /// Judges by the first bytes alone; the rest may still be broken.
    pub fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Self::Png,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Self::Webp,
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Self::Gif,
            [b'B', b'M', ..] => Self::Bmp,
            _ => Self::Unknown,
        }
    }
}
