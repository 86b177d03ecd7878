//! The formats of pictures, in each language.

use std::fmt::Write as _;

use super::model::File;
use super::model::SOURCE;
use crate::markdown::{code, table};
use crate::output::Generated;
use crate::rust::{formatted, literal, pascal};

const DOC: &str = "What a picture's first bytes say it is; the rest may still be broken.";

/// `core/src/result/format.rs`.
pub(super) fn core(file: &File) -> Result<String, String> {
    let (mut all, mut arms) = (String::new(), String::new());
    for format in &file.formats {
        let name = pascal(&format.name);
        let _ = write!(all, "Self::{name},");
        let _ = writeln!(arms, "Self::{name} => {},", literal(format.extension()));
    }
    let text = file.formats().rust(DOC);
    formatted(&format!(
        "// Generated from {SOURCE} by `cargo xtask generate`; do not edit.\n\n{text}\n\
         impl ImageFormat {{\n/// Every format.\npub const ALL: &[Self] = &[{all}];\n\n/// The usual ending of a file's name, without the dot.\n\
         pub fn extension(self) -> &'static str {{\nmatch self {{\n{arms}}}\n}}\n}}\n"
    ))
}

/// `ffi-c/src/views/format.rs`.
pub(super) fn c(file: &File) -> Result<String, String> {
    let mut arms = String::new();
    for format in &file.formats {
        let _ = writeln!(arms, "ImageFormat::{} => (c{:?}, c{:?}),", pascal(&format.name), format.name, format.extension());
    }
    formatted(&format!(
        "// Generated from {SOURCE} by `cargo xtask generate`; do not edit.\n\n//! The formats of pictures, for C.\n\n\
         use std::ffi::CStr;\n\nuse cloudauth_core::result::ImageFormat;\n\n\
         /// The format's name, and the usual ending of a file's.\n\
         pub(super) fn names(format: ImageFormat) -> (&'static CStr, &'static CStr) {{\nmatch format {{\n{arms}}}\n}}\n"
    ))
}

/// `ImageFormat.java`.
pub(super) fn java(file: &File) -> Generated {
    file.formats().java(SOURCE, DOC, "jpeg")
}

/// `python/cloudauth/_format.py`.
pub(super) fn python(file: &File) -> String {
    format!(
        "# Generated from {SOURCE} by `cargo xtask generate`; do not edit.\n\"\"\"What a picture can be.\"\"\"\n\n\
         from __future__ import annotations\n\nfrom typing import Literal, TypeAlias\n\n{}",
        file.formats().python()
    )
}

/// The table of the page.
pub(super) fn rows(file: &File) -> String {
    let rows = file.formats.iter().map(|format| vec![code(&format.name), code(format.extension()), format.meaning.clone()]);
    table(&["format", "file names end in", "what it is"], rows)
}
