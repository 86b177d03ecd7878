//! What is personal is in no page unless it was asked for, whatever the field.

use std::cell::Cell;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::lookup::object;
use super::schema::Sort;
use super::{Source, result};

/// Never shown whole: what has the form of an id or a code is, and of a problem its reason.
const BY_FORM: [&str; 2] = ["request_id", "sub_code"];
const PICTURE: &[u8] = b"\xFF\xD8\xFF canary of a face";

/// A result that has something in each of its fields.
#[derive(Default)]
struct Canaries {
    count: Cell<u64>,
}

impl Canaries {
    /// Marks a value as one that must not be seen.
    fn next(&self) -> u64 {
        self.count.set(self.count.get() + 1);
        770_000 + self.count.get()
    }

    fn object(&self, name: &str) -> Value {
        let object = object(name).expect("it is in the schema");
        let value = |name: &str, sort: &Sort| match name {
            "reason" => json!("not JSON"),
            name if BY_FORM.contains(&name) => json!("canary by form"),
            _ => self.value(sort),
        };
        object.fields.iter().map(|field| (field.name.to_owned(), value(field.name, &field.sort))).collect()
    }

    fn value(&self, sort: &Sort) -> Value {
        let text = || format!("canary{}", self.next());
        match sort {
            Sort::Flag => json!(true),
            Sort::Number => json!(98.5),
            Sort::Whole => json!(self.next()),
            Sort::Text => json!(text()),
            Sort::Any | Sort::Map => json!({text(): [text(), self.next()]}),
            Sort::Image => json!({"base64": STANDARD.encode(PICTURE), "format": "jpeg"}),
            Sort::Object(name) => self.object(name),
            Sort::List(item) => json!([self.value(item)]),
            Sort::MapOf(item) => json!({text(): self.value(item), "01": self.value(item)}),
        }
    }
}

#[test]
fn nothing_personal_is_shown_unless_asked_for() {
    let canaries = Canaries::default();
    let mut stored = canaries.object("CheckResult");
    stored["version"] = json!(1);
    let html = |show| result(Source::read(stored.to_string().as_bytes()).expect("a stored result"), show);
    let (hidden, shown) = (html(false), html(true));
    let picture = STANDARD.encode(PICTURE);
    assert!(!hidden.contains("canary") && !hidden.contains("7700") && !hidden.contains(&picture), "{hidden}");
    // Each one is there to be found.
    assert!(canaries.count.get() > 80, "{}", canaries.count.get());
    for number in 1..=canaries.count.get() {
        assert_eq!(shown.contains(&(770_000 + number).to_string()), !is_page_name(&stored, 770_000 + number), "{number}");
    }
    assert_eq!(shown.matches(&picture).count(), 3);
    // What says nothing of whom is in both.
    for html in [hidden, shown] {
        assert!(html.contains("98.50 of 100") && html.contains("not JSON") && html.contains("page 01, spoof"), "{html}");
    }
}

/// A page is called by its place where its name is no number.
fn is_page_name(stored: &Value, number: u64) -> bool {
    let pages = stored.pointer("/document/pages").and_then(Value::as_object).expect("pages");
    pages.keys().any(|name| name.contains(&number.to_string()))
}
