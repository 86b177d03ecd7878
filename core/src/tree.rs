//! A reply's values, until it is known what becomes of them.
//!
//! Most names and values are a few letters, and most of them end here: they stand in the tree itself.

use std::mem;

use compact_str::CompactString;

use crate::buffer;
use crate::map;
use crate::result::{Fields, Value};

/// A name, a text or a number, of which up to 24 bytes allocate nothing.
pub(crate) type Text = CompactString;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    /// As `serde_json` writes it.
    Number(Text),
    Text(Text),
    List(Vec<Node>),
    Object(Members),
}

impl Node {
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_object(&self) -> Option<&Members> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    pub(crate) fn into_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(flag) => Value::Bool(flag),
            Self::Number(number) => number.parse().map_or(Value::Null, Value::Number),
            Self::Text(text) => Value::String(text.into_string()),
            Self::List(items) => Value::Array(items.into_iter().map(Self::into_value).collect()),
            Self::Object(members) => Value::Object(members.into_fields()),
        }
    }

    /// Wipes the texts in it, and leaves others in their place.
    pub(crate) fn wipe(&mut self) {
        match self {
            Self::Text(text) if text.is_heap_allocated() => buffer::wipe(&mut mem::take(text).into_string().into_bytes()),
            Self::List(items) => items.iter_mut().for_each(Self::wipe),
            Self::Object(members) => members.wipe(),
            _ => {}
        }
    }
}

/// The members of an object, sorted by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Members(Vec<(Text, Node)>);

impl Members {
    /// Of a name that is there twice, the last counts.
    pub(crate) fn new(mut members: Vec<(Text, Node)>) -> Self {
        if !members.is_sorted_by(|(name, _), (next, _)| name < next) {
            members.sort_by(|(name, _), (other, _)| name.cmp(other));
            members.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    mem::swap(next, kept);
                }
                same
            });
        }
        Self(members)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Node> {
        self.find(name).ok().map(|at| &self.0[at].1)
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Node> {
        self.find(name).ok().map(|at| self.0.remove(at).1)
    }

    pub(crate) fn insert(&mut self, name: &str, node: Node) {
        match self.find(name) {
            Ok(at) => self.0[at].1 = node,
            Err(at) => self.0.insert(at, (name.into(), node)),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.0.iter().map(|(name, node)| (name.as_str(), node))
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Node)> {
        self.0.iter_mut().map(|(name, node)| (name.as_str(), node))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }

    pub(crate) fn into_fields(self) -> Fields {
        map::of(self.into_iter().map(|(name, node)| (name.into_string(), node.into_value())))
    }

    /// See [`Node::wipe`].
    pub(crate) fn wipe(&mut self) {
        self.iter_mut().for_each(|(_, node)| node.wipe());
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.as_str().cmp(name))
    }
}

impl IntoIterator for Members {
    type Item = (Text, Node);
    type IntoIter = std::vec::IntoIter<(Text, Node)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(names: &str) -> Members {
        Members::new(
            names.chars().enumerate().map(|(at, name)| (name.to_string().into(), Node::Number(at.to_string().into()))).collect(),
        )
    }

    #[test]
    fn members_are_sorted_and_of_one_name_the_last_counts() {
        let shown = |members: Members| serde_json::to_string(&members.into_fields()).expect("JSON");
        assert_eq!(shown(members("ab")), r#"{"a":0,"b":1}"#);
        assert_eq!(shown(members("bacbba")), r#"{"a":5,"b":4,"c":2}"#);
        let mut some = members("dcb");
        some.insert("a", Node::Null);
        some.insert("c", Node::Bool(true));
        assert_eq!(some.remove("d"), Some(Node::Number("0".into())));
        assert_eq!((some.remove("d"), some.get("c")), (None, Some(&Node::Bool(true))));
        assert_eq!(shown(some), r#"{"a":null,"b":2,"c":true}"#);
    }

    #[test]
    fn a_node_is_no_larger_than_a_value() {
        assert!(size_of::<Node>() <= size_of::<Value>());
    }
}
