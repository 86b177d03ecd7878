//! Lifts images out of a raw body, so that the JSON parser never sees them.
//!
//! Images are over 99 % of a body. Each is found by its key in the raw bytes, decoded straight into its final buffer, and
//! replaced by a short placeholder. `serde_json` stays the judge of what is JSON: it reads what remains. An image whose
//! placeholder does not come back exactly once, at its own field and depth, sends the whole body down the plain path, so
//! that lifting can change how fast a body is decoded but never what it says.

mod compact;
mod cut;
mod images;
mod nonce;
mod rest;
mod scan;
mod unescape;
mod value;

pub(crate) use images::Images;
pub(crate) use nonce::Nonce;

use std::sync::Arc;

use super::base64;
use crate::buffer::Buffer;
use crate::options::MAX_BYTES_BESIDE_IMAGES;
use images::Lifted;
use rest::Rest;
use value::Value;

/// The service's names for images.
pub(super) const IMAGE_KEYS: [&str; 2] = ["faceImg", "idImage"];

/// Shorter images are left to the plain path, which is faster for them.
const MIN_LENGTH: usize = 4096;

/// `body` without its images and, where that is still more than a reply may hold, without its long texts, and what was taken
/// out; images that are `left`, counted from the first, stay where they are. `None` where there is nothing to take out.
pub(crate) fn remaining(body: &[u8], nonce: Nonce, left: &[usize]) -> Option<(Vec<u8>, Images)> {
    let Some((mut rest, mut images)) = lift(body, nonce, left) else {
        return if body.len() > MAX_BYTES_BESIDE_IMAGES { cut::without_long_texts(body, nonce) } else { None };
    };
    if rest.len() > MAX_BYTES_BESIDE_IMAGES {
        cut::cut_long_texts(&mut rest, &mut images);
    }
    Some((rest, images))
}

/// `body` without its images, and the images; those that are `left`, counted from the first, stay where they are. `None` where
/// there is nothing to lift, or no memory for what remains.
fn lift(body: &[u8], nonce: Nonce, left: &[usize]) -> Option<(Vec<u8>, Images)> {
    let mut out = Rest::new(body, nonce);
    // All images one behind the other: where they end need not be known before.
    let mut bytes = Buffer::default();
    let mut written = 0;
    let mut lifted = Vec::new();
    let mut from = 0;
    let mut found_images = 0;
    while let Some(opening) = scan::next_image(body, from) {
        from = opening.start;
        if body.len() - from < MIN_LENGTH {
            break;
        }
        if bytes.is_empty() {
            bytes = base64::room(body.len() - from)?;
        }
        let Some(Value { end, length }) = value::read(body, &opening, &mut bytes.as_mut_vec()[written..]) else { continue };
        from = end;
        let Some(length) = length.filter(|_| end - opening.start >= MIN_LENGTH) else { continue };
        found_images += 1;
        if left.binary_search(&(found_images - 1)).is_ok() {
            continue;
        }
        out.replace(opening.start..end, lifted.len())?;
        lifted.push((opening.depth, written..written + length));
        written += length;
    }
    if lifted.is_empty() {
        return None;
    }
    bytes.as_mut_vec().truncate(written);
    let bytes = Arc::new(bytes);
    let lifted = lifted.into_iter().map(|(depth, range)| Lifted::Image { depth, bytes: Buffer::part(&bytes, range) }).collect();
    let (rest, marker) = out.finish()?;
    Some((rest, Images { marker, lifted }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONCE: Nonce = Nonce([7; 16]);

    fn body(characters: usize) -> String {
        format!(r#"{{"x":"{{\"faceImg\":\"{}\"}}"}}"#, "A".repeat(characters))
    }

    #[test]
    fn what_remains_holds_the_placeholder_instead() {
        let (rest, mut images) = lift(body(MIN_LENGTH).as_bytes(), NONCE, &[]).expect("an image");
        let placeholder = format!("{}0", images.marker);
        assert_eq!(rest, format!(r#"{{"x":"{{\"faceImg\":\"{placeholder}\"}}"}}"#).into_bytes());
        assert!(!images.all_used());
        assert_eq!(images.take(&placeholder, 1).map(|bytes| bytes.len()), Some(MIN_LENGTH / 4 * 3));
        assert!(images.all_used());
    }

    #[test]
    fn rule_6_a_placeholder_counts_once_and_at_its_own_depth() {
        let (_, mut images) = lift(body(MIN_LENGTH).as_bytes(), NONCE, &[]).expect("an image");
        let placeholder = format!("{}0", images.marker);
        for other in ["0", &format!("{placeholder} "), &format!("{}1", images.marker), &"07".repeat(16)] {
            assert_eq!(images.take(other, 1), None, "{other}");
        }
        assert_eq!(images.take(&placeholder, 0), None);
        assert_eq!(images.take(&placeholder, 2), None);
        assert!(images.take(&placeholder, 1).is_some());
        assert_eq!(images.take(&placeholder, 1), None);
    }

    #[test]
    fn rule_7_short_images_are_left() {
        assert!(lift(body(MIN_LENGTH - 4).as_bytes(), NONCE, &[]).is_none());
        assert!(lift(body(MIN_LENGTH).as_bytes(), NONCE, &[]).is_some());
    }
}
