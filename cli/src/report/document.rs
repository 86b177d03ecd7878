//! A report as a whole: the page around its sections.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudauth_core::evidence::ArchiveReport;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::page::Page;
use super::section::Section;
use super::{Record, Source, blocks};

const STYLE: &str = include_str!("style.css");

/// The report of a result. With `show`, names, numbers and pictures are in it, blurred until they are asked for.
pub(crate) fn result(source: Source, show: bool) -> String {
    document("Verification report", show, super::result::sections(source, show))
}

/// The report of an archive. `source` is the result in it, and `receipt` what was deleted, unless they were changed.
pub(crate) fn archive(found: &ArchiveReport, source: Option<Source>, receipt: Option<&Value>, show: bool) -> String {
    let result = source.map(|source| super::result::sections(source, show)).unwrap_or_default();
    let deletion = receipt.and_then(super::receipt::section);
    let archive = super::archive::sections(found, show).into_iter().chain(deletion).collect();
    // What was changed is read before anything else.
    let sections = if found.is_complete() { [result, archive] } else { [archive, result] };
    let sections = sections.into_iter().flatten().collect();
    document("Archive report", show, sections)
}

/// The report of a run. `unread` is how many lines of its results were no records.
pub(crate) fn run(records: &[Record], unread: usize, show: bool) -> String {
    document("Run report", show, super::run::sections(records, unread, show))
}

fn document(title: &'static str, show: bool, sections: Vec<Section>) -> String {
    let mut page = Page::default();
    page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"")
        // Nothing comes from elsewhere, and nothing goes there.
        .raw("default-src 'none'; style-src 'sha256-")
        .text(&STANDARD.encode(Sha256::digest(STYLE)))
        .raw("'; img-src data:; base-uri 'none'; form-action 'none'")
        .raw("\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .raw("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
        .text(title)
        .raw("</title>\n<style>")
        .raw(STYLE)
        .raw("</style>\n</head>\n<body>\n<header>\n<h1>")
        .text(title)
        .raw("</h1>\n<p>")
        .raw(if show {
            "This file holds personal data: keep it as you keep the evidence. It is blurred until you ask for it."
        } else {
            "This file holds no name, number or picture of anybody."
        })
        .raw("</p>\n</header>\n<main>\n");
    for section in sections {
        let id = page.id();
        page.raw("<section aria-labelledby=\"")
            .text(&id)
            .raw("\">\n<h2 id=\"")
            .text(&id)
            .raw("\">")
            .text(section.title)
            .raw("</h2>\n");
        for block in &section.blocks {
            blocks::write(block, &mut page);
        }
        page.raw("</section>\n");
    }
    page.raw("</main>\n<footer><p>Made by cloudauth ")
        .raw(env!("CARGO_PKG_VERSION"))
        .raw(", from libcloudauth.</p></footer>\n</body>\n</html>\n");
    page.finish()
}
