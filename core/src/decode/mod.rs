//! From a reply's `Result` to a [`CheckResult`]: pure functions that never fail, and lose nothing.
//!
//! Nested values come as objects or as JSON text, numbers as numbers or as text. What is neither becomes a
//! [`Problem`](crate::result::Problem), and the rest of the result stands.

pub(crate) mod base64;
mod base64_text;
mod budget;
mod document;
mod face;
mod identity;
mod json;
pub(crate) mod lift;
mod listed;
mod nested;
mod path;
mod plain_run;
mod problems;
mod scalar;
mod state;

pub use listed::FieldKind;

pub(crate) use budget::{Budget, Refusal};
pub(crate) use listed::{Listed, listed};

use lift::Images;
use nested::{Decoder, Depth, Object};
use path::Path;
use state::State;

use crate::result::{CheckResult, Fields, Raw, is_pending};
use crate::tree::{Members, Node};

/// A reply's body, read as JSON, and what it takes to decode the rest.
#[derive(Debug)]
pub(crate) struct Body {
    /// `None` where it is JSON, but no object.
    pub(crate) fields: Option<Members>,
    state: State,
    depth: Depth,
}

impl Body {
    /// Reads `body`, from which `images` were lifted.
    pub(crate) fn read(body: &[u8], images: Images, budget: Budget) -> Result<Self, Refusal> {
        let mut state = State::new(budget, images);
        let fields = object(json::parse(text(body)?, &Path::Root, 0, &mut state)?);
        state.budget.inside();
        Ok(Self { fields, state, depth: Depth::REPLY })
    }

    /// Goes on with `inner`, an object or a text that holds one, in place of the body around it.
    pub(crate) fn enter(&mut self, inner: Node) {
        (self.fields, self.depth) = match inner {
            Node::Text(text) => (json::parse(&text, &Path::Root, 1, &mut self.state).ok().and_then(object), Depth::TEXT_IN_REPLY),
            other => (object(other), Depth::OBJECT_IN_REPLY),
        };
    }

    /// Decodes `result`, which was among the fields.
    pub(crate) fn check_result(self, request_id: String, result: Option<Node>) -> Result<Decoded, Refusal> {
        let Self { mut state, depth, .. } = self;
        state.problems.root();
        let mut decoder = Decoder::new(state);
        let object = nested::present(result).and_then(|value| decoder.object(value, depth, Path::of("Result")));
        let mut out = object.map(|object| result_fields(&mut decoder, object.rooted())).unwrap_or_default();
        if !decoder.fits() {
            return Err(Refusal::Large);
        }
        out.request_id = request_id;
        let (complete, unused) = (decoder.images().all_used() && !decoder.leaked(), decoder.images().unused());
        out.problems = decoder.into_problems();
        Ok(Decoded { result: out, complete, unused })
    }
}

/// A result, and what became of what was lifted.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) result: CheckResult,
    /// Every placeholder came back at its own field.
    pub(crate) complete: bool,
    /// The images that did not.
    pub(crate) unused: Vec<usize>,
}

/// The fields of a body of which all is wanted, whatever it says.
pub(crate) fn fields(body: &[u8]) -> Result<Option<Fields>, Refusal> {
    fields_within(body, Budget::of_any_bytes())
}

/// The same under a budget of its own.
pub(crate) fn fields_within(body: &[u8], budget: Budget) -> Result<Option<Fields>, Refusal> {
    members_within(body, budget).map(|members| members.map(Members::into_fields))
}

/// The same as they are while a reply is read.
pub(crate) fn members(body: &[u8]) -> Result<Option<Members>, Refusal> {
    members_within(body, Budget::of_any_bytes())
}

fn members_within(body: &[u8], budget: Budget) -> Result<Option<Members>, Refusal> {
    let mut state = State { max_text: usize::MAX, ..State::new(budget, Images::none()) };
    json::parse(text(body)?, &Path::Root, 0, &mut state).map(object)
}

fn text(body: &[u8]) -> Result<&str, Refusal> {
    str::from_utf8(body).map_err(|error| if error.error_len().is_none() { Refusal::Cut } else { Refusal::Syntax })
}

fn object(node: Node) -> Option<Members> {
    match node {
        Node::Object(members) => Some(members),
        _ => None,
    }
}

const RESULT_NAMES: [&str; 5] = ["Passed", "SubCode", "ExtFaceInfo", "ExtIdInfo", "ExtSourceInfo"];

fn result_fields(decoder: &mut Decoder, mut object: Object<'_>) -> CheckResult {
    object.rename_to(&RESULT_NAMES);
    let [passed, sub_code, face, document, source] = RESULT_NAMES;
    CheckResult {
        request_id: String::new(),
        // Where it is pending it stays among the fields, and so in `extra`.
        passed: if object.get(passed).and_then(Node::as_text).is_some_and(is_pending) {
            None
        } else {
            object.flag(decoder, passed)
        },
        sub_code: object.text(decoder, sub_code),
        face: object.object(decoder, face).map(|object| face::face(decoder, object)),
        document: object.object(decoder, document).map(|object| document::document(decoder, object)),
        source: object.value(decoder, source),
        extra: object.into_extra(decoder),
        problems: Vec::new(),
        raw: Raw::default(),
    }
}

#[cfg(test)]
mod tests;
