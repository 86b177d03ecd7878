//! A result as a report reads it: canonical JSON, a stored result, or a reply of the service.

use cloudauth_core::result::ImageFormat;
use cloudauth_core::{CheckResult, canonical_json, decode, from_json};
use serde_json::Value;

use super::section::Picture;
use crate::exit::Failure;

/// A result, and its pictures where they are known.
pub(crate) struct Source {
    pub(super) result: CheckResult,
    /// The same as canonical JSON.
    pub(super) tree: Value,
    pub(super) pictures: Vec<Picture>,
}

impl Source {
    /// # Errors
    /// Where the text is none of the three, or a reply without a result.
    pub(crate) fn read(text: &[u8]) -> Result<Self, Failure> {
        let tree = match serde_json::from_slice::<Value>(text) {
            Ok(tree) => tree,
            // A result has the library's own spelling, and no fault of JSON.
            Err(error) if String::from_utf8_lossy(text).contains("\"request_id\"") => {
                return Err(Failure::usage("PATH", format!("must hold a result as JSON: {error}")));
            }
            // The service's replies have such faults.
            Err(_) => Value::Null,
        };
        let has = |name| tree.get(name).is_some();
        match (has("request_id"), has("version")) {
            (true, false) => Self::of_canonical(tree),
            (true, true) => Self::of(from_json(text)?),
            (false, _) => Self::of(decode(text)?),
        }
    }

    /// With these pictures, by name, in place of its own.
    pub(crate) fn with_pictures(self, pictures: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Self { pictures: pictures.into_iter().map(picture).collect(), ..self }
    }

    fn of(result: CheckResult) -> Result<Self, Failure> {
        let tree = serde_json::from_str(&canonical_json(&result)?).map_err(|error| not_canonical(&error))?;
        let named = result.named_images().into_iter().map(|(name, image)| (name, image.bytes.to_vec()));
        let pictures = named.map(picture).collect();
        Ok(Self { result, tree, pictures })
    }

    /// Canonical JSON has no pictures, only what they were like: but for that, a stored result is the same.
    fn of_canonical(tree: Value) -> Result<Self, Failure> {
        let mut stored = tree.clone();
        let pages = stored.pointer_mut("/document/pages").and_then(Value::as_object_mut);
        pages.into_iter().flat_map(|pages| pages.values_mut()).for_each(take_image);
        stored.get_mut("face").into_iter().for_each(take_image);
        stored["version"] = 1.into();
        let result = from_json(stored.to_string().as_bytes())?;
        Ok(Self { result, tree, pictures: Vec::new() })
    }
}

fn take_image(of: &mut Value) {
    if let Some(image) = of.get_mut("image") {
        image.take();
    }
}

fn picture((name, bytes): (String, Vec<u8>)) -> Picture {
    let media_type = match ImageFormat::of(&bytes) {
        ImageFormat::Jpeg => Some("image/jpeg"),
        ImageFormat::Png => Some("image/png"),
        ImageFormat::Webp => Some("image/webp"),
        ImageFormat::Gif => Some("image/gif"),
        ImageFormat::Bmp => Some("image/bmp"),
        ImageFormat::Unknown => None,
    };
    Picture { name, media_type, bytes }
}

fn not_canonical(error: &serde_json::Error) -> Failure {
    Failure::new(cloudauth_core::Kind::Internal, format!("report: canonical JSON is no JSON: {error}"))
}
