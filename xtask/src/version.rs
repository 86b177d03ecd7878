//! One version: the workspace's is the newest one in the changelog.

use serde::Deserialize;

use crate::tree;

#[derive(Deserialize)]
struct Manifest {
    workspace: Workspace,
}

#[derive(Deserialize)]
struct Workspace {
    package: Package,
}

#[derive(Deserialize)]
struct Package {
    version: String,
}

/// Compares the version in `Cargo.toml` with the newest heading of `CHANGELOG.md`.
pub(crate) fn run() -> Result<String, String> {
    let manifest: Manifest = toml::from_str(&tree::read("Cargo.toml")?).map_err(|error| format!("Cargo.toml: {error}"))?;
    let version = manifest.workspace.package.version;
    let changelog = tree::read("CHANGELOG.md")?;
    let newest = newest(&changelog).ok_or("CHANGELOG.md: no heading like `## [0.1.0]`")?;
    if newest == version {
        Ok(format!("{version} in Cargo.toml and CHANGELOG.md"))
    } else {
        Err(format!("Cargo.toml has {version}, the newest heading of CHANGELOG.md {newest}; make them equal"))
    }
}

/// The first `## [x.y.z]`; `## [Unreleased]` is not a version.
fn newest(changelog: &str) -> Option<&str> {
    changelog.lines().find_map(|line| {
        let (name, _) = line.strip_prefix("## [")?.split_once(']')?;
        name.starts_with(|first: char| first.is_ascii_digit()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::newest;

    #[test]
    fn the_newest_version_is_the_first_that_is_released() {
        let text = "# Changelog\n\n## [Unreleased]\n- x\n\n## [0.2.0] - 2026-01-01\n\n## [0.1.0]\n";
        assert_eq!(newest(text), Some("0.2.0"));
        assert_eq!(newest("## [Unreleased]\n## 0.1.0\n"), None);
    }
}
