//! The header by itself.

use std::collections::BTreeSet;
use std::fs;

use cloudauth_core::options::OPTIONS;

use crate::support::{compiler, folder, succeed};

#[test]
fn it_compiles_strictly_and_twice() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let source = "#include \"cloudauth.h\"\n#include \"cloudauth.h\"\nint main(void) { return (int)cloudauth_abi_version(); }\n";
    for (name, program, standards) in [("a.c", "cc", &["c99", "c11", "c17"][..]), ("a.cpp", "c++", &["c++11", "c++17", "c++20"])]
    {
        let path = place.path().join(name);
        fs::write(&path, source).expect("the source can be written");
        for standard in standards {
            let object = place.path().join("a.o");
            succeed(compiler(program).arg(format!("-std={standard}")).arg("-c").arg(&path).arg("-o").arg(object));
        }
    }
}

#[test]
fn an_outcome_that_is_ignored_is_a_warning() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let path = place.path().join("a.c");
    fs::write(&path, "#include \"cloudauth.h\"\nvoid f(void) { cloudauth_explain(\"200\", 0); }\n")
        .expect("the source can be written");
    let output = compiler("cc").arg("-c").arg(&path).arg("-o").arg(place.path().join("a.o")).output().expect("cc runs");
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("unused-result"));
}

/// Functions of the host's, and the setters of any option by name.
const BY_HAND: [&str; 7] =
    ["credentials_callback", "credentials_start", "event_callback", "limiter_callback", "limiter_start", "text", "number"];

#[test]
fn every_option_has_a_setter() {
    let header = fs::read_to_string(folder("include/cloudauth.h")).expect("the header is there");
    let setters: BTreeSet<&str> = header
        .lines()
        .filter_map(|line| line.strip_prefix("void cloudauth_config_set_")?.split_once('(').map(|(name, _)| name))
        .filter(|name| !BY_HAND.contains(name))
        .collect();
    assert_eq!(setters, OPTIONS.iter().map(|option| option.name).collect());
}
