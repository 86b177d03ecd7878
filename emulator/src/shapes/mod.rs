//! Bodies of `CheckResult`, each in its variant's documented shape.

mod document;
mod face;
mod scene;
mod source;

use serde_json::{Map, Value};

use crate::document::Document;
use crate::scenario::Plan;
use crate::variant::Variant;
pub(crate) use scene::Scene;
use scene::yes_no;

/// The whole body of a finished verification.
pub(crate) fn body(request_id: &str, scene: &Scene<'_>) -> String {
    let plan = scene.plan;
    let mut result = Map::new();
    if plan.pending {
        result.insert("Passed".into(), "P".into());
    } else {
        result.insert("Passed".into(), yes_no(Plan::passed(plan.sub_code)));
        result.insert("SubCode".into(), plan.sub_code.into());
    }
    let mut part = |name: &str, value: Option<Value>| {
        if let Some(value) = value.filter(|_| scene.text || scene.pictures.is_some()) {
            result.insert(name.to_owned(), plan.style.nested_text(value));
        }
    };
    part("ExtFaceInfo", plan.variant.has_face().then(|| face::face(scene)));
    part("ExtIdInfo", plan.document.map(|kind| id_info(scene, kind)));
    part("ExtSourceInfo", source(scene));
    let mut body = Map::new();
    body.insert("RequestId".into(), request_id.into());
    body.insert("Code".into(), "Success".into());
    body.insert("Message".into(), "success".into());
    body.insert("Result".into(), result.into());
    plan.style.text(&body.into())
}

fn source(scene: &Scene<'_>) -> Option<Value> {
    let asked = scene.plan.variant == Variant::EkycPro && scene.text;
    if asked { source::source(scene.plan.sub_code) } else { None }
}

fn id_info(scene: &Scene<'_>, kind: Document) -> Value {
    if scene.plan.variant.by_page() { document::paged(scene, kind) } else { document::flat(scene, kind) }
}
