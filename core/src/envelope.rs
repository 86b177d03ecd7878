//! The outer object of a reply, however its names are written and whatever it is wrapped in.
//!
//! The service writes `Code` and `RequestId`. Gateways before it write `code`, or XML; the official SDKs store `code` and
//! `request_id`, inside `body` where they keep the status as well.

use crate::tree::{Members, Node, Text};

/// What else may be around them.
const WRAPPER: &str = "body";
const STATUS: [&str; 2] = ["statusCode", "status_code"];

/// A wrapper taken off.
pub(crate) struct Unwrapped {
    /// An object, or text that holds one.
    pub(crate) body: Node,
    /// The HTTP status that was stored with it.
    pub(crate) status: Option<u16>,
}

/// The value of that name, which another spelling stands in for.
pub(crate) fn find<'a>(fields: &'a Members, name: &str) -> Option<&'a Node> {
    fields.get(name).or_else(|| fields.iter().find(|(key, _)| is_same(key, name)).map(|(_, value)| value))
}

/// Gives those of `names` that are not there the value of the same name in another spelling, such as `requestId` or
/// `request_id`.
pub(crate) fn rename_to(fields: &mut Members, names: &[&str]) {
    for name in names {
        if fields.get(name).is_some() {
            continue;
        }
        let other = fields.names().find(|key| is_same(key, name)).map(Text::from);
        if let Some(value) = other.and_then(|other| fields.remove(&other)) {
            fields.insert(name, value);
        }
    }
}

/// Whether `key` is `name` but for case and underscores.
pub(crate) fn is_same(key: &str, name: &str) -> bool {
    // Most keys are told apart by their first letter.
    let mut letters = key.bytes().filter(|byte| *byte != b'_');
    name.bytes().all(|byte| letters.next().is_some_and(|letter| letter.eq_ignore_ascii_case(&byte))) && letters.next().is_none()
}

/// The body that `fields` wrap, where they are no reply themselves.
pub(crate) fn unwrap(fields: &mut Members) -> Option<Unwrapped> {
    if find(fields, "Code").is_some() {
        return None;
    }
    let body = fields.remove(WRAPPER).filter(|body| matches!(body, Node::Object(_) | Node::Text(_)))?;
    let status = STATUS.iter().find_map(|name| match fields.get(name)? {
        Node::Number(text) | Node::Text(text) => text.trim().parse().ok(),
        _ => None,
    });
    Some(Unwrapped { body, status })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    fn fields(json: &str) -> Members {
        decode::members(json.as_bytes()).ok().flatten().expect("test input is a JSON object")
    }

    // Finding A10: gateways write these names in lower case; finding L4: the official SDKs store them in two spellings.
    #[test]
    fn every_spelling_of_a_name_is_known_and_the_services_own_wins() {
        for key in ["requestId", "request_id", "requestid", "RequestID", "REQUEST_ID", "RequestId"] {
            let mut fields = fields(&format!(r#"{{"{key}":"a"}}"#));
            assert_eq!(find(&fields, "RequestId"), Some(&Node::Text("a".into())), "{key}");
            rename_to(&mut fields, &["RequestId"]);
            assert_eq!(fields.get("RequestId"), Some(&Node::Text("a".into())), "{key}");
        }
        let mut both = fields(r#"{"Code":"a","code":"b","codes":"c","Cod":"d"}"#);
        let before = both.clone();
        assert_eq!(find(&both, "Code"), Some(&Node::Text("a".into())));
        rename_to(&mut both, &["Code"]);
        assert_eq!(both, before);
        assert_eq!(find(&both, "Co"), None);
    }

    #[test]
    fn a_wrapper_is_taken_off_where_there_is_no_code() {
        for (json, status) in [
            (r#"{"headers":{},"statusCode":200,"body":{"code":"Success"}}"#, Some(200)),
            (r#"{"status_code":"503","body":"{}"}"#, Some(503)),
            (r#"{"body":{}}"#, None),
            (r#"{"statusCode":-1,"body":{}}"#, None),
        ] {
            let unwrapped = unwrap(&mut fields(json)).expect("a wrapper");
            assert_eq!(unwrapped.status, status, "{json}");
        }
        for json in [r#"{"Code":"Success","body":{}}"#, r#"{"body":7}"#, r#"{"Body":{}}"#] {
            assert!(unwrap(&mut fields(json)).is_none(), "{json}");
        }
    }
}
