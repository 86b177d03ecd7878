//! Bodies of `CheckResult`, each in its variant's documented shape.

mod document;
mod face;
mod source;

use serde_json::{Map, Value};

use crate::picture::{Kind, Pictures};
use crate::scenario::{Document, Nesting, Plan, Style, Variant};

/// What a body needs beside its plan.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) plan: &'a Plan,
    /// Drawn images, where the request wants them.
    pub(crate) pictures: Option<&'a Pictures>,
    /// The evidence video's address, while there is one.
    pub(crate) video_url: Option<&'a str>,
}

impl Scene<'_> {
    fn image(&self, kind: Kind) -> Option<Value> {
        let picture = self.pictures?.base64(kind, self.plan.format, self.plan.image_length);
        Some(Value::from(if self.plan.style.crlf { folded(&picture) } else { picture.to_string() }))
    }

    fn failed(&self, sub_code: &str) -> bool {
        self.plan.sub_code == sub_code
    }
}

impl Style {
    /// Any value as JSON text.
    fn text(self, value: &Value) -> String {
        let text = value.to_string();
        // A slash in JSON stands only within texts, and never behind a backslash there.
        if self.escaped { text.replace('/', "\\/") } else { text }
    }

    /// A value that the document has as JSON text.
    fn nested_text(self, value: Value) -> Value {
        if self.nesting == Nesting::Objects { value } else { self.text(&value).into() }
    }

    /// A value that the document has as an object or a list.
    fn nested_object(self, value: Value) -> Value {
        if self.nesting == Nesting::Text { self.text(&value).into() } else { value }
    }
}

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

fn yes_no(yes: bool) -> Value {
    if yes { "Y" } else { "N" }.into()
}

/// Base64 in lines of 76 characters, each but the last ended by CR LF.
fn folded(base64: &str) -> String {
    let lines: Vec<&str> = (0..base64.len()).step_by(76).map(|from| &base64[from..base64.len().min(from + 76)]).collect();
    lines.join("\r\n")
}
