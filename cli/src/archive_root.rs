//! Where archives are filed, and how.

use std::path::PathBuf;
use std::time::Duration;

use cloudauth_core::CallOptions;

use crate::archive_place::ArchivePlace;
use crate::client::ClientArgs;
use crate::destination::Destination;
use crate::exit::Failure;
use crate::filed::{Filed, Unfiled};
#[cfg(feature = "objects")]
use crate::objects::{Encryption, ObjectArchives};

/// How archives are filed.
#[derive(clap::Args)]
pub(crate) struct FilingArgs {
    /// Encryption that the object store is asked for: AES256, KMS, KMS:KEY-ID or, in OSS, SM4 [default: the bucket's own]
    #[cfg(feature = "objects")]
    #[arg(long, value_name = "HOW", help_heading = "Object storage")]
    encrypt: Option<Encryption>,
}

/// A folder, or a prefix of a bucket.
pub(crate) enum ArchiveRoot {
    Folder(PathBuf),
    #[cfg(feature = "objects")]
    Objects(Box<ObjectArchives>),
}

impl ArchiveRoot {
    /// Nothing is sent. `client` has the keys.
    #[cfg_attr(not(feature = "objects"), allow(unused_variables, reason = "they are for object storage"))]
    pub(crate) fn open(
        destination: Destination,
        args: &FilingArgs,
        client: &ClientArgs,
        patience: Duration,
    ) -> Result<Self, Failure> {
        match destination {
            #[cfg(feature = "objects")]
            Destination::Folder(_) if args.encrypt.is_some() => {
                Err(Failure::usage("--encrypt", "is for object storage; --out names a folder"))
            }
            Destination::Folder(folder) => Ok(Self::Folder(folder)),
            #[cfg(feature = "objects")]
            Destination::Objects(url) => {
                let keys = || Ok(client.builder()?.credentials_provider()?);
                Ok(Self::Objects(Box::new(ObjectArchives::open(url, args.encrypt.as_ref(), patience, keys)?)))
            }
        }
    }

    /// Has `work` done on the archive `name`, or on the root itself where the name is empty, in the place that it is given.
    ///
    /// # Errors
    /// Those of an object store; what `work` comes to is its own.
    pub(crate) fn archive<T>(
        &self,
        name: &str,
        options: &CallOptions,
        work: impl FnOnce(&ArchivePlace<'_>, &CallOptions) -> T,
    ) -> Result<Filed<T>, Unfiled> {
        match self {
            Self::Folder(root) => {
                let folder = if name.is_empty() { root.clone() } else { root.join(name) };
                Ok(Filed { outcome: work(&ArchivePlace { folder: &folder, way: None }, options), unfiled: None })
            }
            #[cfg(feature = "objects")]
            Self::Objects(archives) => archives.archive(name, options, work),
        }
    }
}
