// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.

/// What a picture's first bytes say it is; the rest may still be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageFormat {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
    /// GIF.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// None of the others.
    Unknown,
}

impl ImageFormat {
    /// The name in every language.
    pub fn name(self) -> &'static str {
        match self {
            ImageFormat::Jpeg => "jpeg",
            ImageFormat::Png => "png",
            ImageFormat::Webp => "webp",
            ImageFormat::Gif => "gif",
            ImageFormat::Bmp => "bmp",
            ImageFormat::Unknown => "unknown",
        }
    }
}

impl ImageFormat {
    /// Every format.
    pub const ALL: &[Self] = &[Self::Jpeg, Self::Png, Self::Webp, Self::Gif, Self::Bmp, Self::Unknown];

    /// The usual ending of a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Bmp => "bmp",
            Self::Unknown => "bin",
        }
    }
}
