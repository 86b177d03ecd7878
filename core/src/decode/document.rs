//! `ExtIdInfo`: flat, as `IdOcr` sends it, or by pages, as `EkycPro` does.

use super::identity::{self, identity};
use super::nested::{Decoder, Object, present};
use super::scalar::text;
use crate::result::{Document, Page, Pages, Spoof, Value};

const FLAT_PAGE: &str = "01";
const PAGE_PARTS: [&str; 3] = ["idImage", "ocrIdInfo", "spoofInfo"];

pub(super) fn document(decoder: &mut Decoder, mut object: Object) -> Document {
    let passed = object.flag(decoder, "ocrIdPassed");
    let mut pages = Pages::new();
    if let Some(value) = object.take("ocrIdInfoData") {
        let data = decoder.object(value, object.depth(), object.path("ocrIdInfoData"));
        pages = data.map(|data| paged(decoder, data)).unwrap_or_default();
    } else {
        let is_there = object.has_any(&PAGE_PARTS) || object.has_any(&identity::NAMES);
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
    let path = data.own_path().clone();
    let mut pages = Pages::new();
    for (name, value) in data.into_entries() {
        let Some(value) = present(Some(value)) else { continue };
        let Some(mut object) = decoder.object(value, depth, path.child(&name)) else { continue };
        let passed = object.flag(decoder, "ocrIdPassed");
        let mut page = page(decoder, &mut object, passed);
        page.extra.append(&mut object.into_extra(decoder));
        pages.insert(name, page);
    }
    pages
}

fn page(decoder: &mut Decoder, object: &mut Object, passed: Option<bool>) -> Page {
    let mut page = Page { passed, image: object.image(decoder, "idImage"), ..Page::default() };
    if object.has_any(&["ocrIdInfo"]) {
        let path = object.path("ocrIdInfo");
        page.fields = object.object(decoder, "ocrIdInfo").map(|info| info.into_fields(decoder));
        page.identity = page.fields.as_ref().and_then(|fields| identity(decoder, fields, &path));
    } else {
        page.fields = object.take_fields(decoder, &identity::NAMES);
        page.identity = page.fields.as_ref().and_then(|fields| identity(decoder, fields, object.own_path()));
        object.take("ocrIdInfo");
    }
    if let Some(info) = object.object(decoder, "spoofInfo") {
        // A map of categories, which a sibling product sends, has no verdict of its own.
        let by_category =
            info.get("spoofResult").is_some_and(|result| decoder.is_object(result, info.depth(), &info.path("spoofResult")));
        page.spoof = Some(Spoof {
            detected: if by_category { None } else { info.reader(decoder).flag(&["spoofResult"]) },
            types: info.get("spoofType").map(|value| spoof_types(decoder, &info, value)),
        });
        if by_category || info.has_others(&["spoofResult", "spoofType"]) {
            let whole = info.into_fields(decoder);
            page.extra.insert("spoofInfo".to_owned(), Value::Object(whole));
        }
    }
    page
}

/// A list, a text that holds one, or one type as plain text.
fn spoof_types(decoder: &mut Decoder, info: &Object, value: &Value) -> Vec<String> {
    let path = info.path("spoofType");
    let inner = value.as_str().and_then(|text| decoder.list_in(text, info.depth(), &path));
    let items = match (&inner, value) {
        (Some(items), _) | (None, Value::Array(items)) => items.as_slice(),
        _ => std::slice::from_ref(value),
    };
    let mut types = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match text(item) {
            Ok(name) => types.push(name),
            Err(reason) => decoder.problem(&path.element(index), reason, item),
        }
    }
    types
}
