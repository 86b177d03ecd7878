//! Values of every sort, for views to point to.

use std::ptr;

use cloudauth_core::result::{Fields, Value};
use cloudauth_core::{canonical_fields, canonical_value};

use super::arena::Arena;
use crate::text::{cloudauth_text, cloudauth_text_list};

pub(super) fn at<T>(value: Option<&T>) -> *const T {
    value.map_or(ptr::null(), ptr::from_ref)
}

/// What a typed operation's reply has for its next field.
pub(super) type Read<'a> = Option<Option<&'a Value>>;

impl Arena {
    pub(super) fn read_text(&mut self, value: Read<'_>) -> *const cloudauth_text {
        self.optional(value.flatten().and_then(Value::as_str))
    }

    /// Whether it says yes, and what it says.
    pub(super) fn read_flag(&mut self, value: Read<'_>) -> (bool, *const bool) {
        let flag = value.flatten().and_then(Value::as_bool);
        (flag == Some(true), flag.map_or(ptr::null(), |flag| self.keep(flag)))
    }

    pub(super) fn read_integer(&mut self, value: Read<'_>) -> *const i64 {
        value.flatten().and_then(Value::as_i64).map_or(ptr::null(), |number| self.keep(number))
    }

    #[allow(dead_code, reason = "as the others, for fields to come")]
    pub(super) fn read_number(&mut self, value: Read<'_>) -> *const f64 {
        value.flatten().and_then(Value::as_f64).map_or(ptr::null(), |number| self.keep(number))
    }

    pub(super) fn read_value(&mut self, value: Read<'_>) -> *const cloudauth_text {
        let text = value.flatten().map(canonical_value).transpose().unwrap_or_else(|_| {
            self.lost();
            None
        });
        self.optional(text.as_deref())
    }

    pub(super) fn read_lines(&mut self, value: Read<'_>) -> *const cloudauth_text_list {
        let lines = value.flatten().and_then(Value::as_array);
        let lines: Option<Vec<String>> = lines.map(|lines| lines.iter().filter_map(Value::as_str).map(str::to_owned).collect());
        self.optional_texts(lines.as_deref())
    }

    pub(super) fn fields(&mut self, fields: &Fields) -> cloudauth_text {
        if fields.is_empty() {
            return cloudauth_text::of(b"{}\0");
        }
        match canonical_fields(fields) {
            Ok(text) => self.text(&text),
            Err(_) => self.lost(),
        }
    }

    pub(super) fn optional_fields(&mut self, fields: Option<&Fields>) -> *const cloudauth_text {
        let text = fields.map(canonical_fields).transpose().unwrap_or_else(|_| {
            self.lost();
            None
        });
        self.optional(text.as_deref())
    }

    pub(super) fn optional_texts(&mut self, texts: Option<&[String]>) -> *const cloudauth_text_list {
        texts.map_or(ptr::null(), |texts| {
            let items = texts.iter().map(|text| self.text(text)).collect::<Vec<_>>();
            let list = cloudauth_text_list { count: items.len(), items: self.list(&items) };
            self.keep(list)
        })
    }
}
