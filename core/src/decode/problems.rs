//! What could not be decoded, within a budget.

use super::path::{Path, WrittenPath};
use crate::canonical::canonical_text;
use crate::envelope::is_same;
use crate::options::{MAX_PROBLEM_BYTES, MAX_PROBLEMS};
use crate::result::{Problem, REASONS};
use crate::tree::Node;

/// The longest text that one problem holds, so that one does not take the room of all.
const MAX_TEXT: usize = MAX_PROBLEM_BYTES / 4;

#[derive(Debug)]
pub(super) struct Problems {
    list: Vec<Problem>,
    bytes_left: usize,
    left_out: usize,
    /// What placeholders of lifted images begin with; empty where nothing was lifted.
    marker: String,
    leaked: bool,
}

/// A state to go back to.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    count: usize,
    bytes_left: usize,
    left_out: usize,
    leaked: bool,
}

impl Problems {
    pub(super) fn new(marker: &str) -> Self {
        let marker = marker.to_owned();
        Self { list: Vec::new(), bytes_left: MAX_PROBLEM_BYTES, left_out: 0, marker, leaked: false }
    }

    pub(super) fn add_value(&mut self, path: &Path<'_>, reason: &'static str, node: &Node) {
        match node {
            Node::Text(text) => self.add(path.written(), reason, text),
            _ if self.is_full() => self.left_out += 1,
            other => self.add(path.written(), reason, &canonical_text(&other.clone().into_value())),
        }
    }

    pub(super) fn add(&mut self, path: WrittenPath, reason: &'static str, text: &str) {
        debug_assert!(REASONS.contains(&reason), "{reason} must be among the reasons");
        // The text stands for another one, which only the plain path has.
        self.leaked |= !self.marker.is_empty() && text.contains(&self.marker);
        let path = path.into_string();
        if self.is_full() || path.len() > self.bytes_left {
            self.left_out += 1;
            return;
        }
        self.bytes_left -= path.len();
        let text = cut(text, self.bytes_left.min(MAX_TEXT));
        self.bytes_left = self.bytes_left.saturating_sub(text.len());
        self.list.push(Problem { path, reason, text });
    }

    /// Lets paths that begin at the reply begin at its `Result`.
    pub(super) fn root(&mut self) {
        for problem in &mut self.list {
            let path = problem.path.strip_prefix("body.").unwrap_or(&problem.path);
            let rooted = match path.split_once('.') {
                Some((first, rest)) if is_same(first, "Result") => rest,
                _ => path,
            };
            problem.path = rooted.to_owned();
        }
    }

    /// Whether further ones are only counted.
    pub(super) fn is_full(&self) -> bool {
        self.list.len() >= MAX_PROBLEMS
    }

    /// Whether a problem's text holds a placeholder.
    pub(super) fn leaked(&self) -> bool {
        self.leaked
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { count: self.list.len(), bytes_left: self.bytes_left, left_out: self.left_out, leaked: self.leaked }
    }

    /// Forgets what was added since.
    pub(super) fn rewind(&mut self, mark: Mark) {
        self.list.truncate(mark.count);
        (self.bytes_left, self.left_out, self.leaked) = (mark.bytes_left, mark.left_out, mark.leaked);
    }

    /// Sorted; where some were left out, one more at the end says how many.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.list.sort_by(|a, b| (&a.path, a.reason).cmp(&(&b.path, b.reason)));
        if self.left_out > 0 {
            self.list.push(Problem { path: String::new(), reason: "more problems", text: self.left_out.to_string() });
        }
        self.list
    }
}

fn cut(text: &str, limit: usize) -> String {
    if text.len() <= limit {
        return text.to_owned();
    }
    let mut cut = text[..text.floor_char_boundary(limit)].to_owned();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    // Finding A1: each problem cost memory, without end.
    #[test]
    fn the_last_one_says_how_many_were_left_out() {
        let mut problems = Problems::new("");
        for index in 0..MAX_PROBLEMS + 7 {
            problems.add(Path::of("list").element(index).written(), "not text", "1");
        }
        let problems = problems.finish();
        assert_eq!(problems.len(), MAX_PROBLEMS + 1);
        let last = problems.last().map(|last| (last.path.as_str(), last.reason, last.text.as_str()));
        assert_eq!(last, Some(("", "more problems", "7")));
    }

    #[test]
    fn paths_and_texts_share_one_budget() {
        let mut problems = Problems::new("");
        let long = "é".repeat(MAX_PROBLEM_BYTES);
        for name in ["a", "b", "c", "d", "e", "f"] {
            problems.add(Path::of(&format!("{name}{}", "p".repeat(10_000))).written(), "not base64", &long);
        }
        let problems = problems.finish();
        let bytes: usize = problems.iter().map(|problem| problem.path.len() + problem.text.len()).sum();
        assert!(bytes <= MAX_PROBLEM_BYTES + 100, "{bytes}");
        assert!(problems[0].text.ends_with("é…"));
        assert_eq!(problems.last().map(|last| last.reason), Some("more problems"));
    }

    #[test]
    fn what_was_added_can_be_taken_back() {
        let mut problems = Problems::new("");
        problems.add(Path::of("a").written(), "not text", "1");
        let mark = problems.mark();
        problems.add(Path::of("b").written(), "not text", "2");
        problems.rewind(mark);
        assert_eq!(problems.finish().len(), 1);
    }
}
