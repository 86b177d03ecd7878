//! A typed operation's reply, by names.

use std::fmt;

use serde_json::json;

use super::spec::{FieldSpec, TypedSpec};
use crate::error::Result;
use crate::map;
use crate::reply::{self, Received};
use crate::result::{Fields, Problem, Value};

/// What a typed operation gave.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct TypedReply {
    spec: &'static TypedSpec,
    /// The service's id of this call; empty where it sent none.
    pub request_id: String,
    /// In the order of the table.
    values: Vec<Option<Value>>,
    /// Every other field of `Result`, JSON text in it decoded.
    pub extra: Fields,
    /// What could not be decoded; the rest of the reply stands.
    pub problems: Vec<Problem>,
}

impl TypedReply {
    /// One in which nothing came.
    pub(super) fn empty(spec: &'static TypedSpec) -> Self {
        let values = vec![None; spec.fields.len()];
        Self { spec, request_id: String::new(), values, extra: Fields::new(), problems: Vec::new() }
    }

    pub(super) fn read(spec: &'static TypedSpec, reply: &Received<'_>) -> Result<Self> {
        let wanted: Vec<_> = spec.fields.iter().filter_map(|field| Some((field.from?, field.kind))).collect();
        let (request_id, listed) = reply::listed(reply, &wanted)?;
        let mut read = listed.values.into_iter();
        let values = spec.fields.iter().map(|field| field.from.and_then(|_| read.next().flatten())).collect();
        Ok(Self { spec, request_id, values, extra: listed.extra, problems: listed.problems })
    }

    /// What the table says of the operation.
    pub fn spec(&self) -> &'static TypedSpec {
        self.spec
    }

    /// The fields in the order of the table, each with what the reply has for it: a text, a boolean, a number, a list of texts, or
    /// for [`FieldKind::Value`](super::FieldKind::Value) anything.
    pub fn fields(&self) -> impl Iterator<Item = (&'static FieldSpec, Option<&Value>)> {
        self.spec.fields.iter().zip(self.values.iter().map(Option::as_ref))
    }

    /// The field of this name, where the service sent it.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.fields().find(|(field, _)| field.name == name)?.1
    }

    /// The field of this name, where it is a text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// All of it as one object: its fields, `null` where the service sent none, `request_id`, `extra` and `problems`.
    pub fn to_object(&self) -> Fields {
        let problem = |one: &Problem| json!({"path": one.path, "reason": one.reason, "text": one.text});
        let own = [
            ("request_id", Value::from(self.request_id.as_str())),
            ("extra", self.extra.clone().into()),
            ("problems", self.problems.iter().map(problem).collect()),
        ];
        let fields = self.fields().map(|(field, value)| (field.name, value.cloned().unwrap_or_default()));
        map::of(fields.chain(own).map(|(name, value)| (name.to_owned(), value)))
    }

    /// Fills in a field of the table.
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        if let Some(at) = self.spec.fields.iter().position(|field| field.name == name) {
            self.values[at] = Some(value);
        }
    }

    /// Takes the values out, in the order of the table.
    pub(super) fn take(&mut self) -> impl Iterator<Item = Option<Value>> + use<> {
        std::mem::take(&mut self.values).into_iter()
    }
}

impl fmt::Debug for TypedReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct(self.spec.reply);
        out.field("request_id", &self.request_id);
        for (field, value) in self.fields() {
            match value {
                Some(value) if field.shown => out.field(field.name, value),
                Some(_) => out.field(field.name, &format_args!("…")),
                None => &mut out,
            };
        }
        out.finish_non_exhaustive()
    }
}
