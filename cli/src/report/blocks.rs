//! The blocks of a section as HTML.

use super::chart;
use super::page::Page;
use super::section::{Block, Fact, Picture, Share, Table, Tone};

pub(super) fn write(block: &Block, page: &mut Page) {
    match block {
        Block::Heading(text) => {
            page.raw("<h3>").text(text).raw("</h3>\n");
        }
        Block::Text(text) => {
            page.raw("<p>").text(text).raw("</p>\n");
        }
        Block::Verdict { tone, word } => verdict(*tone, word, page),
        Block::Facts(facts) => list(facts, page),
        Block::Scores(scores) => scores.iter().for_each(|score| chart::score(score, page)),
        Block::Table(table) => rows(table, page),
        Block::Shares(shares) => shares.iter().for_each(|one| share(one, page)),
        Block::Columns(columns) => chart::columns(columns, page),
        Block::Veiled { label, facts } => veiled(label, facts, page),
        Block::Picture(one) => picture(one, page),
    }
}

fn verdict(tone: Tone, word: &str, page: &mut Page) {
    page.raw(match tone {
        Tone::Good => "<p class=\"verdict good\">",
        Tone::Bad => "<p class=\"verdict bad\">",
        Tone::Unsure => "<p class=\"verdict unsure\">",
    });
    page.text(word).raw("</p>\n");
}

fn list(facts: &[Fact], page: &mut Page) {
    page.raw("<dl>\n");
    for Fact { label, value, note } in facts {
        page.raw("<div><dt>").text(label).raw("</dt><dd><span>").text(value).raw("</span>");
        if !note.is_empty() {
            page.raw("<small>").text(note).raw("</small>");
        }
        page.raw("</dd></div>\n");
    }
    page.raw("</dl>\n");
}

fn rows(table: &Table, page: &mut Page) {
    page.raw("<table>\n<caption>").text(&table.caption).raw("</caption>\n<thead><tr>");
    for head in &table.head {
        page.raw("<th scope=\"col\">").text(head).raw("</th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        page.raw("<tr>");
        for cell in row {
            page.raw("<td>").text(cell).raw("</td>");
        }
        page.raw("</tr>\n");
    }
    page.raw("</tbody>\n</table>\n");
}

fn share(share: &Share, page: &mut Page) {
    page.raw("<div class=\"score\"><p><b>").text(&share.label).raw("</b> ").text(&share.count.to_string());
    page.raw(" of ").text(&share.of.to_string()).raw("</p>");
    chart::share(share, page);
    if !share.note.is_empty() {
        page.raw("<small>").text(&share.note).raw("</small>");
    }
    page.raw("</div>\n");
}

/// A check box needs no script, and every keyboard reaches it.
fn veiled(label: &str, facts: &[Fact], page: &mut Page) {
    let id = page.id();
    page.raw("<div class=\"veil\"><input type=\"checkbox\" id=\"").text(&id);
    page.raw("\"><label for=\"").text(&id).raw("\">").text(label).raw("</label>\n<div class=\"veiled\">");
    list(facts, page);
    page.raw("</div></div>\n");
}

fn picture(picture: &Picture, page: &mut Page) {
    let (id, name) = (page.id(), page.id());
    page.raw("<div class=\"veil\"><input type=\"checkbox\" id=\"").text(&id).raw("\" aria-labelledby=\"").text(&name);
    page.raw("\"><label for=\"").text(&id).raw("\"><span id=\"").text(&name).raw("\">Show ").text(&picture.name);
    page.raw("</span><span class=\"veiled\"><img alt=\"").text(&picture.name);
    page.raw("\" src=\"data:")
        .text(picture.media_type.unwrap_or_default())
        .raw(";base64,")
        .base64(&picture.bytes)
        .raw("\"></span></label></div>\n");
}
