//! What is linked into the library, the command and the packages of other languages, with its licences.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::output::{self, Generated};
use crate::tree;

const NAME: &str = "THIRD-PARTY-NOTICES.txt";
const SHIPPED: [&str; 4] = ["cloudauth-ffi", "cloudauth-cli", "cloudauth-python", "cloudauth-jni"];

const HEAD: &str = "\
Generated from Cargo.lock by `cargo xtask notices`.

libcloudauth, its command and its packages for other languages contain the software listed here. Where a package offers a
choice of licences, Apache-2.0 is taken if it is among them; the file LICENSE has its text.

Rust's standard library, by the Rust Project contributors: Apache-2.0 OR MIT
The stack unwinder is GCC's (GPL-3.0-or-later WITH GCC-exception-3.1), or in builds for older systems LLVM's libunwind
(Apache-2.0 WITH LLVM-exception)

Under Apache-2.0:
";

/// For packages that come without a file of their licence.
const MIT: &str = "\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the \"Software\"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software
is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES
OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.";

pub(crate) fn run(check: bool) -> Result<String, String> {
    output::settle("notices", &[Generated { name: NAME.to_owned(), text: notices(&linked()?)? }], check)
}

/// A package that is linked in.
struct Linked {
    /// `name version`
    name: String,
    licence: String,
    /// The files of its licences and notices, by name.
    files: BTreeMap<String, String>,
}

fn notices(linked: &[Linked]) -> Result<String, String> {
    let mut apache = String::new();
    // The packages that share a text, by that text.
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in linked {
        let (takes_apache, title) = (offers_apache(&package.licence), format!("{}: {}", package.name, package.licence));
        if takes_apache {
            let _ = writeln!(apache, "  {}", package.name);
        } else if package.files.is_empty() && package.licence == "MIT" {
            texts.entry(MIT.to_owned()).or_default().push(title.clone());
        } else if package.files.is_empty() {
            return Err(format!("{title}: the package has no file with the text of its licence"));
        }
        for (file, text) in &package.files {
            if !takes_apache || file.starts_with("NOTICE") {
                texts.entry(text.trim().to_owned()).or_default().push(title.clone());
            }
        }
    }
    let mut by_title: Vec<(String, String)> = texts.into_iter().map(|(text, titles)| (titles.join("\n"), text)).collect();
    by_title.sort();
    let line = "-".repeat(80);
    Ok(by_title.iter().fold(format!("{HEAD}{apache}"), |all, (titles, text)| format!("{all}\n{line}\n{titles}\n\n{text}\n")))
}

/// Whether the expression, which may be an old one with slashes, gives Apache-2.0 as a choice by itself.
fn offers_apache(licence: &str) -> bool {
    !licence.contains(" AND ") && licence.replace('/', " OR ").split(" OR ").any(|choice| choice.trim() == "Apache-2.0")
}

/// The packages from the registry that end in what is shipped. Procedural macros run in the compiler alone.
fn linked() -> Result<Vec<Linked>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(tree::root())
        .args(["tree", "--locked", "--edges=normal,no-proc-macro", "--prefix=none", "--no-dedupe", "--format={p}|{l}"])
        .args(["--target", "x86_64-unknown-linux-gnu"])
        .args(SHIPPED.iter().flat_map(|package| ["--package", package]))
        .output()
        .map_err(|error| format!("cargo tree: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo tree failed:\n{}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    let text = String::from_utf8(output.stdout).map_err(|error| format!("cargo tree: {error}"))?;
    let mut lines: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.starts_with("cloudauth-")).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.into_iter().map(package).collect()
}

/// Reads a line `name vVERSION|LICENCE`.
fn package(line: &str) -> Result<Linked, String> {
    let odd = || format!("cargo tree: odd line {line:?}");
    let (name, licence) = line.split_once('|').ok_or_else(odd)?;
    let (name, version) = name.split_once(" v").ok_or_else(odd)?;
    let files = licence_files(&sources(&format!("{name}-{version}"))?)?;
    Ok(Linked { name: format!("{name} {version}"), licence: licence.to_owned(), files })
}

/// Where cargo keeps the package's sources.
fn sources(package: &str) -> Result<PathBuf, String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).ok_or("neither CARGO_HOME nor HOME is set")?;
    let registries = home.join("registry/src");
    let found = list(&registries)?.into_iter().map(|registry| registry.join(package)).find(|folder| folder.is_dir());
    found.ok_or_else(|| format!("{}: {package} is missing; run `cargo fetch`", registries.display()))
}

fn licence_files(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::new();
    for path in list(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if path.is_file()
            && ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "UNLICENSE", "NOTICE"].iter().any(|start| name.starts_with(start))
        {
            let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            files.insert(name, text.replace("\r\n", "\n"));
        }
    }
    Ok(files)
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(failed)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Linked, notices, offers_apache};

    fn linked(name: &str, licence: &str, files: &[(&str, &str)]) -> Linked {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect::<BTreeMap<_, _>>();
        Linked { name: name.to_owned(), licence: licence.to_owned(), files }
    }

    #[test]
    fn a_text_stands_once_and_apache_by_name() {
        let mit = [("LICENSE", "Be nice.\n")];
        let text = notices(&[
            linked("a 1", "MIT", &mit),
            linked("b 1", "MIT OR Apache-2.0", &[("LICENSE-MIT", "unused"), ("NOTICE", "B was here.")]),
            linked("c 1", "MIT", &mit),
        ])
        .unwrap();
        assert!(text.contains("Under Apache-2.0:\n  b 1\n"), "{text}");
        assert!(text.contains("-\na 1: MIT\nc 1: MIT\n\nBe nice.\n"), "{text}");
        assert!(text.contains("B was here.") && !text.contains("unused"), "{text}");
    }

    #[test]
    fn a_licence_without_its_text_is_an_error() {
        assert!(notices(&[linked("a 1", "MIT", &[])]).unwrap().contains("Permission is hereby granted"));
        assert!(notices(&[linked("a 1", "ISC", &[])]).is_err());
    }

    #[test]
    fn apache_is_taken_only_where_it_is_enough() {
        for licence in ["Apache-2.0", "MIT/Apache-2.0", "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT"] {
            assert!(offers_apache(licence), "{licence}");
        }
        for licence in ["MIT", "Apache-2.0 AND ISC", "Apache-2.0 WITH LLVM-exception"] {
            assert!(!offers_apache(licence), "{licence}");
        }
    }
}
