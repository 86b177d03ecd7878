//! `ExtIdInfo`: flat, as `IdOcr` sends it, or by pages, as `EkycPro` does.

use super::identity::{self, identity};
use super::nested::{Decoder, Object, is_present};
use super::scalar::text;
use crate::result::{Document, Fields, Identity, Page, Pages, Spoof, Value};
use crate::tree::Node;

const FLAT_PAGE: &str = "01";
const PAGE_PARTS: [&str; 3] = ["idImage", "ocrIdInfo", "spoofInfo"];

pub(super) fn document(decoder: &mut Decoder, mut object: Object<'_>) -> Document {
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
    let edited = object.object(decoder, "ocrIdEditInfo").map(|edited| person(decoder, edited));
    let (edited_fields, edited_identity) = edited.unzip();
    Document { passed, pages, edited_fields, edited_identity: edited_identity.flatten(), extra: object.into_extra(decoder) }
}

/// All that was read of a person, as it is and in one vocabulary.
fn person(decoder: &mut Decoder, mut object: Object<'_>) -> (Fields, Option<Identity>) {
    object.keep(decoder);
    let identity = identity(object.reader(decoder));
    (object.into_fields(), identity)
}

fn paged(decoder: &mut Decoder, data: Object<'_>) -> Pages {
    let (path, depth) = (data.own_path(), data.depth());
    let mut pages = Pages::new();
    for (name, value) in data.into_members() {
        if !is_present(&value) {
            continue;
        }
        let Some(mut object) = decoder.object(value, depth, path.child(&name)) else { continue };
        let passed = object.flag(decoder, "ocrIdPassed");
        let mut page = page(decoder, &mut object, passed);
        page.extra.append(&mut object.into_extra(decoder));
        pages.insert(name.into_string(), page);
    }
    pages
}

fn page(decoder: &mut Decoder, object: &mut Object<'_>, passed: Option<bool>) -> Page {
    let mut page = Page { passed, image: object.image(decoder, "idImage"), ..Page::default() };
    let read = if object.has_any(&["ocrIdInfo"]) {
        object.object(decoder, "ocrIdInfo")
    } else {
        object.take("ocrIdInfo");
        object.split_off(&identity::NAMES)
    };
    let (fields, identity) = read.map(|read| person(decoder, read)).unzip();
    (page.fields, page.identity) = (fields, identity.flatten());
    if let Some(mut info) = object.object(decoder, "spoofInfo") {
        // A map of categories, which a sibling product sends, has no verdict of its own.
        let by_category =
            info.get("spoofResult").is_some_and(|result| decoder.is_object(result, info.depth(), &info.path("spoofResult")));
        page.spoof = Some(Spoof {
            detected: if by_category { None } else { info.reader(decoder).flag(&["spoofResult"]) },
            types: info.get("spoofType").map(|value| spoof_types(decoder, &info, value)),
        });
        if by_category || info.has_others(&["spoofResult", "spoofType"]) {
            info.keep(decoder);
            page.extra.insert("spoofInfo".to_owned(), Value::Object(info.into_fields()));
        }
    }
    page
}

/// A list, a text that holds one, or one type as plain text.
fn spoof_types(decoder: &mut Decoder, info: &Object<'_>, value: &Node) -> Vec<String> {
    let path = info.path("spoofType");
    let inner = value.as_text().and_then(|text| decoder.list_in(text, info.depth(), &path));
    let items = match (&inner, value) {
        (Some(items), _) | (None, Node::List(items)) => items.as_slice(),
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
