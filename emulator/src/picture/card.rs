use image::RgbImage;

use super::canvas::{Canvas, Half};
use crate::document::Document;
use crate::people::specimen;

const PAPER: [u8; 3] = [238, 243, 236];
const BAND: [u8; 3] = [46, 92, 110];
const WAVE: [u8; 3] = [222, 232, 224];
const INK: [u8; 3] = [40, 48, 54];
const FAINT: [u8; 3] = [112, 128, 132];
const MARK: [u8; 3] = [198, 62, 58];
const WHITE: [u8; 3] = [250, 252, 252];

/// A page of a document, marked SPECIMEN, 640 by 404 as identity cards are.
pub(super) fn draw(document: Document, page: usize) -> RgbImage {
    let specimen = specimen(document);
    let mut canvas = Canvas::new(640, 404, PAPER);
    for row in 0_u8..6 {
        canvas.arc(Half::Lower, [0.62, 0.12 + f32::from(row) * 0.085], [0.40, 0.10], 0.012, WAVE);
    }
    canvas.rectangle([0.0, 0.0, 1.0, 0.095], 0.0, BAND);
    canvas.text(specimen.title, 0.04, 0.03, 0.036, WHITE);
    if page == 0 {
        canvas.rectangle([0.036, 0.126, 0.264, 0.424], 0.008, FAINT);
        canvas.place(&super::face::draw(), 0.04, 0.13, 0.22);
    }
    let left = if page == 0 { 0.30 } else { 0.04 };
    let fields = specimen.pages.get(page).copied().unwrap_or_default();
    let mut top = 0.128;
    for (name, value) in fields {
        canvas.text(&label(name), left, top, 0.014, FAINT);
        // The font is ASCII; a value in another script stays a bar, as on a blank form.
        if value.is_ascii() {
            canvas.text(&value.to_ascii_uppercase(), left + 0.30, top - 0.003, 0.021, INK);
        } else {
            canvas.rectangle([left + 0.30, top, left + 0.48, top + 0.015], 0.004, FAINT);
        }
        top += 0.034;
    }
    canvas.rectangle([0.30, 0.525, 0.965, 0.615], 0.012, MARK);
    canvas.rectangle([0.306, 0.531, 0.959, 0.609], 0.008, PAPER);
    canvas.text("SPECIMEN", 0.342, 0.545, 0.05, MARK);
    canvas.text("INVENTED", 0.73, 0.561, 0.022, MARK);
    canvas.text("DRAWN BY THE", 0.04, 0.548, 0.018, FAINT);
    canvas.text("EMULATOR", 0.04, 0.580, 0.018, FAINT);
    canvas.finish()
}

/// A field's name in capitals, its words apart whichever way it is spelled.
fn label(name: &str) -> String {
    let mut label = String::new();
    let mut before = '_';
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && before.is_ascii_lowercase() {
            label.push(' ');
        }
        label.push(if letter == '_' { ' ' } else { letter.to_ascii_uppercase() });
        before = letter;
    }
    label
}
