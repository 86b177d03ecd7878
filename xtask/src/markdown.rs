//! Small pieces of Markdown.

use std::fmt::Write as _;

/// A table of `head` and `rows`; a `|` inside a cell is escaped.
pub(crate) fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = format!("| {} |\n", head.join(" | "));
    let _ = writeln!(text, "|{}", "---|".repeat(head.len()));
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

const END: &str = "<!-- end -->\n";

/// `page` with `rows` for what stands between the marks of the table `name`, which is generated from `source`.
pub(crate) fn replaced(page: &str, source: &str, name: &str, rows: &str) -> Result<String, String> {
    let begin = format!("<!-- Generated from {source} by `cargo xtask generate`: {name} -->\n");
    let from = page.find(&begin).ok_or_else(|| format!("the table of {name} has no mark"))? + begin.len();
    let length = page[from..].find(END).ok_or_else(|| format!("the table of {name} has no end"))?;
    Ok([&page[..from], rows, &page[from + length..]].concat())
}

/// `text` as code.
pub(crate) fn code(text: &str) -> String {
    format!("`{text}`")
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn a_bar_does_not_open_a_cell() {
        let rows = [vec!["x|y".to_owned(), "z".to_owned()]];
        assert_eq!(table(&["a", "b"], rows), "| a | b |\n|---|---|\n| x\\|y | z |\n");
    }
}
