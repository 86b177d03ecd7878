//! The shared library exports what the header declares, and nothing else.

use std::collections::BTreeSet;
use std::process::Command;

use crate::header;
use crate::tree;

const PREFIX: &str = "cloudauth_";

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
    let text = tree::read(header::NAME)?;
    let declared = declared(&text);
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

/// Functions of the header: names of ours before a parenthesis, outside of comments.
fn declared(header: &str) -> BTreeSet<&str> {
    let code = header.lines().filter(|line| !line.trim_start().starts_with(['*', '/', '#']));
    let names = code.filter_map(|line| {
        let (before, _) = line.split_once('(')?;
        let start = before.rfind([' ', '*']).map_or(0, |at| at + 1);
        before.get(start..).filter(|name| name.starts_with(PREFIX))
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::declared;

    #[test]
    fn only_functions_are_declared() {
        let header = "/**\n * cloudauth_not(this)\n */\ntypedef void (*cloudauth_callback)(void *context);\n\
                      MUST\nstruct cloudauth_error *cloudauth_a(int b,\n    int c);\nbool cloudauth_d(void);\n\
                      CLOUDAUTH_ASSERT(sizeof(cloudauth_text) == 16);\n";
        assert_eq!(declared(header).into_iter().collect::<Vec<_>>(), ["cloudauth_a", "cloudauth_d"]);
    }
}
