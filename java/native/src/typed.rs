//! Replies of typed operations as trees, and the one that is stored as JSON.

use cloudauth_core::result::{Fields, Value};
use cloudauth_core::typed::{self, FieldKind, TypedReply};
use jni::objects::{JByteArray, JClass};
use jni::sys::jobjectArray;
use jni::{EnvUnowned, jni_mangle};

use crate::entry;
use crate::outcome::message;
use crate::wire::{Message, Reader, ToWire};

/// Writes a start as JSON.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn started_to_json<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, started: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| {
        let encoded = entry::bytes(env, &started)?;
        let (mut given, mut fields) = (Reader(&encoded), Fields::new());
        while !given.is_empty() {
            let name = given.text()?;
            let value = given.value(&name)?;
            fields.insert(name, value);
        }
        Ok(message(typed::started_to_json(fields)))
    })
}

/// Reads a start that was written as JSON.
#[jni_mangle("io.github.libcloudauth.Native")]
pub fn started_from_json<'a>(env: EnvUnowned<'a>, _class: JClass<'a>, json: JByteArray<'a>) -> jobjectArray {
    entry::run(env, |env| Ok(message(typed::started_from_json(&entry::bytes(env, &json)?))))
}

/// The fields in the order of the table, as `core/schema/typed` has it.
impl ToWire for TypedReply {
    fn write(self, out: &mut Message) {
        out.text(&self.request_id);
        for (field, value) in self.fields() {
            match field.kind {
                FieldKind::Text => value.and_then(Value::as_str).write(out),
                FieldKind::Flag => value.and_then(Value::as_bool).write(out),
                FieldKind::Integer => value.and_then(Value::as_i64).write(out),
                FieldKind::Number => value.and_then(Value::as_f64).write(out),
                FieldKind::Lines => value.and_then(lines).write(out),
                _ => value.cloned().write(out),
            }
        }
        self.extra.write(out);
        self.problems.write(out);
    }
}

fn lines(value: &Value) -> Option<Vec<&str>> {
    Some(value.as_array()?.iter().filter_map(Value::as_str).collect())
}
