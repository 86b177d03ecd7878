//! `ExtIdInfo`: flat, as `IdOcr` sends it, or by pages, as `EkycPro` does.

use super::identity::identity;
use super::nested::{Decoder, Object, present, text};
use crate::result::{Document, Page, Pages, Spoof, Value};

const FLAT_PAGE: &str = "01";
const PAGE_PARTS: [&str; 3] = ["idImage", "ocrIdInfo", "spoofInfo"];

pub(super) fn document(decoder: &mut Decoder, mut object: Object) -> Document {
    let passed = object.flag(decoder, "ocrIdPassed");
    let mut pages = Pages::new();
    if let Some(value) = object.take("ocrIdInfoData") {
        let data = decoder.object(value, object.depth(), &object.path("ocrIdInfoData"));
        pages = data.map(|data| paged(decoder, data)).unwrap_or_default();
    } else {
        let is_there = object.has_any(&PAGE_PARTS);
        let page = page(decoder, &mut object, passed);
        pages.extend(is_there.then(|| (FLAT_PAGE.to_owned(), page)));
    }
    let edited = object.object(decoder, "ocrIdEditInfo").map(|edited| {
        let path = object.path("ocrIdEditInfo");
        let fields = edited.into_fields(decoder);
        (identity(decoder, &fields, &path), fields)
    });
    let (edited_identity, edited_fields) = edited.unzip();
    Document { passed, pages, edited_fields, edited_identity: edited_identity.flatten(), extra: object.into_extra(decoder) }
}

fn paged(decoder: &mut Decoder, data: Object) -> Pages {
    let depth = data.depth();
    let root = data.path("");
    let mut pages = Pages::new();
    for (name, value) in data.into_entries() {
        let Some(value) = present(Some(value)) else { continue };
        let Some(mut object) = decoder.object(value, depth, &format!("{root}{name}")) else { continue };
        let passed = object.flag(decoder, "ocrIdPassed");
        let mut page = page(decoder, &mut object, passed);
        page.extra.append(&mut object.into_extra(decoder));
        pages.insert(name, page);
    }
    pages
}

fn page(decoder: &mut Decoder, object: &mut Object, passed: Option<bool>) -> Page {
    let mut page = Page { passed, image: object.image(decoder, "idImage"), ..Page::default() };
    if let Some(info) = object.object(decoder, "ocrIdInfo") {
        let fields = info.into_fields(decoder);
        page.identity = identity(decoder, &fields, &object.path("ocrIdInfo"));
        page.fields = Some(fields);
    }
    if let Some(mut info) = object.object(decoder, "spoofInfo") {
        let whole = info.clone_fields();
        page.spoof = Some(spoof(decoder, &mut info));
        if !info.is_empty() {
            let mut whole = Value::Object(whole);
            decoder.expand(&mut whole, 0, &mut object.path("spoofInfo"));
            page.extra.insert("spoofInfo".to_owned(), whole);
        }
    }
    page
}

fn spoof(decoder: &mut Decoder, info: &mut Object) -> Spoof {
    Spoof {
        detected: info.flag(decoder, "spoofResult"),
        types: info.take("spoofType").map(|value| spoof_types(decoder, info, value)),
    }
}

/// A list, a text that holds one, or one type as plain text.
fn spoof_types(decoder: &mut Decoder, info: &Object, value: Value) -> Vec<String> {
    let items = match value {
        Value::Array(items) => items,
        Value::String(text) => serde_json::from_str(&text).unwrap_or_else(|_| vec![Value::String(text)]),
        other => vec![other],
    };
    let mut types = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        match text(item) {
            Ok(name) => types.push(name),
            Err(reason) => decoder.problem(format!("{}[{index}]", info.path("spoofType")), reason, item),
        }
    }
    types
}
