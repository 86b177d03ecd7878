use std::fs::{self, OpenOptions};
use std::os::unix::fs::symlink;
use std::path::Path;

use super::{FILES, archived, names};
use crate::catalogue::Kind;
use crate::evidence::verify_archive;

fn problems(folder: &Path) -> Vec<(String, &'static str)> {
    let found = verify_archive(folder).unwrap();
    assert_eq!(found.is_complete(), found.problems.is_empty());
    found.problems.into_iter().map(|problem| (problem.file, problem.problem.name())).collect()
}

#[test]
fn each_byte_of_each_file_counts() {
    let (_root, folder) = archived();
    for name in names(&folder) {
        let path = folder.join(&name);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            fs::write(&path, changed).unwrap();
            match verify_archive(&folder) {
                Ok(found) => {
                    let problems: Vec<_> = found.problems.iter().map(|one| (&*one.file, one.problem.name())).collect();
                    assert_eq!(problems, [(&*name, "changed")], "{name}, byte {at}");
                }
                // The version's digit.
                Err(error) => assert!(name == "manifest.json" && error.message().contains("newer"), "{name}, byte {at}: {error}"),
            }
        }
        fs::write(&path, whole).unwrap();
    }
    assert_eq!(problems(&folder), []);
}

#[test]
fn files_that_are_cut_grown_missing_or_replaced_are_named() {
    for name in FILES.into_iter().chain(["manifest.json"]) {
        let (_root, folder) = archived();
        let (path, aside) = (folder.join(name), folder.join("../aside"));
        let whole = fs::read(&path).unwrap();
        let is = |says: &'static str| assert_eq!(problems(&folder), [(name.to_owned(), says)], "{name}");
        OpenOptions::new().write(true).open(&path).unwrap().set_len(whole.len() as u64 - 1).unwrap();
        is("changed");
        fs::write(&path, [&*whole, b"\n"].concat()).unwrap();
        is("changed");
        fs::remove_file(&path).unwrap();
        is("missing");
        // A link to the very same bytes.
        fs::write(&aside, &whole).unwrap();
        symlink(&aside, &path).unwrap();
        is("not_regular");
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        is("not_regular");
    }
}

#[test]
fn what_the_manifest_does_not_have_is_named() {
    let (_root, folder) = archived();
    fs::write(folder.join("note.txt"), "").unwrap();
    fs::create_dir(folder.join("more")).unwrap();
    fs::write(folder.join("face.png"), "").unwrap();
    let unknown = |name: &str| (name.to_owned(), "unknown");
    assert_eq!(problems(&folder), [unknown("face.png"), unknown("more"), unknown("note.txt")]);
    fs::remove_file(folder.join("manifest.json")).unwrap();
    let object = serde_json::json!({
        "complete": false, "manifest_sha256": null, "problems": [{"file": "manifest.json", "problem": "missing"}],
    });
    assert_eq!(serde_json::Value::from(verify_archive(&folder).unwrap().to_object()), object);
}

#[test]
fn a_draft_is_no_manifest() {
    let (_root, folder) = archived();
    let manifest = verify_archive(&folder).unwrap().manifest.unwrap();
    let draft = crate::evidence::Manifest { archived_at: None, ..manifest };
    fs::write(folder.join("manifest.json"), draft.to_json().unwrap()).unwrap();
    assert_eq!(problems(&folder), [("manifest.json".to_owned(), "changed")]);
}

#[test]
fn a_folder_that_is_none_is_an_error() {
    let (_root, folder) = archived();
    for path in [folder.join("absent"), folder.join("face.jpg")] {
        let error = verify_archive(path).unwrap_err();
        assert_eq!(error.kind(), Kind::Io);
        assert!(error.message().contains(": cannot be read ("), "{error}");
    }
}

#[test]
fn an_empty_path_is_no_folder() {
    let error = verify_archive("").unwrap_err();
    assert_eq!((error.kind(), error.message()), (Kind::InvalidArgument, "folder: must not be empty"));
}
