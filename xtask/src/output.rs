//! Generated files: written, or compared with what lies there.

use crate::tree;

/// A file that a task generates; `name` counts from the repository's root.
#[derive(Clone)]
pub(crate) struct Generated {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Writes the files that differ, or with `check` fails and names them.
pub(crate) fn settle(task: &str, files: &[Generated], check: bool) -> Result<String, String> {
    let stale: Vec<&Generated> = files.iter().filter(|file| tree::read(&file.name).ok().as_ref() != Some(&file.text)).collect();
    if stale.is_empty() {
        return Ok(format!("{} files are up to date", files.len()));
    }
    let names = stale.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ");
    if check {
        return Err(format!("out of date: {names}\nrun `cargo xtask {task}` and commit the result"));
    }
    for file in stale {
        let path = tree::root().join(&file.name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        std::fs::write(&path, &file.text).map_err(|error| format!("{}: {error}", file.name))?;
    }
    Ok(format!("wrote {names}"))
}
