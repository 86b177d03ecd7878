use serde_json::{Map, Value, json};

use super::scene::{Scene, yes_no};
use crate::document::Document;
use crate::people::{Specimen, specimen};
use crate::picture::Kind;

/// `ExtIdInfo` of one page, its parts beside each other as objects.
pub(super) fn flat(scene: &Scene<'_>, document: Document) -> Value {
    let (specimen, style) = (specimen(document), scene.plan.style);
    let mut info = Map::new();
    if let Some(image) = scene.image(Kind::Card(document, 0)) {
        info.insert("idImage".into(), image);
    }
    if !scene.text {
        return info.into();
    }
    info.insert("ocrIdPassed".into(), yes_no(!scene.failed("212")));
    info.insert("ocrIdInfo".into(), style.nested_object(specimen.fields(0).into()));
    info.insert("spoofInfo".into(), style.nested_object(spoof(scene)));
    if scene.plan.edited {
        info.insert("ocrIdEditInfo".into(), style.nested_object(specimen.edited_fields()));
    }
    info.into()
}

/// `ExtIdInfo` of numbered pages, each page's parts as JSON text.
pub(super) fn paged(scene: &Scene<'_>, document: Document) -> Value {
    let (specimen, style) = (specimen(document), scene.plan.style);
    let pages: Map<_, _> = (0..specimen.pages.len())
        .map(|number| (format!("{:02}", number + 1), style.nested_object(page(scene, document, &specimen, number))))
        .collect();
    let mut info = Map::new();
    if scene.text {
        info.insert("ocrIdPassed".into(), yes_no(!scene.failed("212")));
    }
    info.insert("ocrIdInfoData".into(), style.nested_object(pages.into()));
    if scene.plan.edited && scene.text {
        info.insert("ocrIdEditInfo".into(), style.nested_text(specimen.edited_fields()));
    }
    info.into()
}

fn page(scene: &Scene<'_>, document: Document, specimen: &Specimen, number: usize) -> Value {
    let style = scene.plan.style;
    let mut page = Map::new();
    if let Some(image) = scene.image(Kind::Card(document, number)) {
        page.insert("idImage".into(), image);
    }
    if !scene.text {
        return page.into();
    }
    page.insert("ocrIdPassed".into(), yes_no(!scene.failed("212")));
    let mut fields = specimen.fields(number);
    scene.plan.standard.add(&mut fields);
    page.insert("ocrIdInfo".into(), style.nested_text(fields.into()));
    page.insert("spoofInfo".into(), style.nested_text(spoof(scene)));
    page.into()
}

fn spoof(scene: &Scene<'_>) -> Value {
    if scene.failed("212") {
        json!({"spoofResult": "Y", "spoofType": ["SCREEN_REMARK"]})
    } else {
        json!({"spoofResult": "N", "spoofType": []})
    }
}
