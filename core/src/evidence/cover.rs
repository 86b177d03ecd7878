//! Whether one result has all that another one has.

use crate::result::Value;

/// What comes and goes without anything being lost.
const PASSING: [&str; 4] = ["extra", "problems", "request_id", "video_url"];

/// Whether `new` has a value wherever `old` has one. The service may have deleted part of a result since.
pub(super) fn covers(new: &Value, old: &Value) -> bool {
    match (old, new) {
        (Value::Null, _) => true,
        (Value::Object(old), Value::Object(new)) => {
            let kept = old.iter().filter(|(name, _)| !PASSING.contains(&name.as_str()));
            let mut kept = kept.map(|(name, value)| (new.get(name).unwrap_or(&Value::Null), value));
            kept.all(|(new, old)| covers(new, old))
        }
        (Value::Array(old), Value::Array(new)) => new.len() >= old.len(),
        (Value::Object(_) | Value::Array(_), _) => false,
        (Value::String(text), _) if text.is_empty() => true,
        (_, new) => !new.is_null(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::covers;

    #[test]
    fn what_is_missing_is_seen_and_what_is_added_is_not() {
        let old = json!({"passed": null, "face": {"image": {"length": 3}, "video_url": "u"}, "list": [1], "extra": {"Passed": "P"}, "text": ""});
        let without = |name: &str| {
            let mut new = old.clone();
            new[name] = json!(null);
            new
        };
        assert!(covers(&old, &old));
        assert!(covers(&json!({"passed": true, "face": {"image": {"length": 4}}, "list": [1, 2]}), &old));
        for name in ["face", "list"] {
            assert!(!covers(&without(name), &old), "{name}");
        }
        for name in ["passed", "extra", "text"] {
            assert!(covers(&without(name), &old), "{name}");
        }
        let no_image = json!({"face": {"image": null}, "list": [1]});
        assert!(!covers(&no_image, &old) && covers(&old, &no_image));
    }
}
