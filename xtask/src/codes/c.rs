//! Kinds, actions and subjects as C and C++ see them.

use super::model::Catalogue;
use crate::rust::formatted;

/// `ffi-c/src/codes.rs`.
pub(super) fn enumerations(catalogue: &Catalogue) -> Result<String, String> {
    let (kinds, actions, subjects) = (catalogue.kinds(), catalogue.actions(), catalogue.subjects());
    let parts = [
        "// Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.\n\n\
         //! Kinds, actions and subjects, by number.\n\n\
         use cloudauth_core::Kind;\nuse cloudauth_core::catalogue::{Action, Subject};\n"
            .to_owned(),
        kinds.c(
            "What sort of failure an error is: the same in every language. Numbers never change and are never used again; numbers\n\
             /// that are not listed here may come with a later version.",
            Some("No error."),
        ),
        kinds.c_from_core(true),
        actions.c("What a merchant's program should do first with a finished verification.", Some("No decision.")),
        actions.c_from_core(false),
        subjects.c("What a cloudauth_explanation explains.", None),
        subjects.c_from_core(false),
    ];
    formatted(&parts.concat())
}

/// `include/cloudauth/codes.hpp`.
pub(super) fn classes(catalogue: &Catalogue) -> String {
    let parts = [
        "/* Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.\n   \
         Kinds, actions and subjects. */\n\
         #ifndef CLOUDAUTH_CODES_HPP\n#define CLOUDAUTH_CODES_HPP\n\n#include \"../cloudauth.h\"\n\n#include <cstdint>\n\n\
         namespace cloudauth {\n"
            .to_owned(),
        catalogue.kinds().cpp("What sort of failure it is. Numbers that are not listed may come with a later library.", true),
        catalogue.actions().cpp("What to do first with a finished verification.", true),
        catalogue.subjects().cpp("What an explanation explains.", false),
        "\n} // namespace cloudauth\n\n#endif\n".to_owned(),
    ];
    parts.concat()
}
