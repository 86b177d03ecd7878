//! `Debug` that says which fields are set and shows only the harmless ones.

use std::collections::BTreeMap;

use crate::identifier;

/// `redacted_debug!(Type: shown, …; hidden, …)`. `field = value` shows another value in a field's place.
macro_rules! redacted_debug {
    ($type:ident: $($shown:ident $(= $value:expr)?),*; $($hidden:ident),* $(,)?) => {
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                use $crate::result::redacted::Presence;
                let mut out = f.debug_struct(stringify!($type));
                $(redacted_debug!(@field out, self.$shown, stringify!($shown) $(, $value)?);)*
                $(if self.$hidden.is_set() { out.field(stringify!($hidden), &format_args!("…")); })*
                out.finish_non_exhaustive()
            }
        }
    };
    (@field $out:ident, $field:expr, $name:expr) => { $out.field($name, &$field) };
    (@field $out:ident, $field:expr, $name:expr, $value:expr) => { $out.field($name, &$value(&$field)) };
}

pub(crate) use redacted_debug;

/// The service's text, where it can be a `SubCode`.
#[allow(clippy::ref_option, reason = "called with a reference to a field")]
pub(super) fn code(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(identifier::sub_code)
}

/// What a map holds, in order, without the names that the reply has for it.
pub(super) fn values<T>(map: &BTreeMap<String, T>) -> Vec<&T> {
    map.values().collect()
}

/// Whether there is something in a field.
pub(crate) trait Presence {
    fn is_set(&self) -> bool;
}

impl<T> Presence for Option<T> {
    fn is_set(&self) -> bool {
        self.is_some()
    }
}

impl<T> Presence for Vec<T> {
    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}

impl Presence for String {
    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}

impl Presence for super::Fields {
    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}

impl<K, V> Presence for BTreeMap<K, V> {
    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use crate::result::{CheckResult, Document, Page, Spoof};

    // Finding D1, its twin: texts of a result that are no names of the service's.
    #[test]
    fn debug_shows_no_text_that_may_be_a_persons() {
        let canary = "Chan Tai Man A1234567".to_owned();
        let page = Page { spoof: Some(Spoof { types: Some(vec![canary.clone()]), detected: Some(true) }), ..Page::default() };
        let document = Document { pages: [(canary.clone(), page)].into(), ..Document::default() };
        let result = CheckResult { sub_code: Some(canary), document: Some(document.clone()), ..CheckResult::default() };
        let shown = format!("{result:?} {document:?}");
        assert!(!shown.contains("Chan") && shown.contains("sub_code: Some(\"…\")"), "{shown}");
        let known = CheckResult { sub_code: Some("205".to_owned()), ..CheckResult::default() };
        assert!(format!("{known:?}").contains("sub_code: Some(\"205\")"));
    }
}
