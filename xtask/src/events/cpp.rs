//! Events as C++.

use std::fmt::Write as _;

use super::model::{Field, Sort};

/// `include/cloudauth/event.hpp`.
pub(super) fn event(fields: &[Field]) -> String {
    let mut members =
        "    /* What event_context() of the request or call gave it, else null. */\n    void *context;\n".to_owned();
    let mut filled = vec!["context(from.context)".to_owned()];
    for Field { name, sort, optional, meaning } in fields {
        let (plain, value) = match sort {
            Sort::Text => ("std::string_view", format!("detail::view(from.{name})")),
            Sort::Number => ("std::uint64_t", format!("from.{name}")),
            Sort::Duration => ("std::chrono::milliseconds", format!("static_cast<std::int64_t>(from.{name}_ms)")),
            Sort::Time => {
                let since = format!("std::chrono::milliseconds(static_cast<std::int64_t>(from.{name}_ms))");
                ("std::chrono::system_clock::time_point", since)
            }
            Sort::Kind => ("cloudauth::kind", format!("static_cast<cloudauth::kind>(from.{name})")),
        };
        let present = if *sort == Sort::Text { format!("from.{name}.data") } else { format!("from.{name}") };
        let sort = if *optional { format!("std::optional<{plain}>") } else { plain.to_owned() };
        let value = if *optional { format!("{present} ? {sort}({value}) : std::nullopt") } else { value };
        let _ = write!(members, "    /* {meaning} */\n    {sort} {name};\n");
        filled.push(format!("{name}({value})"));
    }
    format!(
        "/* Generated from core/schema/events.toml by `cargo xtask generate`; do not edit. */\n\
         /* What clients report of calls and attempts. */\n#ifndef CLOUDAUTH_EVENT_HPP\n#define CLOUDAUTH_EVENT_HPP\n\n\
         #include \"codes.hpp\"\n#include \"text.hpp\"\n\nnamespace cloudauth {{\n\n\
         /* What became of a call, or of one of its attempts. It holds no id, no key and nobody's data; its texts end with the\n \
         * function that gets it. */\nstruct event {{\n{members}\n\
         \x20   explicit event(const cloudauth_event &from) noexcept\n        : {}\n    {{\n    }}\n}};\n\n\
         }} // namespace cloudauth\n\n#endif\n",
        filled.join(",\n          ")
    )
}
