//! A result as JSON that can be read again: canonical JSON, but for the version in front and the pictures, which are whole.

use memchr::memmem;

use crate::buffer::Buffer;
use crate::canonical;
use crate::catalogue::Kind;
use crate::decode::{self, Budget, Refusal};
use crate::error::{Error, Result};
use crate::map;
use crate::result::{
    CheckResult, Document, Duplicate, Face, Fields, Identity, Image, Page, Pages, Problem, REASONS, Raw, Spoof, Value,
};

/// Of the format. A field that is added to the result does not change it: it may be absent.
const VERSION: u64 = 1;

/// The result as one line of JSON for [`from_json`]. It holds the pictures: protect it as you protect them.
///
/// # Errors
/// Kind `too_large` where there is no memory for the text.
pub fn to_json(result: &CheckResult) -> Result<String> {
    canonical::with_images(result, &format!("\"version\":{VERSION},"))
}

/// The result that [`to_json`] wrote. Numbers of any shape come back as canonical JSON has them: `1.0` as `1`.
///
/// # Errors
/// Kind `invalid_argument` where `json` is something else, `too_large` where it has more values than a result may have.
pub fn from_json(json: &[u8]) -> Result<CheckResult> {
    let refuse = |rule: &str| Error::invalid_argument("json", rule);
    let mut fields = match decode::fields_within(json, Budget::of_a_stored_result()) {
        Ok(Some(fields)) => fields,
        Ok(None) => return Err(refuse("must be an object")),
        Err(Refusal::Large) => return Err(Error::new(Kind::TooLarge, "json: has more values than a result may have")),
        Err(Refusal::Deep) => return Err(refuse("is nested deeper than a result may be")),
        Err(_) => return Err(refuse("is not JSON")),
    };
    match fields.remove("version") {
        Some(version) if version.as_u64() == Some(VERSION) => {}
        Some(_) => return Err(refuse("has a version that is not known here; a newer libcloudauth may read it")),
        None if is_result(&fields) => return Err(refuse("is canonical JSON, which has no images; store what `to_json` gives")),
        None => return Err(refuse("must be what `to_json` gives; it has no version")),
    }
    CheckResult::read(Value::Object(fields)).map_err(|wrong| refuse(&format!("{}{}", wrong.path, wrong.rule)))
}

/// What a body is that was taken for a reply, where it is a result.
pub(crate) fn mistaken(body: &[u8]) -> Option<&'static str> {
    // What cannot be one is not parsed again.
    memmem::find(body, b"\"request_id\"")?;
    let fields = decode::fields(body).ok().flatten().filter(is_result)?;
    Some(if fields.contains_key("version") {
        "a stored result; read it with `from_json`"
    } else {
        "canonical JSON, which has no images; store the reply itself, or what `to_json` gives"
    })
}

fn is_result(fields: &Fields) -> bool {
    ["request_id", "passed", "sub_code", "extra", "problems"].iter().all(|name| fields.contains_key(*name))
}

/// Where something is that does not fit, and what must be there.
struct Wrong {
    path: String,
    rule: &'static str,
}

impl Wrong {
    fn below(mut self, name: &str) -> Self {
        let separator = if self.path.is_empty() { ": " } else { "." };
        self.path = format!("{name}{separator}{}", self.path);
        self
    }
}

fn must<T>(value: Option<T>, rule: &'static str) -> Result<T, Wrong> {
    value.ok_or_else(|| Wrong { path: String::new(), rule })
}

/// A part of a stored result.
trait Stored: Sized {
    fn read(value: Value) -> Result<Self, Wrong>;
}

macro_rules! object {
    ($type:ident { $($field:ident),* $(,)? } $($beside:ident)?) => {
        impl Stored for $type {
            fn read(value: Value) -> Result<Self, Wrong> {
                let mut fields = Fields::read(value)?;
                let object = Self { $($field: field(&mut fields, stringify!($field))?,)* $($beside: Raw::default())? };
                // Left out, it would be lost.
                must(fields.is_empty().then_some(object), "has a field that is not known here; a newer libcloudauth may read it")
            }
        }
    };
}

crate::result_objects!(object);

/// Once a type, and not once a field.
#[inline(never)]
fn field<T: Stored>(fields: &mut Fields, name: &str) -> Result<T, Wrong> {
    T::read(fields.remove(name).unwrap_or_default()).map_err(|wrong| wrong.below(name))
}

impl Stored for Image {
    fn read(value: Value) -> Result<Self, Wrong> {
        let mut fields = Fields::read(value)?;
        // Its bytes say what format it has.
        fields.remove("format");
        // As a buffer, the text is wiped once it is read.
        let text = Buffer::from(field::<String>(&mut fields, "base64")?.into_bytes());
        must(decode::base64::decode(&text), "must hold base64").map(Self::new)
    }
}

impl<T: Stored> Stored for Option<T> {
    fn read(value: Value) -> Result<Self, Wrong> {
        if value.is_null() { Ok(None) } else { T::read(value).map(Some) }
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn read(value: Value) -> Result<Self, Wrong> {
        match value {
            Value::Array(items) => items.into_iter().map(T::read).collect(),
            _ => must(None, "must be a list"),
        }
    }
}

impl Stored for bool {
    fn read(value: Value) -> Result<Self, Wrong> {
        must(value.as_bool(), "must be true or false")
    }
}

impl Stored for i64 {
    fn read(value: Value) -> Result<Self, Wrong> {
        must(value.as_i64(), "must be a whole number")
    }
}

impl Stored for f64 {
    fn read(value: Value) -> Result<Self, Wrong> {
        must(value.as_f64(), "must be a number")
    }
}

impl Stored for String {
    fn read(value: Value) -> Result<Self, Wrong> {
        match value {
            Value::String(text) => Ok(text),
            _ => must(None, "must be text"),
        }
    }
}

/// One of the reasons of problems.
impl Stored for &'static str {
    fn read(value: Value) -> Result<Self, Wrong> {
        must(REASONS.into_iter().find(|reason| value == *reason), "must be one of the reasons that problems have")
    }
}

impl Stored for Value {
    fn read(value: Value) -> Result<Self, Wrong> {
        Ok(value)
    }
}

impl Stored for Fields {
    fn read(value: Value) -> Result<Self, Wrong> {
        match value {
            Value::Object(fields) => Ok(fields),
            _ => must(None, "must be an object"),
        }
    }
}

impl Stored for Pages {
    fn read(value: Value) -> Result<Self, Wrong> {
        let page = |(name, page): (String, Value)| Ok((name, Page::read(page).map_err(|wrong| wrong.below("a page"))?));
        Ok(map::of(Fields::read(value)?.into_iter().map(page).collect::<Result<Vec<_>, _>>()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(from: &str, to: &str) -> String {
        let page = Page { image: Some(Image::new(b"BM".to_vec().into())), ..Page::default() };
        let document = Document { pages: [("01".to_owned(), page)].into(), ..Document::default() };
        let face = Face { age: Some(30), comparison_score: Some(99.5), ..Face::default() };
        let problems = vec![Problem { path: "Passed".to_owned(), reason: "not Y or N", text: "x".to_owned() }];
        let result = CheckResult { face: Some(face), document: Some(document), problems, ..CheckResult::default() };
        let text = to_json(&result).expect("memory");
        assert_eq!(from_json(text.as_bytes()).expect("what was written"), result);
        assert!(text.contains(from), "{from} in {text}");
        text.replace(from, to)
    }

    #[test]
    fn what_is_no_stored_result_is_refused_with_its_place() {
        for (from, to, said) in [
            ("{\"version\":1,", "[", "is not JSON"),
            ("\"version\":1,", "", "is canonical JSON, which has no images"),
            ("\"version\":1,\"request_id\":\"\",", "", "it has no version"),
            ("\"version\":1", "\"version\":2", "a newer libcloudauth may read it"),
            ("\"age\":30", "\"age\":1.5", "json: face.age: must be a whole number"),
            ("99.5", "\"99.5\"", "json: face.comparison_score: must be a number"),
            ("\"request_id\":\"\"", "\"request_id\":null", "json: request_id: must be text"),
            ("\"attack\":null", "\"attack\":\"Y\"", "json: face.attack: must be true or false"),
            ("\"attack\":null", "\"newer\":null", "json: face: has a field that is not known here"),
            ("Qk0=", "Q", "json: document.pages.a page.image: must hold base64"),
            ("not Y or N", "Chan", "json: problems.reason: must be one of the reasons"),
        ] {
            let error = from_json(stored(from, to).as_bytes()).expect_err(to);
            assert_eq!(error.kind(), Kind::InvalidArgument);
            assert!(error.message().contains(said), "{said}: {error}");
        }
        assert!(from_json(b"[]").is_err_and(|error| error.message() == "json: must be an object"));
    }

    // A field that an older libcloudauth did not know.
    #[test]
    fn a_field_may_be_absent() {
        assert!(from_json(stored("\"attack\":null,", "").as_bytes()).is_ok());
    }

    // Finding G8
    #[test]
    fn a_result_that_is_taken_for_a_reply_is_named() {
        for (text, said) in [
            (stored("\"version\":1,", ""), "the body is canonical JSON, which has no images; store the reply itself"),
            (stored("", ""), "the body is a stored result; read it with from_json"),
        ] {
            let error = crate::decode(text.as_bytes()).expect_err("no reply");
            assert_eq!(error.kind(), Kind::Protocol);
            assert!(error.message().starts_with(said), "{error}");
        }
    }
}
