//! Disks that fail.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::disk::{Disk, SystemDisk};

/// How a disk fails from one step on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fails {
    Never,
    /// This step alone.
    Once(usize),
    /// This step and all that follow it: the machine is gone.
    Crashes(usize),
    /// So many bytes have room.
    Full(usize),
}

/// What was done to which path, in order.
pub(super) struct FailingDisk {
    fails: Fails,
    pub(super) steps: Mutex<Vec<(&'static str, PathBuf)>>,
    written: Mutex<usize>,
}

impl FailingDisk {
    pub(super) fn new(fails: Fails) -> Self {
        Self { fails, steps: Mutex::default(), written: Mutex::default() }
    }

    fn step(&self, name: &'static str, path: &Path) -> io::Result<()> {
        let mut steps = self.steps.lock().unwrap();
        steps.push((name, path.to_owned()));
        let number = steps.len();
        let fails = match self.fails {
            Fails::Once(at) => number == at,
            Fails::Crashes(at) => number >= at,
            Fails::Never | Fails::Full(_) => false,
        };
        if fails { Err(io::Error::other("the test's")) } else { Ok(()) }
    }
}

fn path_of(file: &File) -> PathBuf {
    use std::os::fd::AsRawFd;
    std::fs::read_link(format!("/proc/self/fd/{}", file.as_raw_fd())).unwrap()
}

impl Disk for FailingDisk {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.step("make_folder", path)?;
        SystemDisk.make_folder(path)
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        self.step("create", path)?;
        SystemDisk.create(path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        let mut written = self.written.lock().unwrap();
        *written += bytes.len();
        if matches!(self.fails, Fails::Full(room) if *written > room) {
            file.write_all(&bytes[..bytes.len() / 2])?;
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.step("write", &path_of(file)).inspect_err(|_| file.write_all(&bytes[..bytes.len() / 2]).unwrap())?;
        SystemDisk.write(file, bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.step("sync", &path_of(file))?;
        SystemDisk.sync(file)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("rename", to)?;
        SystemDisk.rename(from, to)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("link", to)?;
        SystemDisk.link(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step("remove", path)?;
        SystemDisk.remove(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step("remove_folder", path)?;
        SystemDisk.remove_folder(path)
    }
}
