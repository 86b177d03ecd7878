//! The catalogue as Rust.

use std::fmt::Write as _;

use super::model::{Catalogue, VARIANTS};
use crate::prose::wrapped;
use crate::rust::{formatted, literal, option, pascal, word_list};

const HEADER: &str = "// Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.\n\n";

/// `core/src/catalogue/table.rs`.
pub(super) fn table(catalogue: &Catalogue) -> Result<String, String> {
    let mut text = HEADER.to_owned();
    let _ = write!(
        text,
        "use super::Variant::{{{}}};\nuse super::entry::KindFacts;\nuse super::{{Action, ClientCode, Kind, ResponseCode, Retry, SubCode}};\n\n",
        VARIANTS.join(", ")
    );
    kind_facts(&mut text, catalogue);
    response_codes(&mut text, catalogue);
    sub_codes(&mut text, catalogue);
    client_codes(&mut text, catalogue);
    formatted(&text)
}

/// `core/src/catalogue/words.rs`.
pub(super) fn words(catalogue: &Catalogue) -> Result<String, String> {
    let mut text = HEADER.to_owned();
    let words = catalogue.message.words();
    let array: Vec<String> = words.iter().map(|word| literal(word)).collect();
    let array = wrapped(&(array.join(", ") + ","), "    ", 126);
    let _ = write!(
        text,
        "/// Words of the service's messages that are shown, sorted.\n#[rustfmt::skip]\n\
         pub(super) static WORDS: [&str; {}] = [\n{array}];\n\n",
        words.len()
    );
    text += &word_list("Names shown exactly as they stand here.", "NAMES", &catalogue.message.names());
    formatted(&text)
}

/// `core/src/catalogue/kinds.rs`, which needs nothing of the table.
pub(super) fn kinds(catalogue: &Catalogue) -> Result<String, String> {
    let mut text = HEADER.to_owned();
    text.push_str(
        "/// What went wrong, in one word. The numbers are stable.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\n\
         #[non_exhaustive]\n\
         #[repr(u32)]\n\
         pub enum Kind {\n",
    );
    for kind in &catalogue.kinds {
        let _ = writeln!(text, "    /// {}", kind.meaning);
        let _ = writeln!(text, "    {} = {},", pascal(&kind.name), kind.number);
    }
    text.push_str("}\n\nimpl Kind {\n    /// Every kind, in the order of the numbers.\n    pub const ALL: &[Kind] = &[\n");
    for kind in &catalogue.kinds {
        let _ = writeln!(text, "        Kind::{},", pascal(&kind.name));
    }
    text.push_str("    ];\n}\n");
    formatted(&text)
}

/// `core/src/catalogue/actions.rs`.
pub(super) fn actions(catalogue: &Catalogue) -> Result<String, String> {
    let doc = "What a merchant's program should do first with a finished verification.";
    formatted(&(HEADER.to_owned() + &catalogue.actions().rust(doc)))
}

/// `core/src/catalogue/retries.rs`.
pub(super) fn retries(catalogue: &Catalogue) -> Result<String, String> {
    let doc = "Whether, and how, a request that met a response code is sent again.";
    formatted(&(HEADER.to_owned() + &catalogue.retries().rust(doc)))
}

/// `core/src/catalogue/subjects.rs`.
pub(super) fn subjects(catalogue: &Catalogue) -> Result<String, String> {
    formatted(&(HEADER.to_owned() + &catalogue.subjects().rust("What an [`Explanation`](super::Explanation) explains.")))
}

fn kind_facts(text: &mut String, catalogue: &Catalogue) {
    text.push_str("pub(super) static KINDS: &[KindFacts] = &[\n");
    for kind in &catalogue.kinds {
        entry(
            text,
            "KindFacts",
            &[
                ("name", literal(&kind.name)),
                ("exit_code", kind.exit.to_string()),
                ("retryable", kind.retryable.to_string()),
                ("meaning", literal(&kind.meaning)),
                ("advice", literal(&kind.advice)),
            ],
        );
    }
    text.push_str("];\n");
}

fn response_codes(text: &mut String, catalogue: &Catalogue) {
    text.push_str("\npub(super) static RESPONSE_CODES: &[ResponseCode] = &[\n");
    for code in &catalogue.codes {
        entry(
            text,
            "ResponseCode",
            &[
                ("code", literal(&code.name)),
                ("http_status", option(code.http.map(|http| http.to_string()))),
                ("kind", format!("Kind::{}", pascal(&code.kind))),
                ("meaning", literal(&code.meaning)),
                ("cause", option(code.cause.as_deref().map(literal))),
                ("advice", literal(&code.advice)),
                ("retry", format!("Retry::{}", pascal(&code.retry))),
                ("variants", format!("&[{}]", code.variants.join(", "))),
            ],
        );
    }
    text.push_str("];\n");
}

fn sub_codes(text: &mut String, catalogue: &Catalogue) {
    text.push_str("\npub(super) static SUB_CODES: &[SubCode] = &[\n");
    for code in &catalogue.sub_codes {
        entry(
            text,
            "SubCode",
            &[
                ("code", literal(&code.name)),
                ("meaning", literal(&code.meaning)),
                ("cause", option(code.cause.as_deref().map(literal))),
                ("advice", literal(&code.advice)),
                ("action", format!("Action::{}", pascal(&code.action))),
                ("billed", code.billed.to_string()),
                ("variants", format!("&[{}]", code.variants.join(", "))),
            ],
        );
    }
    text.push_str("];\n");
}

fn client_codes(text: &mut String, catalogue: &Catalogue) {
    text.push_str("\npub(super) static CLIENT_CODES: &[ClientCode] = &[\n");
    for code in catalogue.client.entries() {
        entry(
            text,
            "ClientCode",
            &[
                ("code", literal(&code.code)),
                ("meaning", literal(&code.meaning)),
                ("cause", option(code.cause.map(literal))),
                ("advice", literal(&format!("{} {}", code.advice, catalogue.client.note))),
                ("billed", code.billed.to_string()),
            ],
        );
    }
    text.push_str("];\n");
}

fn entry(text: &mut String, name: &str, fields: &[(&str, String)]) {
    let _ = writeln!(text, "    {name} {{");
    for (field, value) in fields {
        let _ = writeln!(text, "        {field}: {value},");
    }
    text.push_str("    },\n");
}
