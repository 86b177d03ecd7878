//! Whether the program has closed the library's descriptors under it, as daemons do with all that they find open.
//!
//! What stood on them is then no more of use than what a forked child inherits, and closing it would close the program's own
//! files under the same numbers. It is treated as if the process had forked: left where it lies, and made anew.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::linux::fs::MetadataExt;
use std::os::unix::net::UnixDatagram;

use super::fork::{self, PerGeneration};

/// Of no use but to be found closed.
static SENTINEL: PerGeneration<Sentinel> = PerGeneration::new();

struct Sentinel {
    file: File,
    inode: (u64, u64),
}

impl Sentinel {
    fn new() -> io::Result<Self> {
        // A socket has an inode of its own; those of eventfd and epoll are all the same.
        let file = File::from(OwnedFd::from(UnixDatagram::unbound()?));
        let inode = Self::inode(&file)?;
        Ok(Self { file, inode })
    }

    fn is_open(&self) -> bool {
        Self::inode(&self.file).is_ok_and(|inode| inode == self.inode)
    }

    fn inode(file: &File) -> io::Result<(u64, u64)> {
        let metadata = file.metadata()?;
        Ok((metadata.st_dev(), metadata.st_ino()))
    }
}

/// Begins another generation where the descriptors of this one were closed. Costs a system call.
pub(crate) fn generation() -> u64 {
    let generation = fork::generation();
    // Where no descriptor can be had, there is none to lose.
    if let Ok(sentinel) = SENTINEL.get_or_try_init(Sentinel::new)
        && !sentinel.is_open()
    {
        fork::end_generation(generation);
    }
    fork::generation()
}
