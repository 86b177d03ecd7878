//! The cleaned fields that `OcrValueStandard=1` adds beside those that were read.

use serde_json::{Map, Value};

/// A field that was read, and what is added beside it: that of the person on every document.
type Cleaned = (&'static str, &'static str, &'static str);

const CLEANED: &[Cleaned] = &[
    ("name", "surname_s", "SPECIMEN"),
    ("name", "given_name_s", "ALEX"),
    ("date_of_birth", "date_of_birth_s", "1990-01-01"),
    ("date_of_expiry", "date_of_expiry_s", "2034-12-31"),
    ("sex", "sex_s", "F"),
];

/// Which fields are added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Standard {
    #[default]
    None,
    All,
    /// As in the Philippines.
    WithoutSex,
}

impl Standard {
    /// What a document of that `DocType` gets where it is asked for.
    pub(crate) fn of(doc_type: &str) -> Standard {
        let of_country = |country| doc_type.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(country));
        let is = |code| doc_type.eq_ignore_ascii_case(code);
        if of_country("PHL") {
            Standard::WithoutSex
        } else if of_country("KOR") || is("CHN01001") || is("TWN01001") {
            Standard::All
        } else {
            Standard::None
        }
    }

    /// Adds to a page's fields.
    pub(crate) fn add(self, fields: &mut Map<String, Value>) {
        let cleaned = match self {
            Standard::None => &[],
            Standard::All => CLEANED,
            Standard::WithoutSex => &CLEANED[..CLEANED.len() - 1],
        };
        for (read, name, value) in cleaned {
            if fields.contains_key(*read) {
                fields.insert((*name).to_owned(), (*value).into());
            }
        }
    }
}
