//! `Debug` that says which fields are set and shows only the harmless ones.

use std::collections::BTreeMap;

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
