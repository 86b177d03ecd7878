//! `--then-delete`: what is deleted at the service was archived before, and is asked for once.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use cloudauth_core::evidence::{ArchiveReport, verify_archive};
use cloudauth_ledger::Ledger;
use serde_json::{Value, json as object};

use crate::support::{Run, emulator, finish, json, served};
use crate::world::World;

/// How often the service was asked to delete each.
pub(crate) fn deletions(world: &World) -> BTreeMap<String, usize> {
    let mut asked = BTreeMap::new();
    for attempt in world.emulator.attempts().iter().filter(|attempt| attempt.action == "DeleteVerifyResult") {
        *asked.entry(attempt.transaction_id.to_string()).or_default() += 1;
    }
    asked
}

/// Whatever the service was asked to delete is in an archive that verifies.
#[track_caller]
pub(crate) fn expect_archived(world: &World) {
    for id in deletions(world).keys() {
        let report = verify_archive(world.out().join("archives").join(id));
        assert!(report.as_ref().is_ok_and(ArchiveReport::is_complete), "{id}: {report:?}");
    }
}

fn deleting(world: &World, more: &[&str]) -> Command {
    world.archive(&[&["--in", "ids.csv", "--resume", "--video-host", "127.0.0.1"], more].concat())
}

fn run(world: &World, more: &[&str]) -> Run {
    finish(&mut deleting(world, more))
}

const ALL: [&str; 2] = ["--then-delete", "All"];

#[test]
fn what_is_archived_is_deleted_and_its_line_says_so() {
    let ids = ["ekycpro200-no1", "ekycpro205-no2", "idocr200", "pending2"];
    let world = World::new(emulator(), ids);
    let first = run(&world, &ALL);
    assert_eq!((first.code, &json(&first.stdout)["deletions"]), (Some(3), &object!({"deleted": 3})), "{first:?}");
    for id in &ids[..3] {
        let line = &world.outcomes()[*id][0];
        let facts = ["outcome", "deletion", "withheld_for", "afterwards"].map(|name| line[name].clone());
        assert_eq!(facts, ["fetched".into(), "deleted".into(), Value::Null, "absent".into()], "{line}");
        let ledger = Ledger::open(&world.out().join("ledger.db")).unwrap();
        assert!(ledger.deleted_at(ledger.find(id).unwrap().unwrap().number).unwrap().is_some());
    }
    expect_archived(&world);
    assert_eq!(deletions(&world), ids[..3].iter().map(|id| ((*id).to_owned(), 1)).collect());
    // Only the one that is left is asked for.
    let calls = world.asked().len();
    assert_eq!((run(&world, &ALL).code, world.asked().len()), (Some(3), calls + 1));
}

#[test]
fn what_an_earlier_run_archived_is_deleted_once() {
    let ids = ["ekycpro200-no1", "ekycpro200-no2", "ekycpro200-no3", "ekycpro200-no4"];
    let world = World::new(emulator(), ids);
    assert_eq!(run(&world, &[]).code, Some(0));
    let before = world.outcomes();
    assert!(before.values().all(|lines| lines[0]["deletion"].is_null()) && deletions(&world).is_empty());
    // One was moved away, and one was deleted by somebody else.
    fs::rename(world.out().join("archives").join(ids[2]), world.folder.path().join("elsewhere")).unwrap();
    finish(&mut served(&world.emulator, &["delete", ids[3], "--delete-type", "All"])).fine();
    let again = run(&world, &ALL);
    assert_eq!(
        (again.code, &json(&again.stdout)["deletions"]),
        (Some(1), &object!({"deleted": 2, "not_asked": 1, "refused": 1})),
        "{again:?}"
    );
    let after = world.outcomes();
    for id in ids {
        assert_eq!((after[id].len(), &after[id][0]["ended_at"]), (1, &before[id][0]["ended_at"]), "its outcome stays");
        assert_eq!(after[id][0]["manifest_sha256"], before[id][0]["manifest_sha256"]);
    }
    let of = |id: &str| after[id][0]["deletion"].clone();
    assert_eq!(ids.map(of), ["deleted".into(), "deleted".into(), Value::Null, "refused".into()]);
    assert!(!world.out().join("archives").join(ids[2]).exists(), "nothing is fetched again");
    // What is gone is not asked for again.
    let asked = deletions(&world);
    assert_eq!(run(&world, &ALL).code, Some(1));
    assert!(ids[..3].iter().all(|id| deletions(&world).get(*id) == asked.get(*id)), "{asked:?}");
    assert_eq!(world.outcomes(), after);
}

#[test]
fn what_has_no_archive_is_not_deleted_and_the_run_says_so() {
    let world = World::new(emulator(), ["ekycpro200-no1", "ekycpro200-no2"]);
    assert_eq!(world.run(&["--in", "ids.csv"]).code, Some(0));
    let again = finish(&mut world.archive(&["--resume", "--then-delete", "All"]));
    assert_eq!((again.code, &json(&again.stdout)["deletions"]), (Some(1), &object!({"not_asked": 2})), "{again:?}");
    // All archives but one were moved away.
    let ids = ["ekycpro200-no1", "ekycpro200-no2", "ekycpro200-no3"];
    let world = World::new(emulator(), ids);
    assert_eq!(run(&world, &[]).code, Some(0));
    for id in &ids[..2] {
        fs::rename(world.out().join("archives").join(id), world.folder.path().join(id)).unwrap();
    }
    let again = run(&world, &ALL);
    assert_eq!((again.code, &json(&again.stdout)["deletions"]), (Some(1), &object!({"deleted": 1, "not_asked": 2})), "{again:?}");
}

#[test]
fn an_archive_that_was_changed_keeps_its_result_and_no_other() {
    let ids = ["ekycpro200-no1", "ekycpro200-no2", "ekycpro200-no3", "ekycpro200-no4"];
    let world = World::new(emulator(), ids);
    assert_eq!(run(&world, &[]).code, Some(0));
    let before = world.outcomes();
    let archive = |id: &str| world.out().join("archives").join(id);
    let face = fs::read(archive(ids[0]).join("face.jpg")).unwrap();
    fs::write(archive(ids[0]).join("face.jpg"), &face[1..]).unwrap();
    // The second has the archive of the third.
    fs::rename(archive(ids[1]), world.folder.path().join("second")).unwrap();
    let copied = Command::new("cp").arg("-a").args([archive(ids[2]), archive(ids[1])]).status().unwrap();
    assert!(copied.success());
    let deleting = || run(&world, &[&ALL[..], &["--concurrency", "1"]].concat());
    let first = deleting();
    let facts = |id: &str| ["deletion", "withheld_for"].map(|name| world.outcomes()[id][0][name].clone());
    let withheld = |why| [object!("withheld"), object!([why])];
    assert_eq!((first.code, &json(&first.stdout)["deletions"]), (Some(1), &object!({"deleted": 2, "withheld": 2})), "{first:?}");
    assert!(
        first.stderr.contains("no1: is an archive that was changed") && first.stderr.contains("no2: is the archive of another")
    );
    let done = [object!("deleted"), Value::Null];
    assert_eq!(ids.map(facts), [withheld("changed"), withheld("foreign"), done.clone(), done.clone()]);
    assert_eq!(deletions(&world), ids[2..].iter().map(|id| ((*id).to_owned(), 1)).collect());
    for id in ids {
        assert_eq!(["outcome", "passed", "ended_at"].map(|name| world.outcomes()[id][0][name] == before[id][0][name]), [true; 3]);
    }
    // Once they are mended, they are deleted as well.
    fs::write(archive(ids[0]).join("face.jpg"), face).unwrap();
    fs::remove_dir_all(archive(ids[1])).unwrap();
    fs::rename(world.folder.path().join("second"), archive(ids[1])).unwrap();
    assert_eq!(deleting().code, Some(0));
    assert_eq!(ids.map(facts), [(); 4].map(|()| done.clone()));
}

#[test]
fn a_folder_that_holds_something_else_costs_only_its_transaction() {
    let world = World::new(emulator(), ["ekycpro200-no1", "ekycpro200-no2"]);
    let folder = world.out().join("archives/ekycpro200-no1");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("note.txt"), "x").unwrap();
    let first = run(&world, &["--concurrency", "1"]);
    assert_eq!((first.code, &json(&first.stdout)["put_off"]), (Some(3), &object!({"io": 1})), "{first:?}");
    assert!(first.stderr.contains("no1: holds files that are no part of an archive") && first.stderr.lines().count() == 1);
    assert_eq!(world.outcomes().keys().collect::<Vec<_>>(), ["ekycpro200-no2"]);
    fs::remove_file(folder.join("note.txt")).unwrap();
    assert_eq!(run(&world, &[]).code, Some(0));
}

#[test]
fn what_stands_against_it_is_said_and_can_be_accepted() {
    let world = World::new(emulator(), [""; 0]);
    let started = object!({
        "version": 1, "transaction_id": "idocr200", "merchant_biz_id": "order1", "product_code": "ID_OCR", "doc_video": true,
        "endpoint": world.emulator.endpoint(), "initialized_at": "2026-03-01T10:00:00Z",
    });
    fs::write(world.list(), started.to_string()).unwrap();
    let facts =
        || ["outcome", "deletion", "withheld_for", "afterwards"].map(|name| world.outcomes()["idocr200"][0][name].clone());
    let withheld: [Value; 4] = ["fetched".into(), "withheld".into(), object!(["no_video"]), Value::Null];
    assert_eq!((run(&world, &ALL).code, facts()), (Some(1), withheld.clone()));
    let calls = world.asked().len();
    assert_eq!((run(&world, &ALL).code, facts(), world.asked().len()), (Some(1), withheld, calls));
    let accepted = run(&world, &[&ALL[..], &["--even-so", "no_video"]].concat());
    assert_eq!(accepted.code, Some(0), "{accepted:?}");
    assert_eq!(facts(), ["fetched".into(), "deleted".into(), Value::Null, "absent".into()]);
}

#[test]
fn a_missing_right_ends_the_run_and_what_is_archived_stays() {
    let world = World::new(emulator(), ["ekycpro200-no1", "ekycpro200-no2"]);
    world.emulator.set_faults(vec!["access-denied:action=DeleteVerifyResult".parse().unwrap()], None, 0).unwrap();
    let denied = run(&world, &[&ALL[..], &["--concurrency", "1"]].concat());
    assert_eq!((denied.code, world.outcomes().len()), (Some(4), 0), "{denied:?}");
    world.emulator.set_faults(Vec::new(), None, 0).unwrap();
    let results = world.asked().len();
    assert_eq!(run(&world, &[]).code, Some(0));
    // The second, and neither the first nor a deletion.
    assert_eq!((world.outcomes().len(), world.asked().len()), (2, results + 1));
}

#[test]
fn an_option_that_breaks_a_rule_is_named_before_anything_is_asked() {
    let world = World::new(emulator(), ["ekycpro200-no1"]);
    run(&world, &["--then-delete", "all"]).refused(2, "--then-delete: must be Img, Text or All");
    run(&world, &["--even-so", "pending"]).refused(2, "--even-so: says nothing without --then-delete");
    run(&world, &["--then-delete", "All", "--even-so", "all"]).refused(2, "--even-so: must hold pending");
    run(&world, &["--then-delete", "All", "--no-pictures"]).refused(2, "--then-delete: needs archives");
    run(&world, &["--video-host", "https://x/"]).refused(2, "--video-host: ");
    run(&world, &["--max-video-bytes", "0"]).refused(2, "--max-video-bytes: must be from 1");
    assert!(world.asked().is_empty() && !world.out().exists());
}
