//! An archive to look at: a folder, or what an object store has, in a folder that goes with this.

use std::path::{Path, PathBuf};

#[cfg(feature = "objects")]
use cloudauth_core::{CallOptions, Client};

use crate::destination::Destination;
use crate::exit::Failure;
use crate::input;
#[cfg(feature = "objects")]
use crate::objects::{ObjectArchives, Pulled};
#[cfg(feature = "objects")]
use crate::stop;

pub(crate) struct ReadableArchive {
    folder: PathBuf,
    /// As messages name it.
    shown: String,
    #[cfg(feature = "objects")]
    _pulled: Option<(Pulled, ObjectArchives)>,
}

impl ReadableArchive {
    /// What was given for `option`. An object store's is fetched; a signal ends that, so that nothing stays of it.
    pub(crate) fn open(option: &str, given: &Path) -> Result<Self, Failure> {
        match Destination::read(option, given)? {
            Destination::Folder(folder) => Ok(Self {
                shown: input::name(&folder),
                folder,
                #[cfg(feature = "objects")]
                _pulled: None,
            }),
            #[cfg(feature = "objects")]
            Destination::Objects(url) => {
                let shown = url.to_string();
                let archives = ObjectArchives::readable(url, || Ok(Client::builder().credentials_provider()?))?;
                let pulled = archives.pulled(&CallOptions::default().cancellation(&stop::cancellation()?))?;
                Ok(Self { folder: pulled.folder(), shown, _pulled: Some((pulled, archives)) })
            }
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }
}
