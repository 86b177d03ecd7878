//! A picture.

use std::fmt;

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

/// What a picture's first bytes say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageFormat {
    Jpeg,
    Png,
    Webp,
    Gif,
    Bmp,
    Unknown,
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

    /// Lower-case, e.g. `jpeg`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Bmp => "bmp",
            Self::Unknown => "unknown",
        }
    }

    /// The usual ending of a file's name, without the dot: `jpg`, `png`, …, and `bin` for the unknown.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Unknown => "bin",
            other => other.name(),
        }
    }
}
