//! No circle between the modules of a crate: not between files, and not between the folders that hold them.

mod names;
mod source;

use std::collections::BTreeSet;
use std::path::Path;

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;

use crate::tree;
use names::Crate;

const CRATES: [&str; 10] =
    ["cli", "core", "ffi-c", "emulator", "java/native", "ledger", "python", "quota-redis", "telemetry", "xtask"];

/// An edge: who takes something, from whom, and the first name taken.
type Edge<'a> = (&'a str, &'a str, &'a str);

/// Fails and names each circle, with a name that ties each step.
pub(crate) fn run() -> Result<String, String> {
    let mut lines = Vec::new();
    let mut files = 0;
    for name in CRATES {
        let found = Crate::read(&tree::root().join(name).join("src"))?;
        files += found.modules.len();
        lines.extend(circles(&found.edges()).into_iter().map(|circle| format!("{name}: {circle}")));
    }
    if lines.is_empty() { Ok(format!("none among {files} files")) } else { Err(lines.join("\n")) }
}

/// A line for each circle of files, and of files and folders beside each other.
fn circles(edges: &BTreeSet<(String, String, String)>) -> Vec<String> {
    let files: Vec<Edge<'_>> = edges.iter().map(|(from, to, name)| (from.as_str(), to.as_str(), name.as_str())).collect();
    let mut found = strong(&files);
    let folders: BTreeSet<&Path> = files.iter().flat_map(|(from, _, _)| Path::new(from).ancestors().skip(1)).collect();
    for folder in folders {
        let inside = |file| below(folder, file);
        let between = files.iter().filter_map(|(from, to, name)| Some((inside(from)?, inside(to)?, *name)));
        let between: Vec<Edge<'_>> = between.filter(|(from, to, _)| from != to).collect();
        // Files alone were looked at above.
        found.extend(strong(&between).into_iter().filter(|ties| ties.iter().any(|(from, _, _)| from.ends_with('/'))));
    }
    let line = |ties: Vec<Edge<'_>>| {
        let ties: Vec<String> = ties.iter().map(|(from, to, name)| format!("{from} -> {to} ({name})")).collect();
        ties.join(", ")
    };
    found.into_iter().map(line).collect()
}

/// The part of `file` beside which its neighbours in `folder` stand: a file, or a folder with a slash at its end. The folder's
/// own mod.rs hands names on, and is no neighbour of what it holds.
fn below<'a>(folder: &Path, file: &'a str) -> Option<&'a str> {
    let rest = Path::new(file).strip_prefix(folder).ok()?.to_str()?;
    let start = file.len() - rest.len();
    match rest.find('/') {
        Some(slash) => Some(&file[..=start + slash]),
        None if ["lib.rs", "main.rs", "mod.rs"].contains(&rest) => None,
        None => Some(file),
    }
}

/// The edges of each circle.
fn strong<'a>(edges: &[Edge<'a>]) -> Vec<Vec<Edge<'a>>> {
    let graph: DiGraphMap<&str, &str> = edges.iter().copied().collect();
    let parts = tarjan_scc(&graph).into_iter().filter(|part| part.len() > 1);
    let ties = |part: Vec<&str>| {
        let inside = graph.all_edges().filter(|(from, to, _)| part.contains(from) && part.contains(to));
        inside.map(|(from, to, name)| (from, to, *name)).collect()
    };
    parts.map(ties).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::circles;

    fn found(edges: &[(&str, &str)]) -> Vec<String> {
        let edges: BTreeSet<_> = edges.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned(), "x".to_owned())).collect();
        circles(&edges)
    }

    #[test]
    fn files_in_a_circle_are_named() {
        assert_eq!(found(&[("a.rs", "b.rs"), ("b.rs", "c.rs")]), [] as [&str; 0]);
        assert_eq!(found(&[("a.rs", "b.rs"), ("b.rs", "a.rs"), ("c.rs", "a.rs")]), ["a.rs -> b.rs (x), b.rs -> a.rs (x)"]);
    }

    #[test]
    fn folders_in_a_circle_are_named_where_no_files_are() {
        let edges = [("a/one.rs", "b/one.rs"), ("b/two.rs", "a/two.rs")];
        assert_eq!(found(&edges), ["a/ -> b/ (x), b/ -> a/ (x)"]);
        // A folder's own file stands above what it holds.
        assert_eq!(found(&[("a/mod.rs", "a/one.rs"), ("a/two.rs", "b.rs")]), [] as [&str; 0]);
    }
}
