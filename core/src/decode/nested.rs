//! Objects inside texts inside objects: the readers that every part of the result is decoded with.

use super::base64_text;
use super::budget::{Budget, Refusal};
use super::json::{self, Context};
use super::lift::Images;
use super::path::Path;
use super::problems::Problems;
use super::scalar::{flag, number, text, whole};
use crate::buffer::wipe;
use crate::envelope::rename_to;
use crate::map;
use crate::options::MAX_TEXT_BYTES;
use crate::result::{Fields, Image, Problem, Value, classify_number};

/// How often a text may hold the text that holds the value.
const MAX_TEXTS: u8 = 4;

/// What the decoding of one reply carries along.
pub(super) struct Decoder {
    pub(super) images: Images,
    budget: Budget,
    problems: Problems,
    too_large: bool,
}

/// How deep a value stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Depth {
    /// In texts.
    texts: u8,
    /// In lists and objects, over all texts.
    level: usize,
}

impl Depth {
    fn inside(self) -> Self {
        Self { level: self.level + 1, ..self }
    }

    /// Of the reply's own fields.
    pub(super) const REPLY: Self = Self { texts: 0, level: 1 };
    /// Of the fields of an object in the reply.
    pub(super) const OBJECT_IN_REPLY: Self = Self { texts: 0, level: 2 };
    /// Of the fields of an object that is text in the reply.
    pub(super) const TEXT_IN_REPLY: Self = Self { texts: 1, level: 2 };
}

impl Decoder {
    pub(super) fn new(images: Images, mut budget: Budget, problems: Problems) -> Self {
        budget.inside();
        Self { images, budget, problems, too_large: false }
    }

    pub(super) fn problem(&mut self, path: &Path, reason: &'static str, value: &Value) {
        self.problems.add_value(path, reason, value);
    }

    /// Whether all texts were within the budget.
    pub(super) fn fits(&self) -> bool {
        !self.too_large
    }

    /// Whether a placeholder got into a problem's text.
    pub(super) fn leaked(&self) -> bool {
        self.problems.leaked()
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems.finish()
    }

    fn parse(&mut self, text: &str, path: &Path, level: usize) -> Option<Value> {
        let context = Context {
            budget: &mut self.budget,
            problems: &mut self.problems,
            images: &mut self.images,
            max_text: MAX_TEXT_BYTES,
        };
        let outcome = json::parse(text, path, level, context);
        self.too_large |= outcome == Err(Refusal::Large);
        outcome.ok()
    }

    /// The object that `value` is or holds as text.
    pub(super) fn object(&mut self, value: Value, depth: Depth, path: Path) -> Option<Object> {
        match self.unwrap(value, depth, &path, Value::is_object, "not an object")? {
            (Value::Object(fields), depth) => Some(Object { fields, path, depth: depth.inside() }),
            _ => None,
        }
    }

    /// The list that `value` is or holds as text.
    pub(super) fn list(&mut self, value: Value, depth: Depth, path: &Path) -> Option<Vec<Value>> {
        match self.unwrap(value, depth, path, Value::is_array, "not a list")? {
            (Value::Array(items), _) => Some(items),
            _ => None,
        }
    }

    /// The list that `text` is; `None` where it is anything else.
    pub(super) fn list_in(&mut self, text: &str, depth: Depth, path: &Path) -> Option<Vec<Value>> {
        let mark = self.problems.mark();
        if let Some(Value::Array(items)) = self.parse(text, path, depth.level) {
            return Some(items);
        }
        self.problems.rewind(mark);
        None
    }

    /// Whether `value` is an object, or text that is one.
    pub(super) fn is_object(&mut self, value: &Value, depth: Depth, path: &Path) -> bool {
        let Some(text) = value.as_str() else { return value.is_object() };
        let mark = self.problems.mark();
        let is_object = text.trim_ascii_start().starts_with('{') && self.parse(text, path, depth.level).is_some();
        self.problems.rewind(mark);
        is_object
    }

    fn unwrap(
        &mut self,
        value: Value,
        depth: Depth,
        path: &Path,
        wanted: fn(&Value) -> bool,
        otherwise: &'static str,
    ) -> Option<(Value, Depth)> {
        let mut inner = None;
        for texts in 0..=MAX_TEXTS {
            let current = inner.as_ref().unwrap_or(&value);
            if wanted(current) {
                let depth = Depth { texts: depth.texts + texts, ..depth };
                let Some(inner) = inner else { return Some((value, depth)) };
                wipe_text(value);
                return Some((inner, depth));
            }
            let Some(text) = current.as_str().filter(|_| texts < MAX_TEXTS) else {
                break;
            };
            let Some(parsed) = self.parse(text, path, depth.level) else {
                self.problem(path, "not JSON", &value);
                return None;
            };
            inner = Some(parsed);
        }
        self.problem(path, otherwise, &value);
        None
    }

    /// Leaves the texts in `value` as they are.
    pub(super) fn keep(&mut self, value: &mut Value, path: &mut Path) {
        self.expand(value, 0, path, 0);
    }

    /// Decodes the JSON texts in `value`, down to `texts` levels of them.
    pub(super) fn expand(&mut self, value: &mut Value, texts: u8, path: &mut Path, level: usize) {
        match value {
            Value::String(text) if texts > 0 && text.trim_ascii_start().starts_with(['{', '[']) => {
                if let Some(parsed) = self.parse(text, path, level) {
                    *value = parsed;
                    self.expand(value, texts - 1, path, level);
                }
            }
            Value::Number(number) if classify_number(number).is_none() => {
                *value = Value::String(number.as_str().to_owned());
                self.problem(path, "number out of range", value);
            }
            Value::Array(items) => {
                let length = path.len();
                for (index, item) in items.iter_mut().enumerate() {
                    path.push_index(index);
                    self.expand(item, texts, path, level + 1);
                    path.truncate(length);
                }
            }
            Value::Object(fields) => self.expand_fields(fields, texts, path, level + 1),
            _ => {}
        }
    }

    /// The same for the fields of an object; `level` counts that object.
    pub(super) fn expand_fields(&mut self, fields: &mut Fields, texts: u8, path: &mut Path, level: usize) {
        let length = path.len();
        for (name, value) in fields.iter_mut() {
            path.push(name);
            self.expand(value, texts, path, level);
            path.truncate(length);
        }
    }
}

/// Drops a text that may hold an image, wiped.
fn wipe_text(value: Value) {
    if let Value::String(text) = value {
        wipe(&mut text.into_bytes());
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
    path: Path,
    /// Of its fields.
    depth: Depth,
}

impl Object {
    /// The same, as the object that paths begin at.
    pub(super) fn rooted(self) -> Self {
        Self { path: Path::default(), ..self }
    }

    pub(super) fn own_path(&self) -> &Path {
        &self.path
    }

    pub(super) fn path(&self, name: &str) -> Path {
        self.path.child(name)
    }

    pub(super) fn depth(&self) -> Depth {
        self.depth
    }

    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        present(self.fields.remove(name))
    }

    /// Gives fields in other spellings these names.
    pub(super) fn rename_to(&mut self, names: &[&str]) {
        rename_to(&mut self.fields, names);
    }

    pub(super) fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.fields.get(*name).is_some_and(is_present))
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.fields.get(name).filter(|value| is_present(value))
    }

    /// The fields, for readers that leave them there.
    pub(super) fn reader<'a>(&'a self, decoder: &'a mut Decoder) -> Reader<'a> {
        Reader { decoder, fields: &self.fields, path: &self.path }
    }

    /// Whether it has other names than these.
    pub(super) fn has_others(&self, names: &[&str]) -> bool {
        self.fields.keys().any(|name| !names.contains(&name.as_str()))
    }

    /// Takes `name` and reads it; a value that `read` refuses is reported for the reason it gives.
    fn read<T>(&mut self, decoder: &mut Decoder, name: &str, read: impl FnOnce(&Value) -> Result<T, &'static str>) -> Option<T> {
        let value = self.take(name)?;
        read(&value).map_err(|reason| decoder.problem(&self.path(name), reason, &value)).ok()
    }

    pub(super) fn flag(&mut self, decoder: &mut Decoder, name: &str) -> Option<bool> {
        self.read(decoder, name, flag)
    }

    pub(super) fn text(&mut self, decoder: &mut Decoder, name: &str) -> Option<String> {
        match self.take(name)? {
            // Without a copy.
            Value::String(text) => Some(text),
            other => text(&other).map_err(|reason| decoder.problem(&self.path(name), reason, &other)).ok(),
        }
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
            decoder.problem(&self.path(name), "not text", &value);
            return None;
        };
        let bytes = decoder.images.take(text, self.depth.texts).or_else(|| base64_text::decode(text));
        if bytes.is_none() {
            decoder.problem(&self.path(name), "not base64", &value);
        }
        wipe_text(value);
        bytes.map(Image::new)
    }

    pub(super) fn object(&mut self, decoder: &mut Decoder, name: &str) -> Option<Object> {
        let value = self.take(name)?;
        decoder.object(value, self.depth, self.path(name))
    }

    /// The value of any shape at `name`, JSON text decoded.
    pub(super) fn value(&mut self, decoder: &mut Decoder, name: &str) -> Option<Value> {
        let mut value = self.take(name)?;
        decoder.expand(&mut value, MAX_TEXTS, &mut self.path(name), self.depth.level);
        Some(value)
    }

    /// Everything not yet taken, JSON text decoded.
    pub(super) fn into_extra(mut self, decoder: &mut Decoder) -> Fields {
        decoder.expand_fields(&mut self.fields, MAX_TEXTS, &mut self.path, self.depth.level);
        self.fields
    }

    /// Takes those of `names` that are there, texts left as they are; `None` where none says anything.
    pub(super) fn take_fields(&mut self, decoder: &mut Decoder, names: &[&str]) -> Option<Fields> {
        if !self.has_any(names) {
            return None;
        }
        let mut fields = map::of(names.iter().filter_map(|name| self.fields.remove_entry(*name)));
        decoder.expand_fields(&mut fields, 0, &mut self.path, 0);
        Some(fields)
    }

    /// Everything, texts left as they are.
    pub(super) fn into_fields(mut self, decoder: &mut Decoder) -> Fields {
        decoder.expand_fields(&mut self.fields, 0, &mut self.path, 0);
        self.fields
    }

    /// The fields as they are, for an object whose keys are names of their own.
    pub(super) fn into_entries(self) -> Fields {
        self.fields
    }
}

/// Reads fields and leaves them where they are.
pub(super) struct Reader<'a> {
    pub(super) decoder: &'a mut Decoder,
    pub(super) fields: &'a Fields,
    pub(super) path: &'a Path,
}

impl Reader<'_> {
    pub(super) fn flag(&mut self, names: &[&str]) -> Option<bool> {
        self.read(names, flag)
    }

    pub(super) fn text(&mut self, names: &[&str]) -> Option<String> {
        self.read(names, text)
    }

    pub(super) fn number(&mut self, names: &[&str]) -> Option<f64> {
        self.read(names, number)
    }

    /// The first of `names` that is there.
    fn read<T>(&mut self, names: &[&str], read: fn(&Value) -> Result<T, &'static str>) -> Option<T> {
        let (name, value) =
            names.iter().find_map(|name| Some((name, self.fields.get(*name).filter(|value| is_present(value))?)))?;
        read(value).map_err(|reason| self.decoder.problem(&self.path.child(name), reason, value)).ok()
    }
}
