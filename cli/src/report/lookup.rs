//! Finds what is known of a result's fields.

use super::fields::OBJECTS;
use super::schema::{Field, Object};

pub(super) fn object(name: &str) -> Option<&'static Object> {
    OBJECTS.iter().find(|object| object.name == name)
}

pub(super) fn field(of: &str, name: &str) -> Option<&'static Field> {
    object(of)?.fields.iter().find(|field| field.name == name)
}

/// Whether the service has a field of this name.
pub(super) fn is_service_name(name: &str) -> bool {
    let fields = OBJECTS.iter().flat_map(|object| object.fields);
    fields.flat_map(|field| field.from).any(|path| path.split('.').any(|step| step == name))
}

#[cfg(test)]
mod tests {
    use super::super::schema::{Shown, Sort};
    use super::*;

    #[test]
    fn each_object_is_found_and_names_only_others_that_are() {
        fn named(sort: &Sort) -> Option<&'static str> {
            match sort {
                Sort::Object(name) => Some(name),
                Sort::List(item) | Sort::MapOf(item) => named(item),
                _ => None,
            }
        }
        let named: Vec<_> = OBJECTS.iter().flat_map(|of| of.fields).filter_map(|field| named(&field.sort)).collect();
        assert!(named.contains(&"Spoof") && named.iter().all(|name| object(name).is_some()), "{named:?}");
        assert!(is_service_name("faceImg") && is_service_name("Passed") && !is_service_name("Chan"));
    }

    #[test]
    fn no_text_is_shown_of_anybody() {
        for field in OBJECTS.iter().flat_map(|object| object.fields) {
            let always = matches!(field.shown, Shown::Always);
            assert!(!always || matches!(field.sort, Sort::Flag | Sort::Number), "{}", field.name);
        }
    }
}
