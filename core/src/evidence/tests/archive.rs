use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::disks::{FailingDisk, Fails};
use super::{FILES, Runs, TODAY, archived, names, of, result};
use crate::buffer::Buffer;
use crate::catalogue::Kind;
use crate::disk::{PART, SystemDisk};
use crate::evidence::folder::{ArchiveFolder, Stage};
use crate::evidence::{Manifest, verify_archive};
use crate::result::{CheckResult, Raw};

fn is_complete(folder: &Path) -> bool {
    folder.exists() && verify_archive(folder).unwrap().is_complete()
}

#[test]
fn an_archive_has_its_files_and_is_its_owners_alone() {
    let (_root, folder) = archived();
    let mode = |path: &Path| fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let mut there = names(&folder);
    assert!(there.iter().filter(|name| *name != "video.webm").all(|name| mode(&folder.join(name)) == 0o600));
    there.retain(|name| name != "manifest.json");
    assert_eq!(there, FILES);
    assert!(is_complete(&folder));
    let manifest = Manifest::from_json(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let face = &manifest.files["face.jpg"];
    let result = fs::read_to_string(folder.join("result.json")).unwrap();
    assert!(result.contains(&format!("{{\"length\":{},\"sha256\":\"{}\"", face.size, face.sha256)), "{result}");
    assert!(manifest.missing.is_empty());
}

#[test]
fn what_is_not_there_has_a_reason() {
    let place = tempfile::tempdir().unwrap();
    let archive = ArchiveFolder::open(&SystemDisk, place.path()).unwrap();
    let missing = |not_asked: &[&str], result: &CheckResult| {
        let mut manifest = of("hks1");
        manifest.missing = not_asked.iter().map(|what| ((*what).to_owned(), "not_asked".to_owned())).collect();
        let draft = archive.draft(manifest, result, None).unwrap();
        let (manifest, _) = archive.finish(draft, "gone", TODAY).unwrap();
        assert!(is_complete(place.path()));
        archive.reopen().unwrap();
        manifest.missing.iter().map(|(what, why)| format!("{what} {why}")).collect::<Vec<_>>()
    };
    let empty = CheckResult::default();
    assert_eq!(missing(&[], &empty), ["document none_sent", "face none_sent", "raw not_asked", "video none_offered"]);
    let nothing = ["raw", "face", "document", "video"];
    assert_eq!(missing(&nothing, &empty), ["document not_asked", "face not_asked", "raw not_asked", "video none_offered"]);
    assert_eq!(names(place.path()), ["draft.json", "result.json"]);
    // The reply came all the same.
    assert_eq!(missing(&["raw", "video"], &result()), ["raw not_asked", "video not_asked"]);
    assert_eq!(missing(&[], &result()), ["video gone"]);
    let pending = CheckResult { passed: None, extra: [("Passed".to_owned(), "P".into())].into_iter().collect(), ..result() };
    assert_eq!(missing(&[], &pending), ["verdict pending", "video gone"]);
}

/// Every step of a run fails once, and every step is once the last before the machine is gone.
#[test]
fn what_was_interrupted_is_completed_by_the_next_run() {
    let count = |fails| {
        let place = tempfile::tempdir().unwrap();
        let disk = FailingDisk::new(fails);
        Runs::default().archive(&disk, &place.path().join("a"), TODAY).unwrap();
        disk.steps.into_inner().unwrap().len()
    };
    let steps = count(Fails::Never);
    assert!(steps > 40, "{steps}");
    let mut spared = 0;
    for at in 1..=steps {
        for fails in [Fails::Once(at), Fails::Crashes(at)] {
            let place = tempfile::tempdir().unwrap();
            let (folder, runs) = (place.path().join("a"), Runs::default());
            let failing = FailingDisk::new(fails);
            let outcome = runs.archive(&failing, &folder, TODAY);
            // A leftover that is not there need not be removed, and cannot be missed.
            if let Err(error) = &outcome {
                assert_eq!(error.kind(), Kind::Io, "{fails:?}: {error}");
            }
            let had_manifest = folder.join("manifest.json").exists();
            assert_eq!(is_complete(&folder), had_manifest, "{fails:?}");
            assert!(had_manifest || outcome.is_err(), "{fails:?}");
            let had_draft = folder.join("draft.json").exists();
            // Of a download that the machine did not see to its end.
            if folder.exists() && !had_manifest {
                fs::write(folder.join(".0123456789abcdef0123456789abcdef.part"), "x").unwrap();
            }
            runs.archive(&SystemDisk, &folder, "2026-03-02T10:00:00Z").unwrap_or_else(|error| panic!("{fails:?}: {error}"));
            assert!(is_complete(&folder), "{fails:?}");
            assert_eq!(names(&folder).len(), FILES.len() + 1, "{fails:?}");
            // The video can be asked for only for minutes.
            assert_eq!(runs.downloaded.get(), 1, "{fails:?}");
            spared += u32::from(had_draft && runs.fetched.get() == 1);
        }
    }
    assert!(spared > 5, "{spared}");
}

/// A file's bytes reach the disk before its name does, and the manifest's name comes after all others.
#[test]
fn names_come_after_bytes_and_the_manifest_comes_last() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().canonicalize().unwrap().join("a");
    let disk = FailingDisk::new(Fails::Never);
    Runs::default().archive(&disk, &folder, TODAY).unwrap();
    let steps = disk.steps.into_inner().unwrap();
    let steps: Vec<_> = steps
        .iter()
        .map(|(step, path)| (*step, path.strip_prefix(place.path().canonicalize().unwrap()).unwrap().to_str().unwrap()))
        .collect();
    for name in ["draft.json", "result.json", "raw.json", "face.jpg", "document-01.png", "document-02.jpg"] {
        let (part, named) = (format!("a/{name}.part"), format!("a/{name}"));
        let at = steps.iter().position(|step| *step == ("write", &part)).unwrap();
        assert_eq!(steps[at..at + 4], [("write", &*part), ("sync", &*part), ("rename", &*named), ("sync", "a")], "{name}");
    }
    assert_eq!(steps[steps.len() - 3..], [("sync", "a"), ("rename", "a/manifest.json"), ("sync", "a")]);
    assert_eq!(steps[..2], [("make_folder", "a"), ("sync", "")]);
}

#[test]
fn a_full_disk_leaves_nothing_in_part() {
    for room in [0, 10, 900, 1200] {
        let place = tempfile::tempdir().unwrap();
        let error = Runs::default().archive(&FailingDisk::new(Fails::Full(room)), place.path(), TODAY).unwrap_err();
        assert_eq!(error.kind(), Kind::Io);
        assert!(error.message().ends_with("cannot be written (no storage space)"), "{error}");
        let left = names(place.path());
        assert!(!left.iter().any(|name| name.ends_with(PART) || name == "manifest.json"), "{left:?}");
        Runs::default().archive(&SystemDisk, place.path(), TODAY).unwrap();
        assert!(is_complete(place.path()));
    }
}

/// A file system of 1 MiB, unmounted when it goes.
struct Small(tempfile::TempDir);

impl Small {
    fn mount() -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(place.path());
        mount.output().is_ok_and(|output| output.status.success()).then_some(Self(place))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_file_system_that_is_full_is_one_error_and_room_completes_it() {
    let Some(small) = Small::mount() else {
        eprintln!("SKIPPED: only root may mount a file system of 1 MiB");
        return;
    };
    let (folder, ballast) = (small.0.path().join("a"), small.0.path().join("ballast"));
    fs::write(&ballast, vec![0; 900 << 10]).unwrap();
    let archive = || {
        let archive = ArchiveFolder::open(&SystemDisk, &folder)?;
        let raw = Raw::of(Buffer::from(vec![b'x'; 300 << 10]));
        let draft = archive.draft(of("hks1"), &CheckResult { raw, ..result() }, None)?;
        archive.finish(draft, "none_offered", TODAY)
    };
    let error = archive().unwrap_err();
    assert!(error.message().ends_with("a/raw.json: cannot be written (No space left on device)"), "{error}");
    assert_eq!(names(&folder), ["draft.json", "result.json"]);
    fs::remove_file(ballast).unwrap();
    archive().unwrap();
    assert!(is_complete(&folder));
}

#[test]
fn a_whole_archive_is_not_fetched_again() {
    let (_root, folder) = archived();
    let before = fs::read(folder.join("manifest.json")).unwrap();
    let (runs, disk) = (Runs::default(), FailingDisk::new(Fails::Never));
    let manifest = runs.archive(&disk, &folder, "2026-03-02T10:00:00Z").unwrap();
    assert_eq!(runs.fetched.get() + runs.downloaded.get(), 0);
    assert_eq!(manifest.archived_at.as_deref(), Some(TODAY));
    assert_eq!(fs::read(folder.join("manifest.json")).unwrap(), before);
    let steps: Vec<_> = disk.steps.into_inner().unwrap().into_iter().map(|(step, _)| step).collect();
    assert_eq!(steps, ["make_folder"]);
}

#[test]
fn files_that_were_there_before_are_left_alone() {
    for name in ["face.jpg", "result.json", "video.webm", "receipt.json", "document-99.jpg", "notes.txt"] {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join(name), "mine").unwrap();
        let runs = Runs::default();
        let error = runs.archive(&SystemDisk, place.path(), TODAY).unwrap_err();
        assert!(error.message().ends_with("holds files that are no part of an archive"), "{name}: {error}");
        assert_eq!((runs.fetched.get(), fs::read_to_string(place.path().join(name)).unwrap()), (0, "mine".to_owned()));
    }
}

#[test]
fn an_archive_in_an_archive_is_refused() {
    let (root, folder) = archived();
    for inside in [folder.join("2"), folder.join("a/b")] {
        let error = ArchiveFolder::open(&SystemDisk, &inside).err().unwrap();
        assert!(error.message().contains("/hks1/") && error.message().contains(": lies in the archive "), "{error}");
        assert!(!inside.exists());
    }
    // What another program calls its manifest is no archive.
    fs::write(root.path().join("manifest.json"), "{\"name\": \"shop\"}").unwrap();
    Runs::default().archive(&SystemDisk, &root.path().join("hks2"), TODAY).unwrap();
}

#[test]
fn another_reply_leaves_nothing_of_the_one_before() {
    let place = tempfile::tempdir().unwrap();
    let archive = ArchiveFolder::open(&SystemDisk, place.path()).unwrap();
    archive.draft(of("hks1"), &result(), None).unwrap();
    assert!(matches!(archive.stage(&of("hks1")), Ok(Stage::Drafted(_))));
    archive.draft(of("hks1"), &CheckResult::default(), None).unwrap();
    assert_eq!(names(place.path()), ["draft.json", "result.json"]);
}

#[test]
fn what_is_no_part_of_this_archive_is_left_alone() {
    let refused = |prepare: &dyn Fn(&Path), says: &str| {
        let (_root, folder) = archived();
        prepare(&folder);
        let before = names(&folder);
        let error = Runs::default().archive(&SystemDisk, &folder, TODAY).unwrap_err();
        assert_eq!(error.kind(), Kind::Io);
        assert!(error.message().ends_with(says), "{error}");
        assert_eq!(names(&folder), before);
    };
    let put = |folder: &Path, name: &str| fs::write(folder.join(name), "x").unwrap();
    refused(&|folder| put(folder, "Chan Tai Man.txt"), "hks1: holds files that are no part of an archive");
    refused(&|folder| put(folder, "face.jpg"), "is an archive that was changed; verify it, and archive into another folder");
    refused(&|folder| put(folder, "manifest.json"), "is an archive that was changed; verify it, and archive into another folder");
    refused(&|folder| put(folder, "removed.json"), "hks1: is being removed");
    let other = of("hks2");
    let (_root, folder) = archived();
    let archive = ArchiveFolder::open(&SystemDisk, &folder).unwrap();
    assert!(archive.stage(&other).is_err_and(|error| error.message().ends_with("is the archive of another verification")));
    let second = ArchiveFolder::open(&SystemDisk, &folder).err().unwrap();
    assert!(second.message().ends_with("hks1: is in use by another run"), "{second}");
}
