//! The catalogue: every error kind, response code, `SubCode` and code of the client, with its meaning and what to do.
//!
//! The facts stand in `core/schema/codes.toml` and are generated into `kinds.rs`, `actions.rs`, `retries.rs`,
//! `subjects.rs`, `table.rs` and `words.rs`; here are their types and the look-ups. Nothing here fails: what is unknown is `None`, or kind `service`.

mod actions;
mod entry;
mod kind;
mod kinds;
mod retries;
mod subjects;
mod table;
#[cfg(test)]
mod tests;
mod words;

pub use actions::Action;
pub use entry::{ClientCode, ResponseCode, SubCode, Variant};
pub use kinds::Kind;
pub use retries::Retry;
pub use subjects::Subject;

use crate::operations;
use crate::word_list;

/// What [`explain`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explanation {
    /// The outcome of a verification.
    SubCode(&'static SubCode),
    /// A code of the reply.
    Response(&'static ResponseCode),
    /// A kind of error.
    Kind(Kind),
    /// A code of the person's app or page.
    Client(&'static ClientCode),
}

impl Explanation {
    pub fn subject(self) -> Subject {
        match self {
            Explanation::SubCode(_) => Subject::SubCode,
            Explanation::Response(_) => Subject::ResponseCode,
            Explanation::Kind(_) => Subject::Kind,
            Explanation::Client(_) => Subject::ClientCode,
        }
    }
}

/// Every response code, families included, in the order of the documentation.
pub fn response_codes() -> &'static [ResponseCode] {
    table::RESPONSE_CODES
}

/// Every `SubCode`, in ascending order.
pub fn sub_codes() -> &'static [SubCode] {
    table::SUB_CODES
}

/// The entry of a response code: the exact one, else the longest family that it belongs to.
pub fn response_code(code: &str) -> Option<&'static ResponseCode> {
    find_response(code, str::eq)
}

/// The entry of a `SubCode`, exactly as the service writes it.
pub fn sub_code(code: &str) -> Option<&'static SubCode> {
    table::SUB_CODES.iter().find(|entry| entry.code == code)
}

/// Every code of the client, its sub-codes behind it, in ascending order.
pub fn client_codes() -> &'static [ClientCode] {
    table::CLIENT_CODES
}

/// The entry of a code of the client: `1006`, or a sub-code such as `A1006_2`, in letters of either case. A sub-code that is not
/// listed is its code.
pub fn client_code(code: &str) -> Option<&'static ClientCode> {
    let find = |code: &str| table::CLIENT_CODES.iter().find(|entry| entry.code.eq_ignore_ascii_case(code));
    find(code).or_else(|| {
        let (code, number) = code.strip_prefix(['A', 'a'])?.split_once('_')?;
        let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        find(code).filter(|entry| is_number && entry.code.len() == 4)
    })
}

/// The kind of an error with this response code; [`Kind::Service`] if the code is unknown.
pub fn kind_of(code: &str) -> Kind {
    response_code(code).map_or(Kind::Service, |entry| entry.kind)
}

/// What a `SubCode`, a response code, a code of the client or a kind's name means. Blanks around it do not matter, and
/// upper and lower case only where both spellings exist.
pub fn explain(text: &str) -> Option<Explanation> {
    let text = text.trim();
    let exact = sub_code(text)
        .map(Explanation::SubCode)
        .or_else(|| response_code(text).map(Explanation::Response))
        .or_else(|| Kind::from_name(text).map(Explanation::Kind))
        .or_else(|| client_code(text).map(Explanation::Client));
    exact.or_else(|| {
        find_response(text, str::eq_ignore_ascii_case)
            .map(Explanation::Response)
            .or_else(|| Kind::from_name(&text.to_ascii_lowercase()).map(Explanation::Kind))
    })
}

fn find_response(code: &str, same: fn(&str, &str) -> bool) -> Option<&'static ResponseCode> {
    let exact = table::RESPONSE_CODES.iter().find(|entry| same(entry.code, code));
    exact.or_else(|| {
        table::RESPONSE_CODES
            .iter()
            .filter(|entry| {
                // "Throttling.*" takes in "Throttling.Api", not "Throttling." nor "ThrottlingApi".
                entry
                    .code
                    .strip_suffix('*')
                    .is_some_and(|stem| code.len() > stem.len() && code.get(..stem.len()).is_some_and(|start| same(start, stem)))
            })
            .max_by_key(|entry| entry.code.len())
    })
}

/// Whether a text is a whole code that is documented, in letters of either case.
pub(crate) fn is_documented_code(text: &str) -> bool {
    table::RESPONSE_CODES.iter().any(|entry| entry.code.eq_ignore_ascii_case(text))
}

/// Whether a lower-case word stands in one of the service's own sentences.
pub(crate) fn is_message_word(word: &str) -> bool {
    words::WORDS.binary_search(&word).is_ok()
}

/// Whether a name in a service message may be shown: one of an operation, a parameter, a field or a response code.
pub(crate) fn is_message_name(name: &str) -> bool {
    word_list::holds(words::NAMES, name)
        || operations::is_name(name)
        || table::RESPONSE_CODES.iter().any(|entry| entry.code == name)
}
