//! The shared library exports what the header declares, and nothing else.

use std::collections::BTreeSet;
use std::process::Command;

use crate::header::{self, api::Api};
use crate::tree;

/// Compares the exports of the shared library at `file` with the header's declarations.
pub(crate) fn run(file: &str) -> Result<String, String> {
    let output = Command::new("nm")
        .args(["--dynamic", "--defined-only", "--format=posix", file])
        .output()
        .map_err(|error| format!("nm: {error}"))?;
    if !output.status.success() {
        return Err(format!("nm could not read {file}: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    let exported = String::from_utf8_lossy(&output.stdout);
    let exported: BTreeSet<&str> = exported.lines().filter_map(|line| line.split(' ').next()).collect();
    let api = Api::read(&tree::read(header::NAME)?)?;
    let declared: BTreeSet<&str> = api.functions.iter().map(|function| function.name.as_str()).collect();
    let faults = [
        ("declared and not exported", declared.difference(&exported).copied().collect::<Vec<_>>()),
        ("exported and not declared", exported.difference(&declared).copied().collect()),
    ];
    let faults: Vec<String> = faults
        .iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(what, names)| format!("{what}: {}", names.join(", ")))
        .collect();
    if faults.is_empty() && !declared.is_empty() {
        Ok(format!("{} functions, declared and exported", declared.len()))
    } else {
        Err(if declared.is_empty() { format!("{} declares nothing", header::NAME) } else { faults.join("\n") })
    }
}
