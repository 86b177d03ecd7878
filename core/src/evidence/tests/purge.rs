use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::disks::{FailingDisk, Fails};
use super::{Runs, archived};
use crate::clock::signing_date;
use crate::disk::SystemDisk;
use crate::evidence::{Purge, PurgeAction, plan_purge, verify_archive};

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
    assert_eq!(plan, [Purge { folder: folder.clone(), action: PurgeAction::Remove }]);
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
