use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::disks::{FailingDisk, Fails};
use super::{Runs, TODAY, archived, names, of, result};
use crate::catalogue::Kind;
use crate::clock::signing_date;
use crate::disk::SystemDisk;
use crate::evidence::folder::ArchiveFolder;
use crate::evidence::{Manifest, Purge, PurgeAction, plan_purge, verify_archive};

const DAY: Duration = Duration::from_hours(24);

/// An archive that was made so many days ago.
fn aged(root: &Path, name: &str, days: u32) -> PathBuf {
    let folder = root.join(name);
    let at = signing_date(std::time::SystemTime::now() - DAY * days);
    Runs::default().archive(&SystemDisk, &folder, &at).unwrap();
    folder
}

fn planned(root: &Path) -> Vec<(String, &'static str)> {
    let name = |purge: &Purge| purge.folder.strip_prefix(root).unwrap().display().to_string();
    plan_purge(root, DAY * 180).unwrap().iter().map(|purge| (name(purge), purge.action.name())).collect()
}

#[test]
fn only_what_is_whole_and_old_is_removed() {
    let (root, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let root = root.path();
    let damaged = aged(root, "damaged", 200);
    fs::write(damaged.join("face.jpg"), "x").unwrap();
    let extra = aged(root, "extra", 200);
    fs::write(extra.join("note.txt"), "x").unwrap();
    let unfinished = aged(root, "unfinished", 200);
    fs::rename(unfinished.join("manifest.json"), unfinished.join("draft.json")).unwrap();
    fs::write(unfinished.join("note.txt"), "x").unwrap();
    let young = aged(root, "young", 179);
    // Nobody knows how old it is, and it is younger than any.
    let tomorrow = aged(root, "young2", 0);
    let nested = aged(root, "2026/03/old", 181);
    symlink(aged(elsewhere.path(), "old", 200), root.join("link")).unwrap();
    fs::write(root.join("manifest.txt"), "x").unwrap();
    let keep = ["keep_unverified", "keep_young"];
    let wanted = [
        ("2026/03/old", "remove"),
        ("damaged", keep[0]),
        ("extra", keep[0]),
        ("unfinished", keep[0]),
        ("young", keep[1]),
        ("young2", keep[1]),
    ];
    assert_eq!(planned(root), wanted.map(|(name, action)| (name.to_owned(), action)));
    for purge in plan_purge(root, DAY * 180).unwrap() {
        purge.run().unwrap();
    }
    assert!(!nested.exists() && [damaged, extra, unfinished, young, tomorrow].iter().all(|folder| folder.exists()));
    assert!(verify_archive(elsewhere.path().join("old")).unwrap().is_complete());
}

#[test]
fn what_changed_since_the_plan_stays() {
    let (_root, folder) = archived();
    let plan = plan_purge(&folder, Duration::ZERO).unwrap();
    assert_eq!((plan.len(), &plan[0].folder, plan[0].action), (1, &folder, PurgeAction::Remove));
    fs::write(folder.join("note.txt"), "x").unwrap();
    let error = plan[0].run().unwrap_err();
    assert!(error.message().ends_with("hks1: was changed since the purge was planned"), "{error}");
    assert!(folder.join("manifest.json").exists());
}

#[test]
fn an_interrupted_purge_is_no_archive_and_the_next_one_finishes_it() {
    let mut finished = 0;
    for at in 1.. {
        let (root, folder) = archived();
        let disk = FailingDisk::new(Fails::Crashes(at));
        let [plan] = &plan_purge(root.path(), Duration::ZERO).unwrap()[..] else { panic!("one archive") };
        if plan.run_on(&disk).is_ok() {
            break;
        }
        if at == 1 {
            assert!(verify_archive(&folder).unwrap().is_complete());
        } else if folder.exists() {
            assert!(!verify_archive(&folder).unwrap().is_complete(), "{at}");
        }
        let plan = plan_purge(root.path(), Duration::ZERO).unwrap();
        finished += plan.iter().filter(|purge| purge.action == PurgeAction::Finish).count();
        for purge in &plan {
            purge.run().unwrap();
        }
        // Between the last two steps, nothing says any more what the folder was.
        assert!(!folder.exists() || fs::read_dir(&folder).unwrap().next().is_none(), "{at}");
    }
    assert!(finished >= 8, "{finished}");
}

#[test]
fn a_file_that_came_into_an_interrupted_purge_stops_it() {
    let (root, folder) = archived();
    fs::rename(folder.join("manifest.json"), folder.join("removed.json")).unwrap();
    fs::write(folder.join("note.txt"), "x").unwrap();
    let [plan] = &plan_purge(root.path(), Duration::ZERO).unwrap()[..] else { panic!("one archive") };
    assert_eq!(plan.action, PurgeAction::Finish);
    assert!(plan.run().is_err_and(|error| error.message().ends_with("holds files that are no part of an archive")));
    assert!(folder.join("face.jpg").exists());
}

#[test]
fn what_nobody_began_to_remove_stays() {
    let place = tempfile::tempdir().unwrap();
    for mark in ["", "{}", "{\"version\":1}"] {
        fs::write(place.path().join("removed.json"), mark).unwrap();
        fs::write(place.path().join("face.jpg"), "mine").unwrap();
        let [plan] = &plan_purge(place.path(), Duration::ZERO).unwrap()[..] else { panic!("one folder") };
        assert_eq!(plan.action, PurgeAction::KeepUnverified);
        let forged = Purge { action: PurgeAction::Finish, ..plan.clone() };
        assert!(forged.run().is_err() && place.path().join("face.jpg").exists());
    }
}

#[test]
fn archives_are_found_however_deep_and_whatever_their_folders_are_called() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let root = tempfile::tempdir().unwrap();
    let odd = root.path().join(OsStr::from_bytes(b"a\xFF"));
    fs::create_dir(&odd).unwrap();
    let deep = root.path().join("1/2/3/4/5/6/7/8/9/10");
    for above in [&odd, &deep] {
        fs::create_dir_all(above).unwrap();
        aged(above, "old", 200);
    }
    let plan = plan_purge(root.path(), DAY * 180).unwrap();
    assert_eq!(plan.len(), 2);
    for purge in plan {
        purge.run().unwrap();
        assert!(!purge.folder.exists());
    }
    assert!(plan_purge(root.path().join("absent"), DAY).is_err());
}

/// An archive whose run was interrupted when it had asked for the result, so many days ago; a download was under way.
fn interrupted(root: &Path, name: &str, days: u32) -> PathBuf {
    let folder = root.join(name);
    let archive = ArchiveFolder::open(&SystemDisk, &folder).unwrap();
    let fetched_at = Some(signing_date(std::time::SystemTime::now() - DAY * days).into_string());
    archive.draft(Manifest { fetched_at, ..of("hks1") }, &result(), None).unwrap();
    fs::write(folder.join(".0123456789abcdef0123456789abcdef.part"), "x").unwrap();
    folder
}

#[test]
fn what_was_interrupted_is_named_by_its_age_and_goes_where_it_is_run() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    let (old, young) = (interrupted(root, "old", 181), interrupted(root, "young", 179));
    let (other, undated) = (interrupted(root, "other", 181), root.join("undated"));
    fs::write(other.join("note.txt"), "x").unwrap();
    let archive = ArchiveFolder::open(&SystemDisk, &undated).unwrap();
    archive.draft(of("hks1"), &result(), None).unwrap();
    drop(archive);
    let wanted = [("old", "interrupted"), ("other", "keep_unverified"), ("undated", "keep_unverified"), ("young", "keep_young")];
    assert_eq!(planned(root), wanted.map(|(name, action)| (name.to_owned(), action)));
    for purge in plan_purge(root, DAY * 180).unwrap() {
        purge.run().unwrap();
    }
    assert!(!old.exists() && [young, other, undated].iter().all(|folder| folder.join("face.jpg").exists()));
}

type Change<'a> = &'a dyn Fn(&Path);

#[test]
fn what_went_on_since_it_was_planned_stays() {
    let finish = |folder: &Path| Runs::default().archive(&SystemDisk, folder, TODAY).map(drop).unwrap();
    let again = |folder: &Path| drop(interrupted(folder.parent().unwrap(), "a", 190));
    let note = |folder: &Path| fs::write(folder.join("note.txt"), "x").unwrap();
    let changes: [(Change<'_>, &str); 3] = [
        (&finish, "was changed since the purge was planned"),
        (&again, "was changed since the purge was planned"),
        (&note, "holds files that are no part of an archive"),
    ];
    for (change, says) in changes {
        let root = tempfile::tempdir().unwrap();
        let folder = interrupted(root.path(), "a", 200);
        let [plan] = &plan_purge(root.path(), DAY * 180).unwrap()[..] else { panic!("one folder") };
        change(&folder);
        let before = names(&folder);
        assert!(plan.run().is_err_and(|error| error.message().ends_with(says)), "{says}");
        assert_eq!(names(&folder), before);
        // A run that works on it keeps it, too.
        let _lock = ArchiveFolder::open(&SystemDisk, &folder).unwrap();
        assert!(plan.run().is_err_and(|error| error.message().ends_with("is in use by another run")));
    }
}

#[test]
fn an_interrupted_purge_of_what_was_interrupted_is_finished_by_the_next_one() {
    let mut finished = 0;
    for at in 1.. {
        let root = tempfile::tempdir().unwrap();
        let folder = interrupted(root.path(), "a", 200);
        let [plan] = &plan_purge(root.path(), Duration::ZERO).unwrap()[..] else { panic!("one folder") };
        if plan.run_on(&FailingDisk::new(Fails::Crashes(at))).is_ok() {
            break;
        }
        let plan = plan_purge(root.path(), Duration::ZERO).unwrap();
        finished += plan.iter().filter(|purge| purge.action == PurgeAction::Finish).count();
        for purge in &plan {
            purge.run().unwrap();
        }
        assert!(!folder.exists() || fs::read_dir(&folder).unwrap().next().is_none(), "{at}");
    }
    assert!(finished >= 6, "{finished}");
}

#[test]
fn an_empty_path_is_no_folder() {
    let error = plan_purge("", DAY).unwrap_err();
    assert_eq!((error.kind(), error.message()), (Kind::InvalidArgument, "folder: must not be empty"));
}

#[test]
fn what_a_run_left_without_a_draft_goes_with_what_was_interrupted() {
    const PART: &str = ".0123456789abcdef0123456789abcdef.part";
    let root = tempfile::tempdir().unwrap();
    let folder = |name: &str, files: &[&str], days: u32| {
        let folder = root.path().join(name);
        fs::create_dir(&folder).unwrap();
        for file in files {
            fs::write(folder.join(file), "x").unwrap();
            let file = fs::File::options().write(true).open(folder.join(file)).unwrap();
            file.set_modified(std::time::SystemTime::now() - DAY * days).unwrap();
        }
        folder
    };
    let remains = [folder("a", &["draft.json.part"], 181), folder("b", &["face.jpg", "raw.json", PART], 181)];
    let kept = [folder("c", &["raw.json"], 179), folder("d", &["face.jpg"], 181), folder("e", &["raw.json", "note.txt"], 181)];
    let linked = folder("f", &[], 0);
    symlink(kept[1].join("face.jpg"), linked.join("raw.json")).unwrap();
    let wanted = [("a", "interrupted"), ("b", "interrupted"), ("c", "keep_young")];
    assert_eq!(planned(root.path()), wanted.map(|(name, action)| (name.to_owned(), action)));
    let plan = plan_purge(root.path(), DAY * 180).unwrap();
    // Another run has begun in it since.
    fs::write(remains[0].join("draft.json.part"), "y").unwrap();
    assert!(plan[0].run().is_err_and(|error| error.message().ends_with("was changed since the purge was planned")));
    plan[1].run().unwrap();
    plan[2].run().unwrap();
    assert!(remains[0].exists() && !remains[1].exists() && kept.iter().all(|folder| folder.exists()));
}

#[test]
fn an_archive_of_the_future_stays_and_is_marked() {
    let root = tempfile::tempdir().unwrap();
    let at = |days| signing_date(std::time::SystemTime::now() + DAY * days);
    for (name, days) in [("1", 0), ("2", 2)] {
        Runs::default().archive(&SystemDisk, &root.path().join(name), &at(days)).unwrap();
    }
    let plan = plan_purge(root.path(), Duration::ZERO).unwrap();
    let facts = |purge: &Purge| (purge.action, purge.is_of_future);
    assert_eq!(plan.iter().map(facts).collect::<Vec<_>>(), [(PurgeAction::Remove, false), (PurgeAction::KeepYoung, true)]);
}
