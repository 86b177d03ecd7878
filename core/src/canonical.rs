//! Canonical JSON: one text for one result, in every language. `docs/result.md` defines it.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::result::{
    CheckResult, Document, Duplicate, Face, Fields, Identity, Image, Number, Page, Pages, Problem, Spoof, Value, classify_number,
};

/// The result as canonical JSON.
pub fn canonical_json(result: &CheckResult) -> String {
    let mut out = String::new();
    result.write(&mut out);
    out
}

/// A value of any shape as canonical JSON: keys sorted, no blanks.
pub fn canonical_value(value: &Value) -> String {
    let mut out = String::new();
    value.write(&mut out);
    out
}

/// [`canonical_value`] of an object's fields.
pub fn canonical_fields(fields: &Fields) -> String {
    let mut out = String::new();
    fields.write(&mut out);
    out
}

trait Canonical {
    fn write(&self, out: &mut String);
}

/// A tree's object: its named keys, all of them, in the order given.
macro_rules! object {
    ($type:ident { $($field:ident),* $(,)? }) => {
        impl Canonical for $type {
            fn write(&self, out: &mut String) {
                // Every one of them, or it does not compile.
                let Self { $($field),* } = self;
                let mut separator = '{';
                $(
                    out.push(std::mem::replace(&mut separator, ','));
                    out.push_str(concat!("\"", stringify!($field), "\":"));
                    $field.write(out);
                )*
                out.push('}');
            }
        }
    };
}

crate::result_objects!(object);

impl Canonical for Image {
    fn write(&self, out: &mut String) {
        // Writing to a String cannot fail, here and below.
        let _ = write!(out, "{{\"length\":{},\"sha256\":\"", self.bytes.len());
        for byte in Sha256::digest(&self.bytes) {
            let _ = write!(out, "{byte:02x}");
        }
        let _ = write!(out, "\",\"format\":\"{}\"}}", self.format.name());
    }
}

impl<T: Canonical> Canonical for Option<T> {
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: Canonical> Canonical for Vec<T> {
    fn write(&self, out: &mut String) {
        out.push('[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            item.write(out);
        }
        out.push(']');
    }
}

impl Canonical for bool {
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Canonical for i64 {
    fn write(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }
}

impl Canonical for f64 {
    fn write(&self, out: &mut String) {
        out.push_str(ryu_js::Buffer::new().format(*self));
    }
}

impl Canonical for str {
    fn write(&self, out: &mut String) {
        out.push('"');
        for character in self.chars() {
            match character {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\u{8}' => out.push_str("\\b"),
                '\t' => out.push_str("\\t"),
                '\n' => out.push_str("\\n"),
                '\u{C}' => out.push_str("\\f"),
                '\r' => out.push_str("\\r"),
                control if control < ' ' => {
                    let _ = write!(out, "\\u{:04x}", u32::from(control));
                }
                other => out.push(other),
            }
        }
        out.push('"');
    }
}

impl Canonical for &str {
    fn write(&self, out: &mut String) {
        (**self).write(out);
    }
}

impl Canonical for String {
    fn write(&self, out: &mut String) {
        self.as_str().write(out);
    }
}

impl Canonical for Value {
    fn write(&self, out: &mut String) {
        match self {
            Value::Null => out.push_str("null"),
            Value::Bool(flag) => flag.write(out),
            Value::Number(number) => match classify_number(number) {
                Some(Number::Integer(digits)) => out.push_str(digits),
                Some(Number::Double(double)) => double.write(out),
                None => number.as_str().write(out),
            },
            Value::String(text) => text.write(out),
            Value::Array(items) => items.write(out),
            Value::Object(fields) => fields.write(out),
        }
    }
}

impl Canonical for Fields {
    fn write(&self, out: &mut String) {
        write_sorted(out, self.iter());
    }
}

impl Canonical for Pages {
    fn write(&self, out: &mut String) {
        write_sorted(out, self.iter());
    }
}

/// Keys of a map whose names are the service's, sorted by UTF-16 code units as RFC 8785 says.
fn write_sorted<'a, T: Canonical + 'a>(out: &mut String, entries: impl Iterator<Item = (&'a String, &'a T)>) {
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by(|(left, _), (right, _)| left.encode_utf16().cmp(right.encode_utf16()));
    out.push('{');
    for (index, (key, value)) in entries.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        key.write(out);
        out.push(':');
        value.write(out);
    }
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> String {
        canonical_value(&serde_json::from_str(json).expect("test input is JSON"))
    }

    #[test]
    fn numbers_print_as_in_ecmascript_and_integers_as_written() {
        assert_eq!(of("[1.0, 1e21, 1E-7, 5e-324, 0.1, -0.0, -0, 100e0]"), "[1,1e+21,1e-7,5e-324,0.1,0,0,100]");
        assert_eq!(
            of("[9007199254740993, -123456789012345678901234567890]"),
            "[9007199254740993,-123456789012345678901234567890]"
        );
    }

    #[test]
    fn keys_sort_by_utf16_code_units() {
        assert_eq!(of("{\"\u{FB33}\":1,\"\u{1F600}\":2,\"b\":3,\"B\":4}"), "{\"B\":4,\"b\":3,\"\u{1F600}\":2,\"\u{FB33}\":1}");
    }

    #[test]
    fn only_what_must_be_is_escaped() {
        assert_eq!(
            of(r#""\u0000\u001f\b\t\n\f\r\"\\\/\u007f\u2028é""#),
            "\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\/\u{7f}\u{2028}é\""
        );
    }
}
