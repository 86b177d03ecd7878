use image::{Rgb, RgbImage};

/// A flat colour.
pub(super) type Colour = [u8; 3];

/// Which half of a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Upper,
    Lower,
}

/// A picture drawn from shapes. Coordinates are fractions of its width, so that circles stay round;
/// edges are smoothed by how much of a pixel the shape covers.
#[derive(Debug)]
pub(super) struct Canvas {
    image: RgbImage,
    width: f32,
}

impl Canvas {
    pub(super) fn new(width: u16, height: u16, background: Colour) -> Canvas {
        let image = RgbImage::from_pixel(width.into(), height.into(), Rgb(background));
        Canvas { image, width: width.into() }
    }

    pub(super) fn finish(self) -> RgbImage {
        self.image
    }

    /// A filled ellipse around (`x`, `y`).
    pub(super) fn ellipse(&mut self, x: f32, y: f32, half_width: f32, half_height: f32, colour: Colour) {
        let smaller = half_width.min(half_height);
        self.fill([x - half_width, y - half_height, x + half_width, y + half_height], colour, |px, py| {
            let reach = ((px - x) / half_width).hypot((py - y) / half_height);
            (1.0 - reach) * smaller
        });
    }

    /// A filled rectangle with rounded corners, given by its edges.
    pub(super) fn rectangle(&mut self, [left, top, right, bottom]: [f32; 4], radius: f32, colour: Colour) {
        let (x, y) = (f32::midpoint(left, right), f32::midpoint(top, bottom));
        let (half_width, half_height) = ((right - left) / 2.0 - radius, (bottom - top) / 2.0 - radius);
        self.fill([left, top, right, bottom], colour, |px, py| {
            let outside = ((px - x).abs() - half_width).max(0.0).hypot(((py - y).abs() - half_height).max(0.0));
            let inside = ((px - x).abs() - half_width).max((py - y).abs() - half_height).min(0.0);
            radius - outside - inside
        });
    }

    /// The lower or upper half of an elliptic ring, as a mouth or a brow.
    pub(super) fn arc(&mut self, half: Half, [x, y]: [f32; 2], [half_width, half_height]: [f32; 2], thick: f32, colour: Colour) {
        let edges = [x - half_width - thick, y - half_height - thick, x + half_width + thick, y + half_height + thick];
        self.fill(edges, colour, |px, py| {
            let reach = ((px - x) / half_width).hypot((py - y) / half_height);
            let ring = thick / 2.0 - (reach - 1.0).abs() * half_width.min(half_height);
            ring.min(if half == Half::Lower { py - y } else { y - py })
        });
    }

    /// Copies another picture in, scaled to `width`.
    pub(super) fn place(&mut self, picture: &RgbImage, left: f32, top: f32, width: f32) {
        let across = self.pixels(width);
        let down = across * picture.height() / picture.width().max(1);
        let small = image::imageops::resize(picture, across, down, image::imageops::FilterType::Triangle);
        let (left, top) = (self.pixels(left), self.pixels(top));
        image::imageops::replace(&mut self.image, &small, left.into(), top.into());
    }

    /// Text in the built-in font; `size` is the height of a capital. Gives the text's width.
    pub(super) fn text(&mut self, text: &str, left: f32, top: f32, size: f32, colour: Colour) -> f32 {
        let dot = size / 7.0;
        // Half a pixel over the next dot, or smoothed edges would show as seams.
        let lap = 0.5 / self.width;
        let mut x = left;
        for character in text.chars() {
            for (row, bits) in (0_u8..).zip(super::font::glyph(character)) {
                for column in (0_u8..5).filter(|column| bits & (0b1_0000 >> column) != 0) {
                    let (x, y) = (x + dot * f32::from(column), top + dot * f32::from(row));
                    self.rectangle([x, y, x + dot + lap, y + dot + lap], 0.0, colour);
                }
            }
            x += dot * 6.0;
        }
        x - left
    }

    /// A fraction of the width as whole pixels.
    // Pictures are at most a few thousand pixels wide, and negative positions are cut off at the edge.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn pixels(&self, fraction: f32) -> u32 {
        (fraction * self.width).round().max(0.0) as u32
    }

    /// Paints where `depth` (the distance inward from the shape's edge) is positive.
    // Pixel numbers are small enough for f32 to hold them exactly.
    #[allow(clippy::cast_precision_loss)]
    fn fill(&mut self, [left, top, right, bottom]: [f32; 4], colour: Colour, depth: impl Fn(f32, f32) -> f32) {
        let (columns, rows) = self.image.dimensions();
        let down_to = (self.pixels(bottom) + 1).min(rows);
        let across_to = (self.pixels(right) + 1).min(columns);
        for row in self.pixels(top).saturating_sub(1)..down_to {
            for column in self.pixels(left).saturating_sub(1)..across_to {
                let (x, y) = ((column as f32 + 0.5) / self.width, (row as f32 + 0.5) / self.width);
                let cover = (depth(x, y) * self.width + 0.5).clamp(0.0, 1.0);
                if cover > 0.0 {
                    let Rgb(under) = self.image.get_pixel_mut(column, row);
                    for (old, new) in under.iter_mut().zip(colour) {
                        *old = mix(*old, new, cover);
                    }
                }
            }
        }
    }
}

// A mean of two bytes is a byte.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn mix(old: u8, new: u8, share: f32) -> u8 {
    (f32::from(old) + (f32::from(new) - f32::from(old)) * share).round() as u8
}
