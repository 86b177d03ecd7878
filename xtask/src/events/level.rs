//! The levels of the log, in each language.

use std::fmt::Write as _;

use super::model::File;
use super::model::SOURCE;
use crate::markdown::{code, table};
use crate::output::Generated;
use crate::rust::formatted;

/// What follows from the levels.
pub(super) fn files(file: &File) -> Result<Vec<Generated>, String> {
    let generated = |name: &str, text: String| Generated { name: name.to_owned(), text };
    Ok(vec![
        generated("core/src/log/levels.rs", core(file)?),
        generated("ffi-c/src/log/level.rs", c(file)?),
        generated("include/cloudauth/log_level.hpp", cpp(file)),
        generated("go/level.go", go(file)),
        generated("java/src/main/java/io/github/libcloudauth/LogLevels.java", java(file)),
        generated("python/cloudauth/_levels.py", python(file)),
    ])
}

/// The table of the page.
pub(super) fn rows(file: &File) -> String {
    table(&["level", "what"], file.said().iter().map(|level| vec![code(&level.name), level.meaning.clone()]))
}

fn core(file: &File) -> Result<String, String> {
    let names =
        file.levels().values.iter().map(|level| format!("LevelFilter::{}", level.name.to_uppercase())).collect::<Vec<_>>();
    formatted(&format!(
        "// Generated from {SOURCE} by `cargo xtask generate`; do not edit.\n\nuse tracing::level_filters::LevelFilter;\n\n\
         /// Levels by their numbers.\npub(super) const LEVELS: [LevelFilter; {}] = [{}];\n",
        names.len(),
        names.join(", ")
    ))
}

fn c(file: &File) -> Result<String, String> {
    let text = file.levels().c("How much the library says.", None);
    let last = file.said().last().map(|level| crate::rust::pascal(&level.name)).unwrap_or_default();
    formatted(&format!(
        "// Generated from {SOURCE} by `cargo xtask generate`; do not edit.\n{text}\n\
         impl cloudauth_log_level {{\n/// The level at which most is said.\npub(super) const MOST: Self = Self::{last};\n}}\n"
    ))
}

fn cpp(file: &File) -> String {
    format!(
        "/* Generated from {SOURCE} by `cargo xtask generate`; do not edit. */\n/* The levels of the log. */\n\
         #ifndef CLOUDAUTH_LOG_LEVEL_HPP\n#define CLOUDAUTH_LOG_LEVEL_HPP\n\n#include \"../cloudauth.h\"\n\n#include <cstdint>\n\n\
         namespace cloudauth {{\n{}\n}} // namespace cloudauth\n\n#endif\n",
        file.levels().cpp("How much the library says.", false)
    )
}

fn go(file: &File) -> String {
    let mut cases = String::new();
    for level in file.said() {
        let slog = level.go.as_deref().unwrap_or_default();
        let _ = write!(cases, "\tcase C.CLOUDAUTH_LOG_LEVEL_{}:\n\t\treturn {slog}\n", level.name.to_uppercase());
    }
    format!(
        "// Code generated from {SOURCE} by `cargo xtask generate`. DO NOT EDIT.\n\n//go:build linux && cgo\n\n\
         package cloudauth\n\n/*\n#include \"native.h\"\n*/\nimport \"C\"\n\nimport \"log/slog\"\n\n\
         // slogLevel is the level of the log's as slog has it.\nfunc slogLevel(level C.uint32_t) slog.Level {{\n\tswitch level {{\n\
         {cases}\tdefault:\n\t\treturn LevelTrace\n\t}}\n}}\n"
    )
}

fn java(file: &File) -> String {
    let levels = file.said().iter().map(|level| format!("Level.{}", level.java.as_deref().unwrap_or_default()));
    format!(
        "// Generated from {SOURCE} by `cargo xtask generate`; do not edit.\npackage io.github.libcloudauth;\n\n\
         import java.lang.System.Logger.Level;\nimport java.util.List;\n\n/** The levels of the log, by the native library's numbers \
         from 1. */\nfinal class LogLevels {{\n    static final List<Level> ALL = List.of({});\n\n    private LogLevels() {{}}\n}}\n",
        levels.collect::<Vec<_>>().join(", ")
    )
}

fn python(file: &File) -> String {
    let levels = file.said().iter().map(|level| level.python.unwrap_or_default().to_string());
    format!(
        "# Generated from {SOURCE} by `cargo xtask generate`; do not edit.\n\"\"\"The levels of the log.\"\"\"\n\n\
         from __future__ import annotations\n\nLEVELS = ({})\n\
         \"\"\"As ``logging`` has them, by the library's numbers from 1; the last one is beyond Python's own.\"\"\"\n",
        levels.collect::<Vec<_>>().join(", ")
    )
}
