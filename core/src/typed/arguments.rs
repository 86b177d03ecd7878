//! What a request was given, by names.

use std::fmt;

use super::Argument;
use super::spec::{ArgumentKind, ArgumentSpec, TypedSpec};
use crate::receiver::{Progress, Receiver};
use crate::result::Value;

/// The arguments of a request, not yet checked.
#[derive(Clone, PartialEq)]
pub struct Arguments {
    spec: &'static TypedSpec,
    given: Vec<(String, Argument)>,
    pub(super) further: Vec<(String, String)>,
    pub(super) unchecked: bool,
}

impl Arguments {
    pub(super) fn new(spec: &'static TypedSpec) -> Self {
        Self { spec, given: Vec::new(), further: Vec::new(), unchecked: false }
    }

    /// Returns what this replaces.
    pub(super) fn set(&mut self, name: &str, value: Argument) -> Option<Argument> {
        let earlier = self.given.iter().position(|(other, _)| other == name).map(|at| self.given.remove(at).1);
        if value != Argument::Default {
            self.given.push((name.to_owned(), value));
        }
        earlier
    }

    /// What the table says of the operation.
    pub fn spec(&self) -> &'static TypedSpec {
        self.spec
    }

    /// What was given for the argument `name`.
    pub fn get(&self, name: &str) -> Option<&Argument> {
        self.given.iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    /// The text that was given for the argument `name`.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Argument::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            Argument::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    pub(super) fn receiver(&self, name: &str) -> Option<&Receiver> {
        match self.get(name)? {
            Argument::Receiver(receiver) => Some(receiver),
            _ => None,
        }
    }

    pub(super) fn progress(&self, name: &str) -> Option<&Progress> {
        match self.get(name)? {
            Argument::Progress(progress) => Some(progress),
            _ => None,
        }
    }

    pub(super) fn has_functions(&self) -> bool {
        self.given.iter().any(|(_, value)| matches!(value, Argument::Receiver(_) | Argument::Progress(_)))
    }

    /// What was given in the place of the argument `name`.
    pub(super) fn in_place_of(&self, name: &str) -> Option<&'static ArgumentSpec> {
        let mut others = self.spec.arguments.iter().filter(|other| other.in_place_of == Some(name));
        others.find(|other| self.get(other.name).is_some())
    }

    /// The texts of a list; none where it was not given.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        match self.get(name) {
            Some(Argument::List(list)) => list.clone(),
            Some(Argument::Json(Value::Array(items))) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether the rules are off.
    pub fn is_unchecked(&self) -> bool {
        self.unchecked
    }

    /// A name that the operation does not have.
    pub(super) fn unknown(&self) -> Option<&str> {
        self.given.iter().map(|(name, _)| name.as_str()).find(|name| self.spec.argument(name).is_none())
    }
}

/// Shows which arguments are given, and of those the flags and the values of closed lists.
impl fmt::Debug for Arguments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct(self.spec.name);
        for argument in self.spec.arguments {
            match self.get(argument.name) {
                Some(Argument::Flag(flag)) if !argument.sensitive => out.field(argument.name, flag),
                Some(Argument::Text(text)) if is_closed(argument, text) => out.field(argument.name, text),
                Some(_) => out.field(argument.name, &format_args!("…")),
                None => &mut out,
            };
        }
        out.finish_non_exhaustive()
    }
}

fn is_closed(argument: &ArgumentSpec, text: &str) -> bool {
    argument.kind == ArgumentKind::Text && argument.values.contains(&text) && !argument.sensitive
}
