//! Bodies of `CheckResult`, each in its variant's documented shape.

mod document;
mod face;
mod scene;
mod source;

use serde_json::{Map, Value};

use crate::document::Document;
use crate::scenario::{Plan, Variant};
pub(crate) use scene::Scene;
use scene::yes_no;

/// The whole body of a finished verification.
pub(crate) fn body(request_id: &str, scene: &Scene<'_>) -> String {
    let plan = scene.plan;
    let mut result = Map::new();
    result.insert("Passed".into(), yes_no(Plan::passed(plan.sub_code)));
    result.insert("SubCode".into(), plan.sub_code.into());
    let mut part = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            result.insert(name.to_owned(), plan.style.nested_text(value));
        }
    };
    part("ExtFaceInfo", plan.variant.has_face().then(|| face::face(scene)));
    part("ExtIdInfo", plan.document.map(|kind| id_info(scene, kind)));
    part("ExtSourceInfo", if plan.variant == Variant::EkycPro { source::source(plan.sub_code) } else { None });
    let mut body = Map::new();
    body.insert("RequestId".into(), request_id.into());
    body.insert("Code".into(), "Success".into());
    body.insert("Message".into(), "success".into());
    body.insert("Result".into(), result.into());
    plan.style.text(&body.into())
}

fn id_info(scene: &Scene<'_>, kind: Document) -> Value {
    if scene.plan.variant == Variant::EkycPro { document::paged(scene, kind) } else { document::flat(scene, kind) }
}
