//! Where the repository's files are.

use std::path::{Path, PathBuf};

/// The repository's root: the parent of this crate.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in a folder of the workspace")
}

/// The text of a file, named from the root.
pub(crate) fn read(name: &str) -> Result<String, String> {
    std::fs::read_to_string(root().join(name)).map_err(|error| format!("{name}: {error}"))
}

/// Every file whose name ends in one of `ends`, sorted; build output, hidden folders and foreign packages are left out.
pub(crate) fn files(ends: &[&str]) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    collect(root(), ends, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, ends: &[&str], found: &mut Vec<PathBuf>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // Symbolic links are not followed: they may lead in circles.
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() {
            if !name.starts_with('.') && name != "target" && name != "node_modules" {
                collect(&path, ends, found)?;
            }
        } else if kind.is_file() && path.extension().is_some_and(|end| ends.iter().any(|wanted| end == *wanted)) {
            found.push(path);
        }
    }
    Ok(())
}
