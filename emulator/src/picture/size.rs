//! Files of a wanted size. A drawing in flat colours packs to a few kilobytes; larger files come from
//! more pixels with a grain on them, so that they are valid pictures to the last byte.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _, Rgb, RgbImage};

/// Ordinary pictures are small; large ones get there with fewer pixels, and sooner, at a finer quality.
const JPEG_QUALITY: u8 = 88;
const FINE_QUALITY: u8 = 97;
const FINE_FROM: usize = 100_000;
/// How far from the wanted size is near enough.
const TOLERANCE: f64 = 0.03;
/// Pixels of the first try, from which the right number is reckoned.
const FIRST_PIXELS: f64 = 120_000.0;

/// The file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Format {
    Jpeg,
    Png,
}

/// The picture as a file of about `wanted` bytes, or as small as it is.
// Sizes are at most a few million: exact in f64, and a rounded root of them fits u32.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(super) fn encode(drawing: &RgbImage, format: Format, wanted: Option<usize>) -> Vec<u8> {
    let Some(wanted) = wanted else { return file(drawing, format, JPEG_QUALITY) };
    let quality = if wanted < FINE_FROM { JPEG_QUALITY } else { FINE_QUALITY };
    let (width, height) = (f64::from(drawing.width()), f64::from(drawing.height()));
    let mut pixels = FIRST_PIXELS;
    let mut best: Option<Vec<u8>> = None;
    for _ in 0..6 {
        let scale = (pixels / (width * height)).sqrt();
        let across = ((width * scale).round() as u32).max(16);
        let down = ((height * scale).round() as u32).max(16);
        let made = file(&grainy(drawing, across, down), format, quality);
        let ratio = wanted as f64 / made.len() as f64;
        pixels = f64::from(across) * f64::from(down) * ratio;
        if best.as_ref().is_none_or(|best| best.len().abs_diff(wanted) > made.len().abs_diff(wanted)) {
            best = Some(made);
        }
        if (ratio - 1.0).abs() < TOLERANCE {
            break;
        }
    }
    best.unwrap_or_default()
}

fn file(picture: &RgbImage, format: Format, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = picture.dimensions();
    let written = match format {
        Format::Jpeg => {
            JpegEncoder::new_with_quality(&mut bytes, quality).write_image(picture, width, height, ExtendedColorType::Rgb8)
        }
        Format::Png => PngEncoder::new(&mut bytes).write_image(picture, width, height, ExtendedColorType::Rgb8),
    };
    // Writing to memory fails only for dimensions that `encode` never asks for.
    debug_assert!(written.is_ok());
    bytes
}

/// The drawing at another size, with the same grain every time.
fn grainy(drawing: &RgbImage, across: u32, down: u32) -> RgbImage {
    let mut seed = 0x9e37_79b9_u32;
    RgbImage::from_fn(across, down, |x, y| {
        let Rgb(colour) = *drawing.get_pixel(
            (x * drawing.width() / across).min(drawing.width() - 1),
            (y * drawing.height() / down).min(drawing.height() - 1),
        );
        // Xorshift: plain arithmetic, quick, and alike on every machine.
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        let [a, b, c, _] = seed.to_le_bytes();
        let grain = |value: u8, by: u8| value.saturating_add(by % 24).saturating_sub(12);
        Rgb([grain(colour[0], a), grain(colour[1], b), grain(colour[2], c)])
    })
}
