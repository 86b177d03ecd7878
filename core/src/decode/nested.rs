//! Objects inside texts inside objects: the readers that every part of the result is decoded with.

use std::mem;

use super::base64_text;
use super::budget::Refusal;
use super::json;
use super::lift::Images;
use super::path::Path;
use super::scalar::{flag, number, text, whole};
use super::state::State;
use crate::envelope::rename_to;
use crate::result::{Fields, Image, Problem, Value, classify};
use crate::tree::{Members, Node};

/// How often a text may hold the text that holds the value.
const MAX_TEXTS: u8 = 4;

/// What the decoding of one reply carries along.
pub(super) struct Decoder {
    state: State,
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
    pub(super) fn new(mut state: State) -> Self {
        state.budget.inside();
        Self { state, too_large: false }
    }

    pub(super) fn images(&self) -> &Images {
        &self.state.images
    }

    pub(super) fn problem(&mut self, path: &Path<'_>, reason: &'static str, value: &Node) {
        self.state.problems.add_value(path, reason, value);
    }

    /// Whether all texts were within the budget.
    pub(super) fn fits(&self) -> bool {
        !self.too_large
    }

    /// Whether a placeholder got into a problem's text.
    pub(super) fn leaked(&self) -> bool {
        self.state.problems.leaked()
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.state.problems.finish()
    }

    fn parse(&mut self, text: &str, path: &Path<'_>, level: usize) -> Option<Node> {
        let outcome = json::parse(text, path, level, &mut self.state);
        self.too_large |= outcome == Err(Refusal::Large);
        outcome.ok()
    }

    /// The object that `value` is or holds as text.
    pub(super) fn object<'a>(&mut self, value: Node, depth: Depth, path: Path<'a>) -> Option<Object<'a>> {
        match self.unwrap(value, depth, &path, |node| matches!(node, Node::Object(_)), "not an object")? {
            (Node::Object(fields), depth) => Some(Object { fields, path, depth: depth.inside() }),
            _ => None,
        }
    }

    /// The list that `value` is or holds as text.
    pub(super) fn list(&mut self, value: Node, depth: Depth, path: &Path<'_>) -> Option<Vec<Node>> {
        match self.unwrap(value, depth, path, |node| matches!(node, Node::List(_)), "not a list")? {
            (Node::List(items), _) => Some(items),
            _ => None,
        }
    }

    /// The list that `text` is; `None` where it is anything else.
    pub(super) fn list_in(&mut self, text: &str, depth: Depth, path: &Path<'_>) -> Option<Vec<Node>> {
        let mark = self.state.problems.mark();
        if let Some(Node::List(items)) = self.parse(text, path, depth.level) {
            return Some(items);
        }
        self.state.problems.rewind(mark);
        None
    }

    /// Whether `value` is an object, or text that is one.
    pub(super) fn is_object(&mut self, value: &Node, depth: Depth, path: &Path<'_>) -> bool {
        let Some(text) = value.as_text() else { return value.as_object().is_some() };
        let mark = self.state.problems.mark();
        let is_object = text.trim_ascii_start().starts_with('{') && self.parse(text, path, depth.level).is_some();
        self.state.problems.rewind(mark);
        is_object
    }

    fn unwrap(
        &mut self,
        mut value: Node,
        depth: Depth,
        path: &Path<'_>,
        wanted: fn(&Node) -> bool,
        otherwise: &'static str,
    ) -> Option<(Node, Depth)> {
        let mut inner = None;
        for texts in 0..=MAX_TEXTS {
            let current = inner.as_ref().unwrap_or(&value);
            if wanted(current) {
                let depth = Depth { texts: depth.texts + texts, ..depth };
                let Some(inner) = inner else { return Some((value, depth)) };
                // It may hold an image.
                value.wipe();
                return Some((inner, depth));
            }
            let Some(text) = current.as_text().filter(|_| texts < MAX_TEXTS) else {
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
    pub(super) fn keep(&mut self, value: &mut Node, path: &Path<'_>) {
        self.expand(value, 0, path, 0);
    }

    /// Decodes the JSON texts in `value`, down to `texts` levels of them.
    pub(super) fn expand(&mut self, value: &mut Node, texts: u8, path: &Path<'_>, level: usize) {
        match value {
            Node::Text(text) if texts > 0 && text.trim_ascii_start().starts_with(['{', '[']) => {
                if let Some(parsed) = self.parse(text, path, level) {
                    *value = parsed;
                    self.expand(value, texts - 1, path, level);
                }
            }
            Node::Number(number) if classify(number).is_none() => {
                *value = Node::Text(mem::take(number));
                self.problem(path, "number out of range", value);
            }
            Node::List(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.expand(item, texts, &path.element(index), level + 1);
                }
            }
            Node::Object(fields) => self.expand_fields(fields, texts, path, level + 1),
            _ => {}
        }
    }

    /// The same for the fields of an object; `level` counts that object.
    pub(super) fn expand_fields(&mut self, fields: &mut Members, texts: u8, path: &Path<'_>, level: usize) {
        for (name, value) in fields.iter_mut() {
            self.expand(value, texts, &path.child(name), level);
        }
    }
}

/// `value`, unless the service means "nothing" by it.
pub(super) fn present(value: Option<Node>) -> Option<Node> {
    value.filter(is_present)
}

pub(super) fn is_present(value: &Node) -> bool {
    !matches!(value, Node::Null) && value.as_text() != Some("")
}

/// An object of the reply; what is read from it is taken out of it.
pub(super) struct Object<'a> {
    fields: Members,
    path: Path<'a>,
    /// Of its fields.
    depth: Depth,
}

impl<'a> Object<'a> {
    /// The same, as the object that paths begin at.
    pub(super) fn rooted(self) -> Self {
        Self { path: Path::Root, ..self }
    }

    pub(super) fn own_path(&self) -> Path<'a> {
        self.path
    }

    pub(super) fn path<'b>(&'b self, name: &'b str) -> Path<'b> {
        self.path.child(name)
    }

    pub(super) fn depth(&self) -> Depth {
        self.depth
    }

    pub(super) fn take(&mut self, name: &str) -> Option<Node> {
        present(self.fields.remove(name))
    }

    /// Gives fields in other spellings these names.
    pub(super) fn rename_to(&mut self, names: &[&str]) {
        rename_to(&mut self.fields, names);
    }

    pub(super) fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.fields.get(name).is_some_and(is_present))
    }

    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        self.fields.get(name).filter(|value| is_present(value))
    }

    /// The fields, for readers that leave them there.
    pub(super) fn reader<'b>(&'b self, decoder: &'b mut Decoder) -> Reader<'b> {
        Reader { decoder, fields: &self.fields, path: &self.path }
    }

    /// Whether it has other names than these.
    pub(super) fn has_others(&self, names: &[&str]) -> bool {
        self.fields.names().any(|name| !names.contains(&name))
    }

    /// Takes `name` and reads it; a value that `read` refuses is reported for the reason it gives.
    fn read<T>(&mut self, decoder: &mut Decoder, name: &str, read: impl FnOnce(&Node) -> Result<T, &'static str>) -> Option<T> {
        let value = self.take(name)?;
        read(&value).map_err(|reason| decoder.problem(&self.path(name), reason, &value)).ok()
    }

    pub(super) fn flag(&mut self, decoder: &mut Decoder, name: &str) -> Option<bool> {
        self.read(decoder, name, flag)
    }

    pub(super) fn text(&mut self, decoder: &mut Decoder, name: &str) -> Option<String> {
        match self.take(name)? {
            // Without a copy.
            Node::Text(text) => Some(text.into_string()),
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
        let mut value = self.take(name)?;
        let Node::Text(text) = &value else {
            decoder.problem(&self.path(name), "not text", &value);
            return None;
        };
        let bytes = decoder.state.images.take(text, self.depth.texts).or_else(|| base64_text::decode(text));
        if bytes.is_none() {
            decoder.problem(&self.path(name), "not base64", &value);
        }
        value.wipe();
        bytes.map(Image::new)
    }

    pub(super) fn object<'b>(&'b mut self, decoder: &mut Decoder, name: &'b str) -> Option<Object<'b>> {
        let value = self.take(name)?;
        decoder.object(value, self.depth, self.path(name))
    }

    /// The value of any shape at `name`, JSON text decoded.
    pub(super) fn value(&mut self, decoder: &mut Decoder, name: &str) -> Option<Value> {
        let mut value = self.take(name)?;
        decoder.expand(&mut value, MAX_TEXTS, &self.path(name), self.depth.level);
        Some(value.into_value())
    }

    /// Everything not yet taken, JSON text decoded.
    pub(super) fn into_extra(mut self, decoder: &mut Decoder) -> Fields {
        decoder.expand_fields(&mut self.fields, MAX_TEXTS, &self.path, self.depth.level);
        self.fields.into_fields()
    }

    /// Those of `names` that are there, taken out, as an object at the same path; `None` where none says anything.
    pub(super) fn split_off(&mut self, names: &[&str]) -> Option<Self> {
        if !self.has_any(names) {
            return None;
        }
        let fields = names.iter().filter_map(|name| Some(((*name).into(), self.fields.remove(name)?))).collect();
        Some(Self { fields: Members::new(fields), ..*self })
    }

    /// Leaves texts as they are.
    pub(super) fn keep(&mut self, decoder: &mut Decoder) {
        decoder.expand_fields(&mut self.fields, 0, &self.path, 0);
    }

    /// Everything as it is.
    pub(super) fn into_fields(self) -> Fields {
        self.fields.into_fields()
    }

    /// The same, for an object whose keys are names of their own.
    pub(super) fn into_members(self) -> Members {
        self.fields
    }
}

/// Reads fields and leaves them where they are.
pub(super) struct Reader<'a> {
    pub(super) decoder: &'a mut Decoder,
    pub(super) fields: &'a Members,
    pub(super) path: &'a Path<'a>,
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
    fn read<T>(&mut self, names: &[&str], read: fn(&Node) -> Result<T, &'static str>) -> Option<T> {
        let (name, value) =
            names.iter().find_map(|name| Some((name, self.fields.get(name).filter(|value| is_present(value))?)))?;
        read(value).map_err(|reason| self.decoder.problem(&self.path.child(name), reason, value)).ok()
    }
}
