//! Drawn images as base64 text. Each is drawn once and kept, since a large one takes a while.

mod canvas;
mod card;
mod face;
mod font;
mod size;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::document::Document;
pub(crate) use size::Format;

/// Base64 text kept at most; beyond it the cache starts afresh.
const KEPT: usize = 96 << 20;

/// What is in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// A cartoon face.
    Face,
    /// A page of a document, counted from 0, marked SPECIMEN.
    Card(Document, usize),
}

type Key = (Kind, Format, Option<usize>);

/// The pictures drawn so far.
#[derive(Debug, Default)]
pub(crate) struct Pictures {
    drawn: Mutex<HashMap<Key, Arc<str>>>,
}

impl Pictures {
    /// The picture as base64; about `length` characters of it, or as drawn.
    pub(crate) fn base64(&self, kind: Kind, format: Format, length: Option<usize>) -> Arc<str> {
        let key = (kind, format, length);
        let cache = || self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = cache().get(&key) {
            return Arc::clone(found);
        }
        // Drawn outside the lock: another request may draw the same one, which is only work done twice.
        let drawing = match kind {
            Kind::Face => face::draw(),
            Kind::Card(document, page) => card::draw(document, page),
        };
        let file = size::encode(&drawing, format, length.map(|base64| base64 / 4 * 3));
        let text: Arc<str> = BASE64_STANDARD.encode(file).into();
        let mut drawn = cache();
        if drawn.values().map(|text| text.len()).sum::<usize>() + text.len() > KEPT {
            drawn.clear();
        }
        drawn.insert(key, Arc::clone(&text));
        text
    }
}
