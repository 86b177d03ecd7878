use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use cloudauth_ledger::{Ledger, Lock};

use crate::support::{Folder, add, at, begun};

#[track_caller]
fn refused(path: &Path, says: &str) {
    let message = Ledger::open(path).unwrap_err().to_string();
    assert_eq!(message, format!("{}: {says}", path.display()));
}

#[test]
fn files_of_others_are_refused_and_left_alone() {
    let folder = Folder::new();
    let path = folder.path();
    let text = "transaction_id,merchant_biz_id\n".repeat(100);
    fs::write(&path, &text).unwrap();
    refused(&path, "is no ledger of cloudauth");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    fs::remove_file(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE transactions (number INTEGER); PRAGMA user_version = 1").unwrap();
    refused(&path, "is no ledger of cloudauth");
    refused(Path::new("/does/not/exist/ledger.db"), "cannot be used (No such file or directory)");
}

#[test]
fn a_ledger_of_a_later_release_is_refused() {
    let folder = Folder::new();
    drop(folder.ledger());
    rusqlite::Connection::open(folder.path()).unwrap().pragma_update(None, "user_version", 1000).unwrap();
    refused(&folder.path(), "is a ledger of a newer cloudauth");
}

#[test]
fn a_damaged_ledger_is_named() {
    let folder = Folder::new();
    add(&mut folder.ledger(), begun("a"), at(0));
    let bytes = fs::read(folder.path()).unwrap();
    fs::write(folder.path(), &bytes[..bytes.len() / 2]).unwrap();
    let read = Ledger::open(&folder.path()).and_then(|ledger| ledger.find("a"));
    assert!(read.unwrap_err().to_string().contains("is damaged"));
}

#[test]
fn the_files_are_their_owners_alone_and_hold_nothing_in_the_open_elsewhere() {
    let folder = Folder::new();
    let mut ledger = folder.ledger();
    add(&mut ledger, begun("a"), at(0));
    let _lock = Lock::take(&folder.path()).unwrap();
    let files: Vec<_> = fs::read_dir(folder.path().parent().unwrap()).unwrap().map(Result::unwrap).collect();
    assert_eq!(files.len(), 4, "{files:?}");
    for file in files {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
    }
}

#[test]
fn one_run_has_a_ledger_and_others_may_add_to_it() {
    let folder = Folder::new();
    let lock = Lock::take(&folder.path()).unwrap();
    let refused = Lock::take(&folder.path()).unwrap_err();
    assert!(refused.is_in_use() && refused.to_string().ends_with("wait for its end, or name another ledger"), "{refused}");
    assert!(add(&mut folder.ledger(), begun("a"), at(0)));
    drop(lock);
    Lock::take(&folder.path()).unwrap();
}

/// A file system of two megabytes, where this process may make one.
struct Small(tempfile::TempDir);

impl Small {
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted =
            std::process::Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m", "none"]).arg(folder.path()).status();
        let mounted = mounted.is_ok_and(|status| status.success());
        if !mounted {
            eprintln!("skipped: a small file system cannot be mounted here; root can");
        }
        mounted.then(|| Self(folder))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_keeps_what_was_committed_and_says_so() {
    let Some(small) = Small::mount() else { return };
    let path = small.0.path().join("ledger.db");
    let mut ledger = Ledger::open(&path).unwrap();
    let mut kept = 0;
    let full = loop {
        let write = |ledger: &mut Ledger| -> cloudauth_ledger::Result<()> {
            let mut batch = ledger.batch()?;
            for number in 0..100 {
                batch.add(begun(&format!("{kept}-{number}-{}", "x".repeat(100))), at(0))?;
            }
            batch.commit()
        };
        match write(&mut ledger) {
            Ok(()) => kept += 1,
            Err(full) => break full,
        }
        assert!(kept < 1000, "two megabytes do not fill");
    };
    assert_eq!(full.to_string(), format!("{}: there is no space left for it; what is in it is whole", path.display()));
    drop(ledger);
    assert_eq!(Ledger::open(&path).unwrap().counts().unwrap().open, kept * 100);
}
