//! A result's tree, taken apart: each object that is in it, and the values that are set in it.

use serde_json::Value;

use super::lookup::object;
use super::schema::{Field, Sort};

/// An object of the tree.
pub(super) struct Part<'a> {
    pub(super) title: String,
    pub(super) values: Vec<(&'static Field, &'a Value)>,
}

/// Said elsewhere in a report.
const APART: [&str; 4] = ["request_id", "passed", "sub_code", "problems"];
/// Longer names of pages are no numbers of the service's, and may be anything.
const LONGEST_PAGE: usize = 4;

pub(super) fn parts(tree: &Value) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    visit("CheckResult", None, "Beside the steps".to_owned(), tree, &mut parts);
    parts[0].values.retain(|(field, _)| !APART.contains(&field.name));
    // What belongs to no step comes last.
    parts.rotate_left(1);
    parts
}

/// `above` is the title that those of objects in this one begin with.
fn visit<'a>(name: &str, above: Option<&str>, title: String, tree: &'a Value, parts: &mut Vec<Part<'a>>) {
    let at = parts.len();
    parts.push(Part { title, values: Vec::new() });
    for field in object(name).into_iter().flat_map(|object| object.fields) {
        let Some(value) = tree.get(field.name).filter(|value| is_set(value)) else { continue };
        let label = field.label();
        let below = |title: String| above.map_or_else(|| capitalized(&title), |above| format!("{above}, {title}"));
        match (&field.sort, value) {
            (Sort::Object(name), _) => {
                let title = below(label);
                visit(name, Some(&title), title.clone(), value, parts);
            }
            (Sort::List(Sort::Object(name)), Value::Array(items)) if field.name != "problems" => {
                for (index, item) in items.iter().enumerate() {
                    let title = below(format!("{} {}", one(&label), index + 1));
                    visit(name, Some(&title), title.clone(), item, parts);
                }
            }
            (Sort::MapOf(Sort::Object(name)), Value::Object(items)) => {
                for (index, (key, item)) in items.iter().enumerate() {
                    let title = below(format!("{} {}", one(&label), page(key, index)));
                    visit(name, Some(&title), title.clone(), item, parts);
                }
            }
            _ => parts[at].values.push((field, value)),
        }
    }
}

fn is_set(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

/// The service's number of a page; else its place, since any other name may be a person's.
fn page(name: &str, index: usize) -> String {
    if is_page(name) { name.to_owned() } else { format!("at place {}", index + 1) }
}

pub(super) fn is_page(name: &str) -> bool {
    (1..=LONGEST_PAGE).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_digit())
}

fn one(label: &str) -> &str {
    label.strip_suffix('s').unwrap_or(label)
}

pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_object_has_a_title_and_what_is_set_in_it() {
        let tree = json!({
            "request_id": "R-1", "passed": true, "sub_code": "200", "source": {"a": 1}, "extra": {}, "problems": [],
            "face": {"attack": false, "age": null, "duplicates": [{"score": 1}, {"score": 2}]},
            "document": {"pages": {"01": {"identity": {"sex": "M"}}, "Chan": {"passed": true}}, "edited_identity": {"sex": "F"}},
        });
        let shown: Vec<(String, Vec<&str>)> = parts(&tree)
            .into_iter()
            .map(|part| (part.title, part.values.into_iter().map(|(field, _)| field.name).collect()))
            .collect();
        let due: [(&str, &[&str]); 9] = [
            ("Face", &["attack"]),
            ("Face, duplicate 1", &["score"]),
            ("Face, duplicate 2", &["score"]),
            ("Document", &[]),
            ("Document, page 01", &[]),
            ("Document, page 01, identity", &["sex"]),
            ("Document, page at place 2", &["passed"]),
            ("Document, edited identity", &["sex"]),
            ("Beside the steps", &["source"]),
        ];
        assert_eq!(shown, due.map(|(title, names)| (title.to_owned(), names.to_vec())));
    }
}
