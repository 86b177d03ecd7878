//! Where archives are while they are on their way to a store or from one: below the system's folder for temporary files.

use std::env;
use std::fs::{self, DirEntry, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::exit::Failure;

const PREFIX: &str = "cloudauth-work-";
/// How many characters the name has after that.
const RANDOM: usize = 6;
const LOCK: &str = "lock";

/// A folder of mode 0700 that goes with the run. What a killed run left there goes when the next run begins.
#[derive(Debug)]
pub(super) struct Workplace {
    folder: TempDir,
    /// Held for as long as the folder is in use.
    _lock: File,
}

impl Workplace {
    pub(super) fn open() -> Result<Self, Failure> {
        Self::open_in(&env::temp_dir())
    }

    fn open_in(root: &Path) -> Result<Self, Failure> {
        let place = Self::make(root).map_err(|error| failed(&error))?;
        // Our own is locked, and so it stays.
        sweep(root, place.folder.path());
        Ok(place)
    }

    fn make(root: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX).rand_bytes(RANDOM).permissions(Permissions::from_mode(0o700));
        let folder = builder.tempdir_in(root)?;
        // Nobody sees the lock before it is held.
        let unseen = folder.path().join("lock.new");
        let lock = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unseen)?;
        lock.lock()?;
        fs::rename(unseen, folder.path().join(LOCK))?;
        Ok(Self { folder, _lock: lock })
    }

    /// A new folder in it.
    pub(super) fn folder(&self) -> Result<TempDir, Failure> {
        TempDir::new_in(self.folder.path()).map_err(|error| failed(&error))
    }
}

/// As messages name it: nobody knows its own name.
pub(super) fn shown() -> String {
    format!("working folder below {} (TMPDIR)", env::temp_dir().display())
}

/// What a file in it failed with.
pub(super) fn failed(error: &io::Error) -> Failure {
    Failure::io(shown(), error)
}

/// Removes the folders of this user's runs that have ended, and nothing that is not such a folder beyond doubt.
fn sweep(root: &Path, own: &Path) {
    let Ok(user) = fs::symlink_metadata(own).map(|own| own.uid()) else { return };
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        if let Some((folder, _lock)) = abandoned(&entry, user) {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// The folder of a run of `user` that has ended, and its lock.
fn abandoned(entry: &DirEntry, user: u32) -> Option<(PathBuf, File)> {
    let name = entry.file_name();
    let random = name.to_str()?.strip_prefix(PREFIX)?;
    let found = entry.metadata().ok()?;
    let is_ours = random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_ours || !found.is_dir() || found.uid() != user || found.mode() & 0o7777 != 0o700 {
        return None;
    }
    let lock = entry.path().join(LOCK);
    let found = fs::symlink_metadata(&lock).ok()?;
    if !found.is_file() || found.uid() != user || found.len() != 0 {
        return None;
    }
    let lock = File::open(lock).ok()?;
    lock.try_lock().ok()?;
    Some((entry.path(), lock))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{DirBuilderExt, symlink};
    use std::thread;

    use super::*;

    /// A folder with a picture in it; `lock` makes the lock.
    fn left(root: &Path, name: &str, mode: u32, lock: impl FnOnce(&Path) -> io::Result<()>) -> PathBuf {
        let folder = root.join(name);
        fs::DirBuilder::new().mode(mode).create(&folder).unwrap();
        fs::write(folder.join("face.jpg"), "a").unwrap();
        lock(&folder.join(LOCK)).unwrap();
        folder
    }

    #[test]
    fn what_a_killed_run_left_goes_and_what_is_in_use_stays() {
        let root = tempfile::tempdir().unwrap();
        let killed = left(root.path(), "cloudauth-work-a1B2c3", 0o700, |lock| fs::write(lock, ""));
        let first = Workplace::open_in(root.path()).unwrap();
        assert!(!killed.exists());
        assert_eq!(fs::metadata(first.folder.path()).unwrap().mode() & 0o7777, 0o700);
        let archive = first.folder().unwrap();
        let second = Workplace::open_in(root.path()).unwrap();
        assert!(archive.path().exists());
        let kept = first.folder.path().to_owned();
        drop((archive, first));
        assert!(!kept.exists() && second.folder.path().exists());
    }

    #[test]
    fn what_is_not_ours_beyond_doubt_stays() {
        let root = tempfile::tempdir().unwrap();
        let free = |lock: &Path| fs::write(lock, "");
        let elsewhere = left(root.path(), "elsewhere", 0o700, free);
        let stay = [
            left(root.path(), "cloudauth-work-aaaaaa", 0o700, |_| Ok(())),
            left(root.path(), "cloudauth-work-bbbbbb", 0o755, free),
            left(root.path(), "cloudauth-work-cccccc", 0o700, |lock| symlink(elsewhere.join(LOCK), lock)),
            left(root.path(), "cloudauth-work-dddddd", 0o700, |lock| fs::create_dir(lock)),
            left(root.path(), "cloudauth-work-eeeeee", 0o700, |lock| fs::write(lock, "mine")),
            left(root.path(), "cloudauth-work-notes", 0o700, free),
            left(root.path(), "cloudauth-work-notes12", 0o700, free),
            left(root.path(), "cloudauth-work-no-tes", 0o700, free),
        ];
        symlink(&elsewhere, root.path().join("cloudauth-work-ffffff")).unwrap();
        Workplace::open_in(root.path()).unwrap();
        for folder in stay.iter().chain([&elsewhere]) {
            assert!(folder.join("face.jpg").exists(), "{}", folder.display());
        }
    }

    #[test]
    fn runs_side_by_side_leave_each_other_alone() {
        let root = tempfile::tempdir().unwrap();
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        let place = Workplace::open_in(root.path()).unwrap();
                        let folder = place.folder().unwrap();
                        fs::write(folder.path().join("face.jpg"), "a").unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    }
}
