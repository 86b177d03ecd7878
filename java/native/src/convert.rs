//! Results as trees, in the order in which `io.github.libcloudauth.WireReader` reads them.

use std::collections::BTreeMap;

use cloudauth_core::result::{
    CheckResult, Document, Duplicate, Face, Fields, Identity, Image, Number, Page, Pages, Problem, Raw, Spoof, Value,
    classify_number,
};
use cloudauth_core::{Buffer, Decision, Endpoint};

use crate::wire::{Beside, Message, ToWire};

/// An object: what it holds beside the tree, then its fields, all of them, in the order given.
macro_rules! object {
    ($type:ident { $($field:ident),* $(,)? } $($beside:ident)?) => {
        impl ToWire for $type {
            fn write(self, out: &mut Message) {
                $(self.$beside.write(out);)?
                $(self.$field.write(out);)*
            }
        }
    };
}

cloudauth_core::result_objects!(object);

/// The picture itself goes beside the tree.
impl ToWire for Image {
    fn write(self, out: &mut Message) {
        out.text(self.format.name());
        out.text(self.format.extension());
        self.bytes.write(out);
    }
}

impl ToWire for Raw {
    fn write(self, out: &mut Message) {
        self.into_buffer().write(out);
    }
}

impl ToWire for Buffer {
    fn write(self, out: &mut Message) {
        out.beside.push(Beside::Bytes(self));
    }
}

impl ToWire for Decision {
    fn write(self, out: &mut Message) {
        out.text(self.action.name());
        self.reasons.write(out);
    }
}

impl ToWire for &Endpoint {
    fn write(self, out: &mut Message) {
        out.text(&self.to_string());
    }
}

impl<T: ToWire> ToWire for Option<T> {
    fn write(self, out: &mut Message) {
        out.byte(u8::from(self.is_some()));
        if let Some(value) = self {
            value.write(out);
        }
    }
}

impl<T: ToWire> ToWire for Vec<T> {
    fn write(self, out: &mut Message) {
        out.length(self.len());
        for item in self {
            item.write(out);
        }
    }
}

impl ToWire for bool {
    fn write(self, out: &mut Message) {
        out.byte(u8::from(self));
    }
}

impl ToWire for i64 {
    fn write(self, out: &mut Message) {
        out.number(self);
    }
}

impl ToWire for f64 {
    fn write(self, out: &mut Message) {
        out.tree.extend(self.to_be_bytes());
    }
}

impl ToWire for &str {
    fn write(self, out: &mut Message) {
        out.text(self);
    }
}

impl ToWire for String {
    fn write(self, out: &mut Message) {
        out.text(&self);
    }
}

/// A byte says which of Java's types follows.
impl ToWire for Value {
    fn write(self, out: &mut Message) {
        match self {
            Value::Null => out.byte(0),
            Value::Bool(flag) => out.byte(1 + u8::from(flag)),
            Value::Number(number) => of_any_size(&number).write(out),
            Value::String(text) => OfAnySize::Text(&text).write(out),
            Value::Array(items) => {
                out.byte(7);
                items.write(out);
            }
            Value::Object(fields) => {
                out.byte(8);
                fields.write(out);
            }
        }
    }
}

/// A number as a `long`, as digits that fit none, as a `double`, or as the text that no double holds.
enum OfAnySize<'a> {
    Long(i64),
    Digits(&'a str),
    Double(f64),
    Text(&'a str),
}

fn of_any_size(number: &serde_json::Number) -> OfAnySize<'_> {
    match classify_number(number) {
        Some(Number::Integer(digits)) => digits.parse().map_or(OfAnySize::Digits(digits), OfAnySize::Long),
        Some(Number::Double(double)) => OfAnySize::Double(double),
        None => OfAnySize::Text(number.as_str()),
    }
}

impl ToWire for OfAnySize<'_> {
    fn write(self, out: &mut Message) {
        match self {
            Self::Long(long) => {
                out.byte(3);
                out.number(long);
            }
            Self::Digits(digits) => {
                out.byte(4);
                out.text(digits);
            }
            Self::Double(double) => {
                out.byte(5);
                double.write(out);
            }
            Self::Text(text) => {
                out.byte(6);
                out.text(text);
            }
        }
    }
}

impl ToWire for Fields {
    fn write(self, out: &mut Message) {
        entries(self, out);
    }
}

impl ToWire for BTreeMap<String, String> {
    fn write(self, out: &mut Message) {
        entries(self, out);
    }
}

impl ToWire for Pages {
    fn write(self, out: &mut Message) {
        entries(self, out);
    }
}

fn entries<T: ToWire>(map: impl IntoIterator<Item = (String, T), IntoIter: ExactSizeIterator>, out: &mut Message) {
    let entries = map.into_iter();
    out.length(entries.len());
    for (key, value) in entries {
        out.text(&key);
        value.write(out);
    }
}

/// Values one after the other.
macro_rules! tuple {
    ($($name:ident),*) => {
        impl<$($name: ToWire),*> ToWire for ($($name,)*) {
            #[allow(non_snake_case, reason = "the type's name is the value's, too")]
            fn write(self, out: &mut Message) {
                let ($($name,)*) = self;
                $($name.write(out);)*
            }
        }
    };
}

tuple!(A, B);
tuple!(A, B, C, D);
tuple!(A, B, C, D, E, F);

impl ToWire for () {
    fn write(self, _out: &mut Message) {}
}
