use serde_json::Value;

use crate::picture::{Kind, Pictures};
use crate::scenario::{Nesting, Plan, Style};

/// What a body needs beside its plan.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) plan: &'a Plan,
    /// Drawn images, where the request wants them.
    pub(crate) pictures: Option<&'a Pictures>,
    /// Whether everything but pictures is still kept.
    pub(crate) text: bool,
    /// The evidence video's address, while there is one.
    pub(crate) video_url: Option<&'a str>,
}

impl Scene<'_> {
    pub(super) fn image(&self, kind: Kind) -> Option<Value> {
        let picture = self.pictures?.base64(kind, self.plan.format, self.plan.image_length);
        Some(Value::from(if self.plan.style.crlf { folded(&picture) } else { picture.to_string() }))
    }

    pub(super) fn failed(&self, sub_code: &str) -> bool {
        self.plan.sub_code == sub_code
    }
}

impl Style {
    /// Any value as JSON text.
    pub(super) fn text(self, value: &Value) -> String {
        let text = value.to_string();
        // A slash in JSON stands only within texts, and never behind a backslash there.
        if self.escaped { text.replace('/', "\\/") } else { text }
    }

    /// A value that the document has as JSON text.
    pub(super) fn nested_text(self, value: Value) -> Value {
        if self.nesting == Nesting::Objects { value } else { self.text(&value).into() }
    }

    /// A value that the document has as an object or a list.
    pub(super) fn nested_object(self, value: Value) -> Value {
        if self.nesting == Nesting::Text { self.text(&value).into() } else { value }
    }
}

pub(super) fn yes_no(yes: bool) -> Value {
    if yes { "Y" } else { "N" }.into()
}

/// Base64 in lines of 76 characters, each but the last ended by CR LF.
fn folded(base64: &str) -> String {
    let lines: Vec<&str> = (0..base64.len()).step_by(76).map(|from| &base64[from..base64.len().min(from + 76)]).collect();
    lines.join("\r\n")
}
