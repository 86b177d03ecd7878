//! The fields of a `Result` by a list of names and types.

use super::lift::Images;
use super::nested::{Decoder, Depth, Object, present};
use super::path::Path;
use super::scalar::text;
use super::state::State;
use super::{Budget, Refusal};
use crate::result::{Fields, Problem, Value, is_pending};
use crate::tree::Node;

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldKind {
    Text,
    /// `Y`, `N`, `1`, `0` and the like.
    Flag,
    Integer,
    Number,
    /// Any shape, JSON text decoded.
    Value,
    /// A list of texts.
    Lines,
}

/// What a `Result` has for a list.
pub(crate) struct Listed {
    /// In the order of the list.
    pub(crate) values: Vec<Option<Value>>,
    /// Everything else.
    pub(crate) extra: Fields,
    pub(crate) problems: Vec<Problem>,
}

/// Decodes `result`, of which `wanted` lists the fields by the service's names.
pub(crate) fn listed(result: Option<Node>, wanted: &[(&str, FieldKind)]) -> Result<Listed, Refusal> {
    let mut decoder = Decoder::new(State::new(Budget::of_any_bytes(), Images::none()));
    let object = present(result).and_then(|value| decoder.object(value, Depth::REPLY, Path::of("Result")));
    let (values, extra) = match object.map(Object::rooted) {
        Some(mut object) => {
            let names: Vec<_> = wanted.iter().map(|(name, _)| *name).collect();
            object.rename_to(&names);
            let values = wanted.iter().map(|(name, kind)| field(&mut decoder, &mut object, name, *kind)).collect();
            (values, object.into_extra(&mut decoder))
        }
        None => (wanted.iter().map(|_| None).collect(), Fields::new()),
    };
    if !decoder.fits() {
        return Err(Refusal::Large);
    }
    Ok(Listed { values, extra, problems: decoder.into_problems() })
}

fn field(decoder: &mut Decoder, object: &mut Object<'_>, name: &str, kind: FieldKind) -> Option<Value> {
    match kind {
        FieldKind::Text => object.text(decoder, name).map(Value::from),
        // It stays among the others, and so in `extra`.
        FieldKind::Flag if object.get(name).and_then(Node::as_text).is_some_and(is_pending) => None,
        FieldKind::Flag => object.flag(decoder, name).map(Value::from),
        FieldKind::Integer => object.whole(decoder, name).map(Value::from),
        FieldKind::Number => object.number(decoder, name).map(Value::from),
        FieldKind::Value => object.value(decoder, name),
        FieldKind::Lines => lines(decoder, object, name).map(Value::from),
    }
}

/// A list, or text that is one; so may be its elements.
fn lines(decoder: &mut Decoder, object: &mut Object<'_>, name: &str) -> Option<Vec<Value>> {
    let value = object.take(name)?;
    let (path, depth) = (object.path(name), object.depth());
    let mut lines = Vec::new();
    for (index, item) in decoder.list(value, depth, &path)?.into_iter().enumerate() {
        let path = path.element(index);
        let inner = item.as_text().filter(|text| text.starts_with('[')).and_then(|text| decoder.list_in(text, depth, &path));
        for line in inner.unwrap_or_else(|| vec![item]) {
            match text(&line) {
                Ok(line) => lines.push(Value::from(line)),
                Err(reason) => decoder.problem(&path, reason, &line),
            }
        }
    }
    Some(lines)
}
