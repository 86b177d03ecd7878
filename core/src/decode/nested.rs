//! Objects inside texts inside objects: the readers that every part of the result is decoded with.

use std::fmt::{self, Write};

use super::base64_text;
use super::lift::Images;
use crate::buffer::Buffer;
use crate::canonical::canonical_value;
use crate::result::{Fields, Image, Problem, Value, classify_number};

/// How often a text may hold the text that holds the value.
const MAX_TEXTS: u8 = 4;

/// What the decoding of one reply carries along.
pub(super) struct Decoder {
    pub(super) images: Images,
    problems: Vec<Problem>,
}

impl Decoder {
    pub(super) fn new(images: Images) -> Self {
        Self { images, problems: Vec::new() }
    }

    pub(super) fn problem(&mut self, path: impl Into<String>, reason: &'static str, value: &Value) {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) if classify_number(number).is_none() => number.as_str().to_owned(),
            other => canonical_value(other),
        };
        self.problems.push(Problem { path: path.into(), reason, text });
    }

    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by(|a, b| (&a.path, a.reason).cmp(&(&b.path, b.reason)));
        self.problems
    }

    /// The object that `value` is or holds as text.
    pub(super) fn object(&mut self, value: Value, depth: u8, path: &str) -> Option<Object> {
        match self.unwrap(value, depth, path, Value::is_object, "not an object")? {
            (Value::Object(fields), depth) => Some(Object { fields, path: path.to_owned(), depth }),
            _ => None,
        }
    }

    /// The list that `value` is or holds as text.
    pub(super) fn list(&mut self, value: Value, depth: u8, path: &str) -> Option<(Vec<Value>, u8)> {
        match self.unwrap(value, depth, path, Value::is_array, "not a list")? {
            (Value::Array(items), depth) => Some((items, depth)),
            _ => None,
        }
    }

    fn unwrap(
        &mut self,
        value: Value,
        depth: u8,
        path: &str,
        wanted: fn(&Value) -> bool,
        otherwise: &'static str,
    ) -> Option<(Value, u8)> {
        let mut inner = None;
        for texts in 0..=MAX_TEXTS {
            let current = inner.as_ref().unwrap_or(&value);
            if wanted(current) {
                return Some((inner.unwrap_or(value), depth + texts));
            }
            let Some(text) = current.as_str().filter(|_| texts < MAX_TEXTS) else {
                break;
            };
            let Ok(parsed) = serde_json::from_str(text) else {
                self.problem(path, "not JSON", &value);
                return None;
            };
            inner = Some(parsed);
        }
        self.problem(path, otherwise, &value);
        None
    }

    /// Decodes the JSON texts in `value`, down to `texts` levels of them.
    pub(super) fn expand(&mut self, value: &mut Value, texts: u8, path: &mut String) {
        match value {
            Value::String(text) if texts > 0 && text.trim_ascii_start().starts_with(['{', '[']) => {
                if let Ok(parsed) = serde_json::from_str(text) {
                    *value = parsed;
                    self.expand(value, texts - 1, path);
                }
            }
            Value::Number(number) if classify_number(number).is_none() => {
                *value = Value::String(number.as_str().to_owned());
                self.problem(path.as_str(), "number out of range", value);
            }
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.expand_at(item, texts, path, |path| write!(path, "[{index}]"));
                }
            }
            Value::Object(fields) => self.expand_fields(fields, texts, path),
            _ => {}
        }
    }

    pub(super) fn expand_fields(&mut self, fields: &mut Fields, texts: u8, path: &mut String) {
        for (name, value) in fields.iter_mut() {
            self.expand_at(value, texts, path, |path| {
                let dot = if path.is_empty() { "" } else { "." };
                write!(path, "{dot}{name}")
            });
        }
    }

    fn expand_at(&mut self, value: &mut Value, texts: u8, path: &mut String, step: impl FnOnce(&mut String) -> fmt::Result) {
        let length = path.len();
        step(path).expect("a string takes all that is written to it");
        self.expand(value, texts, path);
        path.truncate(length);
    }
}

/// `value`, unless the service means "nothing" by it.
pub(super) fn present(value: Option<Value>) -> Option<Value> {
    value.filter(is_present)
}

pub(super) fn is_present(value: &Value) -> bool {
    !value.is_null() && value.as_str() != Some("")
}

/// An object of the reply; what is read from it is taken out of it.
pub(super) struct Object {
    fields: Fields,
    path: String,
    depth: u8,
}

impl Object {
    /// The same, as the object that paths begin at.
    pub(super) fn rooted(mut self) -> Self {
        self.path.clear();
        self
    }

    pub(super) fn path(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// How many texts this object was inside.
    pub(super) fn depth(&self) -> u8 {
        self.depth
    }

    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        present(self.fields.remove(name))
    }

    pub(super) fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.fields.get(*name).is_some_and(is_present))
    }

    pub(super) fn clone_fields(&self) -> Fields {
        self.fields.clone()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Takes `name` and reads it; a value that `read` refuses is reported for the reason it gives.
    fn read<T>(&mut self, decoder: &mut Decoder, name: &str, read: impl FnOnce(&Value) -> Result<T, &'static str>) -> Option<T> {
        let value = self.take(name)?;
        read(&value).map_err(|reason| decoder.problem(self.path(name), reason, &value)).ok()
    }

    pub(super) fn flag(&mut self, decoder: &mut Decoder, name: &str) -> Option<bool> {
        self.read(decoder, name, flag)
    }

    pub(super) fn text(&mut self, decoder: &mut Decoder, name: &str) -> Option<String> {
        self.read(decoder, name, text)
    }

    pub(super) fn number(&mut self, decoder: &mut Decoder, name: &str) -> Option<f64> {
        self.read(decoder, name, number)
    }

    pub(super) fn whole(&mut self, decoder: &mut Decoder, name: &str) -> Option<i64> {
        self.read(decoder, name, whole)
    }

    pub(super) fn image(&mut self, decoder: &mut Decoder, name: &str) -> Option<Image> {
        let value = self.take(name)?;
        let Value::String(text) = &value else {
            decoder.problem(self.path(name), "not text", &value);
            return None;
        };
        let bytes = decoder.images.take(text, self.depth).or_else(|| base64_text::decode(text).map(Buffer::from));
        if bytes.is_none() {
            decoder.problem(self.path(name), "not base64", &value);
        }
        bytes.map(Image::new)
    }

    pub(super) fn object(&mut self, decoder: &mut Decoder, name: &str) -> Option<Object> {
        let value = self.take(name)?;
        decoder.object(value, self.depth, &self.path(name))
    }

    /// The value of any shape at `name`, JSON text decoded.
    pub(super) fn value(&mut self, decoder: &mut Decoder, name: &str) -> Option<Value> {
        let mut value = self.take(name)?;
        decoder.expand(&mut value, MAX_TEXTS, &mut self.path(name));
        Some(value)
    }

    /// Everything not yet taken, JSON text decoded.
    pub(super) fn into_extra(mut self, decoder: &mut Decoder) -> Fields {
        decoder.expand_fields(&mut self.fields, MAX_TEXTS, &mut self.path);
        self.fields
    }

    /// Everything, texts left as they are.
    pub(super) fn into_fields(mut self, decoder: &mut Decoder) -> Fields {
        decoder.expand_fields(&mut self.fields, 0, &mut self.path);
        self.fields
    }

    /// The fields as they are, for an object whose keys are names of their own.
    pub(super) fn into_entries(self) -> Fields {
        self.fields
    }
}

pub(super) fn flag(value: &Value) -> Result<bool, &'static str> {
    let text = match value {
        Value::Bool(flag) => return Ok(*flag),
        Value::String(text) => text.as_str(),
        Value::Number(number) => number.as_str(),
        _ => "",
    };
    match text {
        "1" => Ok(true),
        "0" => Ok(false),
        _ if text.eq_ignore_ascii_case("y") || text.eq_ignore_ascii_case("true") => Ok(true),
        _ if text.eq_ignore_ascii_case("n") || text.eq_ignore_ascii_case("false") => Ok(false),
        _ => Err("not Y or N"),
    }
}

pub(super) fn text(value: &Value) -> Result<String, &'static str> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.as_str().to_owned()),
        _ => Err("not text"),
    }
}

fn number_text(value: &Value) -> Option<&str> {
    match value {
        Value::Number(number) => Some(number.as_str()),
        // Rust reads "inf" and "nan" as numbers; the service has none.
        Value::String(text) => Some(text.trim_ascii())
            .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'))),
        _ => None,
    }
}

fn number(value: &Value) -> Result<f64, &'static str> {
    let number: f64 = number_text(value).and_then(|text| text.parse().ok()).ok_or("not a number")?;
    // Adding zero makes 0 of -0.
    if number.is_finite() { Ok(number + 0.0) } else { Err("number out of range") }
}

fn whole(value: &Value) -> Result<i64, &'static str> {
    const TOO_LARGE: f64 = 9_223_372_036_854_775_808.0;
    if let Some(exact) = number_text(value).and_then(|text| text.parse().ok()) {
        return Ok(exact);
    }
    let number = number(value)?;
    if number.fract() != 0.0 {
        return Err("not a whole number");
    }
    if !(-TOO_LARGE..TOO_LARGE).contains(&number) {
        return Err("number out of range");
    }
    #[allow(clippy::cast_possible_truncation, reason = "whole and in range, as just checked")]
    Ok(number as i64)
}
