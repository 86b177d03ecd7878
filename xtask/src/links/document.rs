//! The links and the anchors of a Markdown text.

use std::collections::BTreeSet;

/// A link and the line it stands on, from 1.
pub(super) struct Link {
    pub(super) line: usize,
    pub(super) target: String,
}

pub(super) struct Document {
    pub(super) links: Vec<Link>,
    pub(super) anchors: BTreeSet<String>,
}

impl Document {
    /// Reads inline links, reference definitions and ATX headings; code is left out.
    pub(super) fn parse(text: &str) -> Self {
        let mut document = Self { links: Vec::new(), anchors: BTreeSet::new() };
        let mut fence: Option<&str> = None;
        for (line, text) in (1..).zip(text.lines()) {
            let start = text.trim_start();
            let mark = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
            match (fence, mark) {
                (None, Some(mark)) => fence = Some(mark),
                (Some(open), Some(mark)) if open == mark => fence = None,
                (Some(_), _) => {}
                (None, None) => document.line(line, text),
            }
        }
        document
    }

    fn line(&mut self, line: usize, text: &str) {
        if let Some(heading) = heading(text) {
            self.anchor(heading);
        }
        let text = without_code(text);
        let mut rest = text.as_str();
        while let Some((_, after)) = rest.split_once("](") {
            self.link(line, destination(after));
            rest = after;
        }
        // `[name]: target` at the start of a line.
        let definition = text.trim_start().strip_prefix('[').and_then(|start| start.split_once("]:"));
        if let Some((_, target)) = definition {
            self.link(line, target.split_whitespace().next().unwrap_or(""));
        }
    }

    fn link(&mut self, line: usize, target: &str) {
        self.links.push(Link { line, target: target.trim_matches(['<', '>']).to_owned() });
    }

    /// As GitHub spells it; a second heading of the same name gets `-1`.
    fn anchor(&mut self, heading: &str) {
        let mut name = String::new();
        for letter in heading.trim().chars() {
            match letter {
                ' ' | '-' => name.push('-'),
                '_' => name.push('_'),
                letter if letter.is_alphanumeric() => name.extend(letter.to_lowercase()),
                _ => {}
            }
        }
        let mut unique = name.clone();
        let mut number = 0;
        while !self.anchors.insert(unique) {
            number += 1;
            unique = format!("{name}-{number}");
        }
    }
}

fn heading(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches('#');
    let depth = text.len() - rest.len();
    ((1..=6).contains(&depth) && rest.starts_with(' ')).then_some(rest)
}

/// What stands before the title or the closing bracket.
fn destination(after: &str) -> &str {
    let mut depth = 0;
    for (place, letter) in after.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' if depth == 0 => return &after[..place],
            ')' => depth -= 1,
            ' ' => return &after[..place],
            _ => {}
        }
    }
    after
}

/// The text without its code spans: what stands between two runs of as many backticks.
fn without_code(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        kept.push_str(&rest[..start]);
        let ticks = rest[start..].bytes().take_while(|byte| *byte == b'`').count();
        let after = &rest[start + ticks..];
        match after.find(&"`".repeat(ticks)) {
            Some(end) => rest = &after[end + ticks..],
            None => rest = after,
        }
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::Document;

    fn targets(text: &str) -> Vec<String> {
        let links = Document::parse(text).links;
        links.into_iter().map(|link| link.target).collect()
    }

    #[test]
    fn links_are_found_outside_of_code() {
        let text = "[a](one.md) ![b](two.png \"title\") `[c](no)` ``[`](no)``\n\
                    ```\n[d](no)\n```\n[e](<three.md#x>)\n[f]: four.md\n[g](a_(b).md)\n";
        assert_eq!(targets(text), ["one.md", "two.png", "three.md#x", "four.md", "a_(b).md"]);
    }

    #[test]
    fn a_link_knows_its_line() {
        let lines: Vec<usize> = Document::parse("\n[a](x)\n\n[b](y)\n").links.iter().map(|link| link.line).collect();
        assert_eq!(lines, [2, 4]);
    }

    #[test]
    fn headings_become_anchors() {
        let text = "# One `two`: three!\n## Same\n## Same\n#no\n```\n# code\n```\n## snake_case-x\n";
        let anchors = Document::parse(text).anchors;
        let anchors: Vec<&str> = anchors.iter().map(String::as_str).collect();
        assert_eq!(anchors, ["one-two-three", "same", "same-1", "snake_case-x"]);
    }
}
