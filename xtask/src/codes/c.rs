//! Kinds and actions as C and C++ see them.

use std::fmt::Write as _;

use super::model::Catalogue;
use crate::rust::{formatted, pascal};

/// `ffi-c/src/codes.rs`.
pub(super) fn enumerations(catalogue: &Catalogue) -> Result<String, String> {
    let mut text = "// Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.\n\n\
                    //! Kinds and actions, by number.\n\n\
                    use cloudauth_core::Kind;\nuse cloudauth_core::catalogue::Action;\n"
        .to_owned();
    let kinds = catalogue.kinds.iter().map(|kind| (kind.name.as_str(), kind.number, kind.meaning.as_str()));
    enumeration(
        &mut text,
        "kind",
        "What sort of failure an error is: the same in every language. Numbers never change and are never used again; numbers\n\
         /// that are not listed here may come with a later version.",
        "No error.",
        kinds,
        true,
    );
    let actions = catalogue.actions.iter().map(|action| (action.name.as_str(), action.number, action.meaning.as_str()));
    enumeration(
        &mut text,
        "action",
        "What a merchant's program should do first with a finished verification.",
        "No decision.",
        actions,
        false,
    );
    formatted(&text)
}

fn enumeration<'a>(
    text: &mut String,
    name: &str,
    doc: &str,
    none: &str,
    entries: impl Iterator<Item = (&'a str, u32, &'a str)>,
    is_open: bool,
) {
    let (own, core) = (format!("cloudauth_{name}"), pascal(name));
    // Elsewhere than in core, an enumeration that may grow needs an arm for what is not there yet.
    let (allow, rest) = if is_open {
        ("#[allow(clippy::match_same_arms, reason = \"core's kinds are those listed here\")]\n", "_ => Self::Internal,\n")
    } else {
        ("", "")
    };
    let mut variants = String::new();
    let mut arms = String::new();
    for (name, number, meaning) in entries {
        let variant = pascal(name);
        let _ = writeln!(variants, "/// {meaning}\n{variant} = {number},");
        let _ = writeln!(arms, "{core}::{variant} => Self::{variant},");
    }
    let _ = write!(
        text,
        "\n/// {doc}\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\n#[repr(u32)]\npub enum {own} {{\n/// {none}\nNone = 0,\n{variants}}}\n\n\
         impl From<{core}> for {own} {{\n{allow}fn from({name}: {core}) -> Self {{\nmatch {name} {{\n{arms}{rest}}}\n}}\n}}\n"
    );
}

/// `include/cloudauth/codes.hpp`.
pub(super) fn classes(catalogue: &Catalogue) -> String {
    let mut text = "/* Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.\n   \
                    Kinds and actions. */\n\
                    #ifndef CLOUDAUTH_CODES_HPP\n#define CLOUDAUTH_CODES_HPP\n\n#include \"../cloudauth.h\"\n\n#include <cstdint>\n\n\
                    namespace cloudauth {\n"
        .to_owned();
    let kinds = catalogue.kinds.iter().map(|kind| (&kind.name, &kind.meaning));
    class(&mut text, "kind", "What sort of failure it is. Numbers that are not listed may come with a later library.", kinds);
    let actions = catalogue.actions.iter().map(|action| (&action.name, &action.meaning));
    class(&mut text, "action", "What to do first with a finished verification.", actions);
    text.push_str("\n} // namespace cloudauth\n\n#endif\n");
    text
}

fn class<'a>(text: &mut String, name: &str, doc: &str, entries: impl Iterator<Item = (&'a String, &'a String)>) {
    let prefix = format!("CLOUDAUTH_{}_", name.to_uppercase());
    let _ = write!(text, "\n/* {doc} */\nenum class {name} : std::uint32_t {{\n    none = {prefix}NONE,\n");
    for (value, meaning) in entries {
        let _ = write!(text, "    /* {meaning} */\n    {value} = {prefix}{},\n", value.to_uppercase());
    }
    text.push_str("};\n");
}
