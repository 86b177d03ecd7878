//! Lifts images out of a raw body, so that the JSON parser never sees them.
//!
//! Images are over 99 % of a body. Each is found by its key in the raw bytes, decoded straight into its final buffer, and
//! replaced by a short placeholder. `serde_json` stays the judge of what is JSON: it reads what remains. An image whose
//! placeholder does not come back exactly once, at its own field and depth, sends the whole body down the plain path, so
//! that lifting can change how fast a body is decoded but never what it says.

mod base64;
mod scan;
mod unescape;

use crate::buffer::Buffer;

/// What a placeholder begins with: random, so that no body can hold one by chance or by design.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nonce(pub(crate) [u8; 16]);

/// Shorter images are left to the plain path, which is faster for them.
pub(crate) const MIN_LENGTH: usize = 4096;

/// The images lifted out of one body.
#[derive(Debug, Default)]
pub(crate) struct Images {
    marker: String,
    lifted: Vec<Lifted>,
}

#[derive(Debug)]
struct Lifted {
    /// How many texts the image's field was inside, by its delimiters.
    depth: u8,
    bytes: Option<Buffer>,
}

impl Images {
    /// For a body that is decoded without lifting.
    pub(crate) fn none() -> Self {
        Self::default()
    }

    /// The image that `text`, read inside `depth` texts, stands for.
    pub(crate) fn take(&mut self, text: &str, depth: u8) -> Option<Buffer> {
        if self.lifted.is_empty() {
            return None;
        }
        let index: usize = text.strip_prefix(&self.marker)?.parse().ok()?;
        let lifted = self.lifted.get_mut(index).filter(|lifted| lifted.depth == depth)?;
        lifted.bytes.take()
    }

    /// Whether every image was taken. One that was not stands in the result as its placeholder, or was overwritten.
    pub(crate) fn all_used(&self) -> bool {
        self.lifted.iter().all(|lifted| lifted.bytes.is_none())
    }
}

/// `body` without its images, and the images. `None` where there is nothing to lift.
pub(crate) fn lift(body: &[u8], nonce: Nonce) -> Option<(Vec<u8>, Images)> {
    let marker = format!("{:032x}", u128::from_be_bytes(nonce.0));
    let mut rest = Vec::new();
    let mut copied = 0;
    let mut lifted = Vec::new();
    let mut from = 0;
    while let Some(found) = scan::next_image(body, from) {
        from = found.value.end;
        let raw = &body[found.value.clone()];
        if raw.len() < MIN_LENGTH {
            continue;
        }
        let Some(bytes) = decode(raw, found.escaped, found.depth) else { continue };
        rest.extend_from_slice(&body[copied..found.value.start]);
        rest.extend_from_slice(marker.as_bytes());
        rest.extend_from_slice(lifted.len().to_string().as_bytes());
        copied = found.value.end;
        lifted.push(Lifted { depth: found.depth, bytes: Some(bytes) });
    }
    if lifted.is_empty() {
        return None;
    }
    rest.extend_from_slice(&body[copied..]);
    Some((rest, Images { marker, lifted }))
}

/// The whole of `raw`, or nothing.
fn decode(raw: &[u8], escaped: bool, depth: u8) -> Option<Buffer> {
    let mut bytes = Buffer::with_capacity(raw.len() / 4 * 3);
    if escaped {
        unescape::append(raw, depth, bytes.as_mut_vec())?;
    } else {
        base64::append_last(raw, bytes.as_mut_vec())?;
    }
    Some(bytes)
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
        let (rest, mut images) = lift(body(MIN_LENGTH).as_bytes(), NONCE).expect("an image");
        let placeholder = format!("{}0", images.marker);
        assert_eq!(rest, format!(r#"{{"x":"{{\"faceImg\":\"{placeholder}\"}}"}}"#).into_bytes());
        assert!(!images.all_used());
        assert_eq!(images.take(&placeholder, 1).map(|bytes| bytes.len()), Some(MIN_LENGTH / 4 * 3));
        assert!(images.all_used());
    }

    #[test]
    fn rule_6_a_placeholder_counts_once_and_at_its_own_depth() {
        let (_, mut images) = lift(body(MIN_LENGTH).as_bytes(), NONCE).expect("an image");
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
        assert!(lift(body(MIN_LENGTH - 4).as_bytes(), NONCE).is_none());
        assert!(lift(body(MIN_LENGTH).as_bytes(), NONCE).is_some());
    }
}
