//! Values of every sort, for views to point to.

use std::collections::BTreeMap;
use std::ptr;

use cloudauth_core::canonical_fields;
use cloudauth_core::result::Fields;

use super::arena::Arena;
use crate::text::{cloudauth_text, cloudauth_text_list};

pub(super) fn at<T>(value: Option<&T>) -> *const T {
    value.map_or(ptr::null(), ptr::from_ref)
}

/// As canonical JSON sorts them, so that it can be printed from the views.
pub(super) fn in_canonical_order<T>(all: &BTreeMap<String, T>) -> Vec<(&String, &T)> {
    let mut all: Vec<_> = all.iter().collect();
    all.sort_by(|(left, _), (right, _)| left.encode_utf16().cmp(right.encode_utf16()));
    all
}

impl Arena {
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
            let list = cloudauth_text_list { count: items.len(), items: self.list(items) };
            self.keep(list)
        })
    }
}
