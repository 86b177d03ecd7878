use image::RgbImage;

use super::canvas::{Canvas, Half};

const BACKGROUND: [u8; 3] = [206, 227, 240];
const SKIN: [u8; 3] = [244, 201, 165];
const SHADE: [u8; 3] = [226, 172, 134];
const HAIR: [u8; 3] = [72, 52, 46];
const SHIRT: [u8; 3] = [60, 110, 150];
const INK: [u8; 3] = [44, 38, 40];
const WHITE: [u8; 3] = [252, 252, 250];
const LIPS: [u8; 3] = [190, 84, 82];
const CHEEK: [u8; 3] = [238, 172, 150];

/// A cartoon face in flat colours, 360 by 480.
pub(super) fn draw() -> RgbImage {
    let mut canvas = Canvas::new(360, 480, BACKGROUND);
    // Back to front: hair, shoulders, neck, ears, head.
    canvas.ellipse(0.5, 0.56, 0.30, 0.36, HAIR);
    canvas.rectangle([0.23, 0.62, 0.77, 0.95], 0.08, HAIR);
    canvas.rectangle([0.10, 1.06, 0.90, 1.50], 0.16, SHIRT);
    canvas.rectangle([0.41, 0.88, 0.59, 1.12], 0.05, SHADE);
    canvas.ellipse(0.5, 1.10, 0.12, 0.06, SKIN);
    for side in [-1.0, 1.0] {
        canvas.ellipse(0.5 + side * 0.25, 0.66, 0.04, 0.07, SHADE);
    }
    canvas.ellipse(0.5, 0.65, 0.245, 0.315, SKIN);
    canvas.ellipse(0.5, 0.37, 0.215, 0.10, HAIR);
    for side in [-1.0, 1.0] {
        let x = 0.5 + side * 0.10;
        canvas.ellipse(x + side * 0.035, 0.76, 0.045, 0.032, CHEEK);
        canvas.arc(Half::Upper, [x, 0.575], [0.055, 0.035], 0.016, HAIR);
        canvas.ellipse(x, 0.63, 0.045, 0.030, WHITE);
        canvas.ellipse(x, 0.63, 0.022, 0.024, INK);
        canvas.ellipse(x + 0.008, 0.622, 0.006, 0.006, WHITE);
    }
    canvas.arc(Half::Lower, [0.5, 0.715], [0.026, 0.022], 0.012, SHADE);
    canvas.arc(Half::Lower, [0.5, 0.80], [0.085, 0.055], 0.018, LIPS);
    canvas.text("SPECIMEN", 0.335, 1.22, 0.05, WHITE);
    canvas.finish()
}
