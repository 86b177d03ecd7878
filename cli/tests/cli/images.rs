use std::path::Path;

use cloudauth_emulator::Emulator;

use crate::support::{Run, emulator, finish, is_jpeg, is_png, json, mode, replaying, served};

fn fetch(emulator: &Emulator, transaction: &str, folder: &Path, format: &str) -> Run {
    let folder = folder.to_str().unwrap();
    finish(&mut served(emulator, &["check", transaction, "--biz", "b", "--images", folder, "--format", format]))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn they_are_written_for_their_owner_alone() {
    let emulator = emulator();
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("evidence/today");
    let run = fetch(&emulator, "ekycpro200", &folder, "json");
    assert_eq!(run.code, Some(0), "{run:?}");
    let (face, card) = (folder.join("face.jpg"), folder.join("document-01.jpg"));
    assert_eq!(run.stderr, format!("wrote {}\nwrote {}\n", face.display(), card.display()));
    let result = json(&run.stdout);
    assert_eq!(result["face"]["image"]["length"], std::fs::read(&face).unwrap().len());
    assert!(is_jpeg(&face) && is_jpeg(&card));
    assert_eq!([mode(&face), mode(&card), mode(&folder)], [0o600, 0o600, 0o700]);
    assert_eq!(names(&folder), ["document-01.jpg", "face.jpg"]);
}

#[test]
fn they_take_the_place_of_older_ones_and_the_table_lists_them() {
    let emulator = emulator();
    let folder = tempfile::tempdir().unwrap();
    let card = folder.path().join("document-01.png");
    let elsewhere = tempfile::NamedTempFile::new().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), &card).unwrap();
    let said = fetch(&emulator, "idocr200-png", folder.path(), "table").fine();
    assert!(said.contains("\nimages ") && said.ends_with(&format!("  {}\n", card.display())), "{said}");
    assert!(is_png(&card) && std::fs::read(elsewhere.path()).unwrap().is_empty(), "a link is replaced, not followed");
    assert_eq!(mode(&card), 0o600);
}

#[test]
fn a_page_cannot_name_a_file_outside_the_folder() {
    let page = r#"{"idImage":"iVBORw0KGgo="}"#;
    let emulator = replaying(&format!(
        r#"{{"RequestId":"r","Code":"Success","Result":{{"Passed":"Y","ExtIdInfo":{{"ocrIdInfoData":{{"../evil":{page},"/tmp/x":{page},"02":{page}}}}}}}}}"#
    ));
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("in");
    let run = fetch(&emulator, "case", &folder, "json");
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(names(home.path()), ["in"]);
    assert_eq!(names(&folder), ["document-02.png", "document.1.png", "document.2.png"]);
}

#[test]
fn a_folder_that_cannot_be_written_to_costs_no_call() {
    let emulator = emulator();
    let file = tempfile::NamedTempFile::new().unwrap();
    fetch(&emulator, "ekycpro200", file.path(), "json").refused(6, file.path().to_str().unwrap());
    assert!(emulator.calls().is_empty());
}

#[test]
fn a_result_is_shown_even_where_a_picture_cannot_be_written() {
    let emulator = emulator();
    let folder = tempfile::tempdir().unwrap();
    let face = folder.path().join("face.jpg");
    std::fs::create_dir(&face).unwrap();
    let run = fetch(&emulator, "faceverification200", folder.path(), "json");
    assert_eq!(run.code, Some(6), "{run:?}");
    assert_eq!(json(&run.stdout)["passed"], true);
    assert!(run.stderr.contains(face.to_str().unwrap()), "{run:?}");
}
