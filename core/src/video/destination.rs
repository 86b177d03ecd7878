//! Where a video's bytes go.

use std::path::Path;

use super::new_file::NewFile;
use crate::catalogue::Kind;
use crate::disk::Disk;
use crate::error::{Error, Result};
use crate::receiver::Receiver;

/// Where the caller wants them.
#[derive(Clone, Copy)]
pub(crate) enum Target<'a> {
    File { disk: &'a dyn Disk, path: &'a Path, overwrite: bool },
    Receiver(&'a Receiver),
}

pub(super) enum Destination<'a> {
    File(NewFile<'a>),
    Receiver {
        receiver: &'a Receiver,
        /// How many bytes it has, which nobody takes back.
        handed: u64,
    },
}

impl<'a> Destination<'a> {
    /// `nonce`: as in [`NewFile::create`].
    pub(super) fn open(target: Target<'a>, nonce: &str) -> Result<Self> {
        Ok(match target {
            Target::File { disk, path, overwrite } => Self::File(NewFile::create(disk, path, overwrite, nonce)?),
            Target::Receiver(receiver) => Self::Receiver { receiver, handed: 0 },
        })
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        match self {
            Self::File(file) => file.write(bytes),
            Self::Receiver { receiver, handed } => {
                *handed += bytes.len() as u64;
                receiver.take(bytes)
            }
        }
    }

    /// Forgets what was written, where that can be: an error says that a receiver has some of it.
    pub(super) fn restart(&mut self) -> Result<()> {
        match self {
            Self::File(file) => file.restart(),
            Self::Receiver { handed: 0, .. } => Ok(()),
            Self::Receiver { handed, .. } => {
                let what =
                    format!("the video broke off and would begin anew, but the receiver already has its first {handed} bytes");
                let error =
                    Error::new(Kind::Network, what).with_advice("Discard what the receiver got, and fetch the video again.");
                // A call that is only repeated would add to what the receiver has.
                Err(error.permanent())
            }
        }
    }

    /// All was written.
    pub(super) fn finish(self) -> Result<()> {
        match self {
            Self::File(file) => file.finish(),
            Self::Receiver { .. } => Ok(()),
        }
    }
}
