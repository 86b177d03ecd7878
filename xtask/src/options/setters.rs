//! The setters of options, in each language.

use std::fmt::Write as _;

use super::doc::{Style, doc, doc_after_colon, short_duration};
use super::model::{Entry, Kind, Zero};
use crate::names::{camel, go as go_name};
use crate::prose::{FIXED_BLANK, wrapped};
use crate::rust::formatted;

const GENERATED: &str = "Generated from core/schema/options.toml by `cargo xtask generate`; do not edit.";

/// Options whose setters in Rust are written by hand: they take several at once, or a type of their own.
const BY_HAND_IN_RUST: [&str; 6] = ["access_key_id", "access_key_secret", "security_token", "proxy", "quota", "signature"];

/// `core/src/client/setters.rs`.
pub(super) fn rust(options: &[Entry]) -> Result<String, String> {
    let style =
        Style { link: |name| format!("[`{name}`](Self::{name})"), code: |text| format!("`{text}`"), duration: short_duration };
    let mut setters = String::new();
    for entry in options.iter().filter(|entry| !BY_HAND_IN_RUST.contains(&entry.name.as_str())) {
        let name = entry.plain();
        let (kind, value) = match entry.kind {
            Kind::Text | Kind::Choice => ("impl Into<String>", format!("Zeroizing::new({name}.into())")),
            Kind::Path => ("impl Into<PathBuf>", format!("{name}.into()")),
            Kind::Flag => ("bool", name.to_owned()),
            Kind::DurationMs => ("Duration", name.to_owned()),
            Kind::Bytes | Kind::Count => ("usize", name.to_owned()),
        };
        let doc = wrapped(&doc(entry, &style), "/// ", 126);
        let _ = write!(
            setters,
            "{doc}#[must_use]\npub fn {name}(mut self, {name}: {kind}) -> Self {{\nself.given.{name} = Some({value});\nself\n}}\n\n"
        );
    }
    formatted(&format!(
        "// {GENERATED}\n\nuse std::path::PathBuf;\nuse std::time::Duration;\n\nuse zeroize::Zeroizing;\n\n\
         use super::ClientBuilder;\n\n/// Setters, each for one option.\nimpl ClientBuilder {{\n{setters}}}\n"
    ))
}

/// `ffi-c/src/config/options.rs`.
pub(super) fn c(options: &[Entry]) -> Result<String, String> {
    let style = Style { link: str::to_owned, code: str::to_owned, duration: |milliseconds| format!("{milliseconds} ms") };
    let mut setters = String::new();
    for entry in options {
        let name = &entry.name;
        let doc = wrapped(&doc(entry, &style), "/// ", 126);
        let (kind, body) = match entry.kind {
            Kind::Text | Kind::Path | Kind::Choice => (
                "*const c_char",
                format!(
                    "// SAFETY: the caller's promise, as the header has it.\nunsafe {{ set_text(config, {name:?}, {name}) }}"
                ),
            ),
            Kind::Flag => ("bool", format!("set(config, {name:?}, Ok({name}));")),
            Kind::DurationMs | Kind::Bytes | Kind::Count => ("u64", format!("set(config, {name:?}, Ok({name}));")),
        };
        let _ = write!(
            setters,
            "{doc}#[unsafe(no_mangle)]\npub unsafe extern \"C\" fn cloudauth_config_set_{name}(config: *mut cloudauth_config, \
             {name}: {kind}) {{\n{body}\n}}\n\n"
        );
    }
    formatted(&format!(
        "// {GENERATED}\n\n//! A setter for each option. A text that is NULL and a number that is 0 leave the choice to the library.\n\n\
         use std::ffi::c_char;\n\nuse super::{{cloudauth_config, set, set_text}};\n\n{setters}"
    ))
}

/// `include/cloudauth/options.hpp`.
pub(super) fn cpp(options: &[Entry]) -> String {
    let mut setters = String::new();
    for entry in options {
        let (c, name) = (&entry.name, entry.plain());
        let (kind, value) = match entry.kind {
            Kind::Text | Kind::Path | Kind::Choice => ("zstring", format!("{name}.c_str()")),
            Kind::Flag => ("bool", name.to_owned()),
            Kind::DurationMs => ("std::chrono::milliseconds", format!("detail::milliseconds({name})")),
            Kind::Bytes | Kind::Count => ("std::uint64_t", name.to_owned()),
        };
        let (head, body) = (
            format!("    Self &{name}({kind} {name}) noexcept"),
            format!("return cloudauth_config_set_{c}(handle(), {value}), self();"),
        );
        let line = format!("{head} {{ {body} }}\n");
        let lines = format!("{head}\n    {{\n        {body}\n    }}\n");
        setters += if line.len() <= 126 { &line } else { &lines };
    }
    format!(
        "/* {GENERATED} */\n#ifndef CLOUDAUTH_OPTIONS_HPP\n#define CLOUDAUTH_OPTIONS_HPP\n\n#include \"text.hpp\"\n\n#include <chrono>\n#include <cstdint>\n\n\
         namespace cloudauth {{\nnamespace detail {{\n\n\
         /* A setter for each option; docs/options.md has their meaning and defaults. A text that is NULL, a number that is 0 and a\n \
         * time of 0 leave the choice to the library. */\n\
         template <class Self> class options {{\npublic:\n{setters}\nprivate:\n    \
         Self &self() noexcept {{ return static_cast<Self &>(*this); }}\n    \
         cloudauth_config *handle() noexcept {{ return self().get(); }}\n}};\n\n\
         }} // namespace detail\n}} // namespace cloudauth\n\n#endif\n"
    )
}

/// `go/with.go`.
pub(super) fn go(options: &[Entry]) -> String {
    let style = Style { link: |name| format!("[With{}]", go_name(name)), code: str::to_owned, duration: short_duration };
    let mut text = "// Code generated from core/schema/options.toml by `cargo xtask generate`. DO NOT EDIT.\n\n\
         //go:build linux && cgo\n\npackage cloudauth\n\n/*\n#include \"native.h\"\n*/\nimport \"C\"\n\nimport \"time\"\n"
        .to_owned();
    for entry in options {
        let (name, value) = (format!("With{}", go_name(entry.plain())), camel(entry.plain()));
        let doc = wrapped(&format!("{name}: {}", doc_after_colon(entry, &style)), "// ", 126);
        let (argument, body) = match entry.kind {
            Kind::Text | Kind::Path | Kind::Choice => (format!("{value} string"), format!("text({name:?}, {value})")),
            Kind::Flag => {
                (String::new(), format!("func(s *settings) {{ C.cloudauth_config_set_{}(s.config, true) }}", entry.name))
            }
            Kind::DurationMs => (
                format!("{value} time.Duration"),
                match entry.zero {
                    Some(Zero::Over) => format!("limited({name:?}, {value})"),
                    Some(Zero::None) => format!("duration({name:?}, max({value}, time.Millisecond))"),
                    None => format!("duration({name:?}, {value})"),
                },
            ),
            Kind::Bytes => (format!("{value} int64"), format!("count({name:?}, {value})")),
            Kind::Count => (format!("{value} int"), format!("count({name:?}, int64({value}))")),
        };
        let _ = write!(text, "\n{doc}func {name}({argument}) Option {{\n\treturn {body}\n}}\n");
    }
    text
}

/// `BuilderOptions.java`.
pub(super) fn java(options: &[Entry]) -> String {
    let style = Style {
        link: |name| format!("{{@link{FIXED_BLANK}#{}}}", camel(name)),
        code: |text| format!("{{@code{FIXED_BLANK}{text}}}"),
        duration: short_duration,
    };
    let mut setters = String::new();
    for entry in options {
        let name = camel(entry.plain());
        let kind = entry.java_type();
        let doc = wrapped(&doc(entry, &style), "     * ", 126);
        let _ = write!(
            setters,
            "\n    /**\n{doc}     */\n    public CloudAuthClientBuilder {name}({kind} {name}) {{\n        \
             return option(\"{name}\", {name});\n    }}\n"
        );
    }
    format!(
        "// {GENERATED}\npackage io.github.libcloudauth;\n\nimport java.nio.file.Path;\nimport java.time.Duration;\n\n\
         /** A setter for each option. */\nabstract class BuilderOptions {{\n    BuilderOptions() {{}}\n\n    \
         abstract CloudAuthClientBuilder option(String name, Object value);\n{setters}}}\n"
    )
}

/// `go/every_option_test.go`: a value for each option, so that tests miss none.
pub(super) fn go_examples(options: &[Entry]) -> String {
    let rows: Vec<(String, String)> = options
        .iter()
        .map(|entry| {
            let value = match entry.kind {
                Kind::Text | Kind::Path => format!("{:?}", entry.example.as_deref().unwrap_or_default()),
                Kind::Choice => format!("{:?}", entry.choices.last().map_or("", String::as_str)),
                Kind::Flag => String::new(),
                // An option without a default is an interval within the others.
                Kind::DurationMs => if entry.default.is_some() { "time.Minute" } else { "time.Second" }.to_owned(),
                Kind::Bytes => "1 << 20".to_owned(),
                Kind::Count => "3".to_owned(),
            };
            let name = format!("With{}", go_name(entry.plain()));
            (format!("{name:?}:"), format!("cloudauth.{name}({value})"))
        })
        .collect();
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let rows: Vec<String> = rows.iter().map(|(name, option)| format!("\t{name:width$} {option},\n")).collect();
    let rows = rows.concat();
    format!(
        "// Code generated from core/schema/options.toml by `cargo xtask generate`. DO NOT EDIT.\n\npackage cloudauth_test\n\n\
         import (\n\t\"time\"\n\n\t\"github.com/libcloudauth/libcloudauth/go\"\n)\n\n\
         // every is each option of the library.\nvar every = map[string]cloudauth.Option{{\n{rows}}}\n"
    )
}

/// `python/cloudauth/_options.py`.
pub(super) fn python(options: &[Entry]) -> String {
    let style = Style {
        link: |name| format!("``{name}``"),
        code: |text| format!("``{text}``"),
        duration: |milliseconds| {
            let (whole, rest) = (milliseconds / 1000, milliseconds % 1000);
            if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}").trim_end_matches('0').to_owned() }
        },
    };
    let (mut arguments, mut names, mut docs) = (String::new(), String::new(), String::new());
    for entry in options {
        let name = entry.plain();
        let kind = match entry.kind {
            Kind::Text => "str | None = None".to_owned(),
            Kind::Path => "str | os.PathLike[str] | None = None".to_owned(),
            Kind::Choice => {
                let choices: Vec<String> = entry.choices.iter().map(|choice| format!("{choice:?}")).collect();
                format!("Literal[{}] | None = None", choices.join(", "))
            }
            Kind::Flag => "bool = False".to_owned(),
            Kind::DurationMs => "float | None = None".to_owned(),
            Kind::Bytes | Kind::Count => "int | None = None".to_owned(),
        };
        let _ = writeln!(arguments, "        {name}: {kind},");
        let path = format!("os.fspath({name}) if isinstance({name}, os.PathLike) else {name}");
        let given = if entry.kind == Kind::Path { &path } else { name };
        let _ = writeln!(names, "            {name:?}: {given},");
        let wrapped = wrapped(&format!(":param {name}: {}", doc_after_colon(entry, &style)), "            ", 126);
        // The first line stands further left.
        let _ = write!(docs, "{}", &wrapped[4..]);
    }
    let unstored: Vec<String> =
        options.iter().filter(|entry| !entry.is_stored()).map(|entry| format!("{:?}", entry.plain())).collect();
    let unstored = unstored.join(", ");
    format!(
        "# {GENERATED}\n\"\"\"The options of clients.\"\"\"\n\nfrom __future__ import annotations\n\nimport os\n\
         from typing import Any, Literal\n\nfrom ._report import Listener\nfrom ._types import CredentialsCallable, LimiterCallable\n\n\
         UNSTORED = frozenset(({unstored}))\n\"\"\"Those that are not kept with a client's configuration.\"\"\"\n\n\n\
         class Options:\n    \"\"\"The options that both clients take.\"\"\"\n\n    \
         def __init__(\n        self,\n        *,\n{arguments}        credentials: CredentialsCallable | None = None,\n        limiter: LimiterCallable | None = None,\n        on_event: Listener | None = None,\n    ) -> None:\n        \
         \"\"\"``None`` leaves the choice to the library, and so does 0 for sizes and counts; times are in seconds, sizes in bytes.\n\n\
         {docs}        \
         :param credentials: called for keys before every request, on a thread of its own, one call at a time; an ``async``\n            \
         one is awaited on that thread's own event loop. Gives a dict as :class:`cloudauth.Credentials`. Without it and without\n            \
         keys, they are looked for where the official SDKs do: in the environment, in files, and with the machine's own role.\n        \
         :param limiter: called before every request, retries included, with the operation's name: gives the seconds that the request\n            \
         is to wait yet, or ``None`` for none, in place of ``qps`` and ``quota``. It may block: it runs on the thread of a call that\n            \
         blocks, and for others on a thread of its own; an ``async`` one, for :class:`cloudauth.AsyncClient` alone, is awaited on the\n            \
         call's event loop. What it raises ends the call in a :class:`cloudauth.ThrottledError`, which it is the cause of.\n        \
         :param on_event: called with a :class:`cloudauth.Event` for each attempt and each call, on the thread whose call ends.\n            \
         It must not make calls of the same client. What it raises goes to ``sys.unraisablehook``.\n\n        \
         Raises :class:`cloudauth.InvalidArgumentError` and :class:`cloudauth.CredentialsError`; nothing is sent.\n        \
         \"\"\"\n        options = {{\n{names}        }}\n        self._configure(options, {{\"credentials\": credentials, \"limiter\": limiter, \"on_event\": on_event}})\n\n    \
         def _configure(self, options: dict[str, Any], called: dict[str, Any]) -> None:\n        \
         raise NotImplementedError\n"
    )
}
