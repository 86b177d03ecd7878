//! One version: the workspace's is the newest one in the changelog, and that of the Java library.

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

/// The version in `Cargo.toml`.
pub(crate) fn workspace() -> Result<String, String> {
    let manifest: Manifest = toml::from_str(&tree::read("Cargo.toml")?).map_err(|error| format!("Cargo.toml: {error}"))?;
    Ok(manifest.workspace.package.version)
}

/// Compares the version in `Cargo.toml` with the newest heading of `CHANGELOG.md`.
pub(crate) fn run() -> Result<String, String> {
    let version = workspace()?;
    let pom = tree::read("java/pom.xml")?;
    let java = pom_version(&pom).ok_or("java/pom.xml: the project has no version")?;
    if java != version {
        return Err(format!("Cargo.toml has {version}, java/pom.xml {java}; make them equal"));
    }
    let compiled = tree::read("java/src/main/java/io/github/libcloudauth/NativeLibrary.java")?;
    if !compiled.contains(&format!("String VERSION = \"{version}\";")) {
        return Err(format!("Cargo.toml has {version}, NativeLibrary.VERSION another; make them equal"));
    }
    let changelog = tree::read("CHANGELOG.md")?;
    let newest = newest(&changelog).ok_or("CHANGELOG.md: no heading like `## [0.1.0]`")?;
    if newest == version {
        Ok(format!("{version} in Cargo.toml, java/pom.xml and CHANGELOG.md"))
    } else {
        Err(format!("Cargo.toml has {version}, the newest heading of CHANGELOG.md {newest}; make them equal"))
    }
}

/// The project's own version, which comes before those of what it depends on.
fn pom_version(pom: &str) -> Option<&str> {
    let (_, from) = pom.split_once("<version>")?;
    from.split_once("</version>").map(|(version, _)| version)
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
    use super::{newest, pom_version};

    #[test]
    fn the_first_version_is_the_projects() {
        let pom = "<project>\n  <version>0.2.0</version>\n  <dependency><version>5.1</version></dependency></project>";
        assert_eq!(pom_version(pom), Some("0.2.0"));
        assert_eq!(pom_version("<project/>"), None);
    }

    #[test]
    fn the_newest_version_is_the_first_that_is_released() {
        let text = "# Changelog\n\n## [Unreleased]\n- x\n\n## [0.2.0] - 2026-01-01\n\n## [0.1.0]\n";
        assert_eq!(newest(text), Some("0.2.0"));
        assert_eq!(newest("## [Unreleased]\n## 0.1.0\n"), None);
    }
}
