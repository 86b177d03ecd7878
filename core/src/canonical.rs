//! Canonical JSON: one text for one result, in every language. `docs/result.md` defines it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::mem;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::digest;
use crate::error::{Error, Result};
use crate::result::{
    CheckResult, Document, Duplicate, Face, Fields, Identity, Image, Number, Page, Pages, Problem, Spoof, Value, classify_number,
};

/// The result as canonical JSON.
///
/// # Errors
/// Kind `too_large` where there is no memory for the text, here and below.
pub fn canonical_json(result: &CheckResult) -> Result<String> {
    text(result)
}

/// A value of any shape as canonical JSON: keys sorted, no blanks.
pub fn canonical_value(value: &Value) -> Result<String> {
    text(value)
}

/// [`canonical_value`] of an object's fields.
pub fn canonical_fields(fields: &Fields) -> Result<String> {
    text(fields)
}

/// A value of any shape as text: a text as it is, anything else as canonical JSON.
pub fn canonical_text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Number(number) if classify_number(number).is_none() => Cow::Borrowed(number.as_str()),
        other => Cow::Owned(canonical_value(other).unwrap_or_default()),
    }
}

/// [`canonical_json`], but with pictures as base64 in place of their length and hash, and `first` before the first key.
pub(crate) fn with_images(result: &CheckResult, first: &str) -> Result<String> {
    let mut out = Text { has_images: true, ..Text::default() };
    result.write(&mut out);
    let mut text = out.finish()?;
    text.try_reserve(first.len()).map_err(|_| no_memory())?;
    text.insert_str(1, first);
    Ok(text)
}

fn text(of: &impl Canonical) -> Result<String> {
    let mut out = Text::default();
    of.write(&mut out);
    out.finish()
}

fn no_memory() -> Error {
    Error::no_memory("the result as JSON")
}

/// The fields of a page have room in as many bytes.
const ROOM: usize = 256;

/// Text that grows as long as there is memory. What is lost is not the whole text, and nothing comes behind it.
#[derive(Default)]
struct Text {
    written: String,
    has_lost: bool,
    /// Pictures are written whole.
    has_images: bool,
}

impl Text {
    fn finish(self) -> Result<String> {
        if self.has_lost { Err(no_memory()) } else { Ok(self.written) }
    }

    fn push_base64(&mut self, bytes: &[u8]) {
        self.has_lost = self.has_lost || self.written.try_reserve(bytes.len().div_ceil(3).saturating_mul(4)).is_err();
        if !self.has_lost {
            STANDARD.encode_string(bytes, &mut self.written);
        }
    }

    /// Once, and not at each of a thousand places: here and below, size counts for more than time.
    #[inline(never)]
    fn push_str(&mut self, piece: &str) {
        let least = if self.written.capacity() == 0 { ROOM } else { 0 };
        self.has_lost = self.has_lost || self.written.try_reserve(piece.len().max(least)).is_err();
        if !self.has_lost {
            self.written.push_str(piece);
        }
    }

    fn push(&mut self, character: char) {
        self.push_str(character.encode_utf8(&mut [0; 4]));
    }

    /// The next key of an object.
    #[inline(never)]
    fn push_key(&mut self, separator: &mut char, name: &str) {
        self.push(mem::replace(separator, ','));
        self.push('"');
        self.push_str(name);
        self.push_str("\":");
    }
}

impl Write for Text {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.push_str(piece);
        Ok(())
    }
}

trait Canonical {
    fn write(&self, out: &mut Text);
}

/// A tree's object: its named keys, all of them, in the order given.
macro_rules! object {
    ($type:ident { $($field:ident),* $(,)? } $($beside:ident)?) => {
        impl Canonical for $type {
            fn write(&self, out: &mut Text) {
                // Every one of them, or it does not compile.
                let Self { $($field,)* $($beside: _)? } = self;
                let mut separator = '{';
                $(
                    out.push_key(&mut separator, stringify!($field));
                    $field.write(out);
                )*
                out.push('}');
            }
        }
    };
}

crate::result_objects!(object);

impl Canonical for Image {
    fn write(&self, out: &mut Text) {
        if out.has_images {
            out.push_str("{\"base64\":\"");
            out.push_base64(&self.bytes);
        } else {
            // Writing never fails: what is lost is noticed at the end.
            let _ = write!(out, "{{\"length\":{},\"sha256\":\"{}", self.bytes.len(), digest::sha256(&self.bytes));
        }
        let _ = write!(out, "\",\"format\":\"{}\"}}", self.format.name());
    }
}

impl<T: Canonical> Canonical for Option<T> {
    #[inline(never)]
    fn write(&self, out: &mut Text) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: Canonical> Canonical for Vec<T> {
    fn write(&self, out: &mut Text) {
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
    fn write(&self, out: &mut Text) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Canonical for i64 {
    fn write(&self, out: &mut Text) {
        let _ = write!(out, "{self}");
    }
}

impl Canonical for f64 {
    fn write(&self, out: &mut Text) {
        out.push_str(ryu_js::Buffer::new().format(*self));
    }
}

impl Canonical for str {
    fn write(&self, out: &mut Text) {
        out.push('"');
        let mut rest = self;
        while let Some(at) = rest.find(|character: char| character < ' ' || matches!(character, '"' | '\\')) {
            out.push_str(&rest[..at]);
            match rest.as_bytes()[at] {
                b'"' => out.push_str("\\\""),
                b'\\' => out.push_str("\\\\"),
                0x8 => out.push_str("\\b"),
                b'\t' => out.push_str("\\t"),
                b'\n' => out.push_str("\\n"),
                0xC => out.push_str("\\f"),
                b'\r' => out.push_str("\\r"),
                control => {
                    let _ = write!(out, "\\u{control:04x}");
                }
            }
            rest = &rest[at + 1..];
        }
        out.push_str(rest);
        out.push('"');
    }
}

impl Canonical for &str {
    fn write(&self, out: &mut Text) {
        (**self).write(out);
    }
}

impl Canonical for String {
    fn write(&self, out: &mut Text) {
        self.as_str().write(out);
    }
}

impl Canonical for Value {
    fn write(&self, out: &mut Text) {
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
    fn write(&self, out: &mut Text) {
        write_sorted(out, self.iter(), |key| self.get_key_value(key));
    }
}

impl Canonical for Pages {
    fn write(&self, out: &mut Text) {
        write_sorted(out, self.iter(), |key| self.get_key_value(key));
    }
}

/// The entries of a map whose keys are the service's.
fn write_sorted<'a, T: Canonical + 'a>(
    out: &mut Text,
    entries: impl Iterator<Item = Entry<'a, T>> + Clone,
    get: impl Fn(&str) -> Option<Entry<'a, T>>,
) {
    out.push('{');
    for (index, (key, value)) in sorted(entries, get).enumerate() {
        if index > 0 {
            out.push(',');
        }
        key.write(out);
        out.push(':');
        value.write(out);
    }
    out.push('}');
}

type Entry<'a, T> = (&'a String, &'a T);

/// The entries of `map` in the order of canonical JSON.
pub fn in_canonical_order<T>(map: &BTreeMap<String, T>) -> impl Iterator<Item = (&String, &T)> {
    sorted(map.iter(), |key| map.get_key_value(key))
}

/// The `entries` of a map, which are in the order of UTF-8, sorted by UTF-16 code units as RFC 8785 says.
fn sorted<'a, T: 'a>(
    entries: impl Iterator<Item = Entry<'a, T>> + Clone,
    get: impl Fn(&str) -> Option<Entry<'a, T>>,
) -> impl Iterator<Item = Entry<'a, T>> {
    // Below U+E000, whose first byte this is, the two orders are one.
    let are_one = entries.clone().all(|(key, _)| key.bytes().all(|byte| byte < 0xEE));
    let mut keys = Vec::new();
    if !are_one {
        keys.extend(entries.clone().map(|(key, _)| key.as_str()));
        sort(&mut keys);
    }
    entries.take_while(move |_| are_one).chain(keys.into_iter().filter_map(get))
}

/// Apart, since a closure is compiled for each type of the function it stands in.
fn sort(keys: &mut [&str]) {
    keys.sort_unstable_by(|left, right| left.encode_utf16().cmp(right.encode_utf16()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> String {
        canonical_value(&serde_json::from_str(json).expect("test input is JSON")).expect("memory")
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
    fn a_text_stays_as_it_is() {
        let values: Value = serde_json::from_str(r#"["a \"b\"", 1e999, 1.50, null, {"b": [true], "a": ""}]"#).expect("JSON");
        let texts: Vec<_> = values.as_array().into_iter().flatten().map(canonical_text).collect();
        assert_eq!(texts, ["a \"b\"", "1e+999", "1.5", "null", r#"{"a":"","b":[true]}"#]);
    }

    #[test]
    fn keys_sort_by_utf16_code_units() {
        assert_eq!(of("{\"\u{E000}\":1,\"\u{10000}\":2,\"\u{D7FF}\":3}"), "{\"\u{D7FF}\":3,\"\u{10000}\":2,\"\u{E000}\":1}");
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
