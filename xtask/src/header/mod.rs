//! The C header, made by cbindgen from the comments and types of `ffi-c`, and a description of it for other languages.

pub(crate) mod api;
mod description;
mod layout;
mod twins;

use std::path::PathBuf;
use std::process::Command;

use api::Api;

use crate::output::{self, Generated};
use crate::{tree, version};

/// The header, from the repository's root.
pub(crate) const NAME: &str = "include/cloudauth.h";

/// Generates the header, or checks it.
pub(crate) fn run(check: bool) -> Result<String, String> {
    let (bindings, version) = (bindings()?, version::workspace()?);
    let mut api = Api::read(&bindings)?;
    layout::lay_out(&mut api)?;
    twins::find(&mut api)?;
    let files = [
        Generated { name: NAME.to_owned(), text: with_version(&with_layout(&bindings, &api)?, &version)? },
        Generated { name: description::NAME.to_owned(), text: description::text(&api, &version)? },
    ];
    output::settle("header", &files, check)
}

/// What the pinned cbindgen makes of the crate.
fn bindings() -> Result<String, String> {
    let pinned = pinned()?;
    let tools = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from).join("tools");
    // A relative folder counts from where cargo was called, which for a task is the root.
    let program = tree::root().join(&tools).join("bin/cbindgen");
    let wanting = format!(
        "{} is not cbindgen {pinned}; run `cargo install cbindgen --version {pinned} --locked --root {}`",
        program.display(),
        tools.display()
    );
    let version = Command::new(&program).arg("--version").output().map_err(|_| wanting.clone())?;
    if String::from_utf8_lossy(&version.stdout).trim() != format!("cbindgen {pinned}") {
        return Err(wanting);
    }
    let output = Command::new(&program)
        .current_dir(tree::root())
        .args(["--quiet", "--config", "ffi-c/cbindgen.toml", "ffi-c"])
        .output()
        .map_err(|error| format!("cbindgen: {error}"))?;
    if !output.status.success() {
        return Err(format!("cbindgen failed:\n{}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("cbindgen: {error}"))
}

/// The version in tools.mk.
fn pinned() -> Result<String, String> {
    let pins = tree::read("tools.mk")?;
    let pin = pins.lines().find_map(|line| line.strip_prefix("CBINDGEN := "));
    Ok(pin.ok_or("tools.mk: no line `CBINDGEN := x.y.z`")?.trim().to_owned())
}

/// Puts the layout's assertions before the guard's end.
fn with_layout(header: &str, api: &Api) -> Result<String, String> {
    const END: &str = "#endif  /* CLOUDAUTH_H */";
    let (before, _) = header.split_once(END).ok_or("cbindgen's output has no end of the include guard")?;
    Ok(format!("{before}{}\n{END}\n", layout::assertions(api)))
}

/// Fills in the release, `major.minor.patch`; what follows a `-` is no number.
fn with_version(header: &str, version: &str) -> Result<String, String> {
    let numbers: Vec<&str> = version.split('-').next().unwrap_or(version).split('.').collect();
    let [major, minor, patch] = numbers[..] else {
        return Err(format!("Cargo.toml: {version} is not major.minor.patch"));
    };
    let names = [("@VERSION@", version), ("@MAJOR@", major), ("@MINOR@", minor), ("@PATCH@", patch)];
    Ok(names.into_iter().fold(header.to_owned(), |text, (name, value)| text.replace(name, value)))
}

#[cfg(test)]
mod tests {
    use super::api::Api;
    use super::{layout, with_layout, with_version};

    #[test]
    fn the_version_is_filled_in() {
        assert_eq!(with_version("@VERSION@ @MAJOR@,@MINOR@,@PATCH@", "1.20.3-rc.1").unwrap(), "1.20.3-rc.1 1,20,3");
        assert!(with_version("", "1.2").is_err());
    }

    #[test]
    fn assertions_stand_inside_the_guard() {
        let header = "#ifndef X\ntypedef struct a {\n    bool b;\n} a;\n#endif  /* CLOUDAUTH_H */\n";
        let mut api = Api::read(header).unwrap();
        layout::lay_out(&mut api).unwrap();
        let text = with_layout(header, &api).unwrap();
        assert!(text.contains("sizeof(a) == 1") && text.ends_with("#endif\n\n#endif  /* CLOUDAUTH_H */\n"), "{text}");
        assert!(with_layout("", &api).is_err());
    }
}
