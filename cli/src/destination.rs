//! Where archives go, and are read from: a folder, or a prefix of a bucket.

use std::path::{Path, PathBuf};

use crate::exit::Failure;
#[cfg(feature = "objects")]
use crate::objects::ObjectUrl;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    Folder(PathBuf),
    #[cfg(feature = "objects")]
    Objects(ObjectUrl),
}

impl Destination {
    /// What was given for `option`.
    ///
    /// # Errors
    /// A URL of something else than a bucket, or one that breaks a rule.
    pub(crate) fn read(option: &str, given: &Path) -> Result<Self, Failure> {
        match given.to_str().filter(|text| text.contains("://") || is_misspelt(text)) {
            None => Ok(Self::Folder(given.to_owned())),
            #[cfg(feature = "objects")]
            Some(url) => url.parse().map(Self::Objects).map_err(|rule: &str| Failure::usage(option, rule)),
            #[cfg(not(feature = "objects"))]
            Some(_) => {
                let rule =
                    "this build has no object storage; use a folder, or a command that cargo built with the feature objects";
                Err(Failure::usage(option, rule))
            }
        }
    }

    /// Whether a file or folder of this machine was given for `option`.
    ///
    /// # Errors
    /// What was given is a URL, or means to be one.
    pub(crate) fn local(option: &str, given: &Path) -> Result<(), Failure> {
        match Self::read(option, given) {
            Ok(Self::Folder(_)) => Ok(()),
            _ => Err(Failure::usage(option, "must be a path on this machine; object storage is for archives alone")),
        }
    }

    /// The folder; what reads no bucket takes this alone.
    pub(crate) fn folder(option: &str, given: &Path) -> Result<PathBuf, Failure> {
        match Self::read(option, given)? {
            Self::Folder(folder) => Ok(folder),
            #[cfg(feature = "objects")]
            Self::Objects(_) => Err(Failure::usage(option, "must be a folder")),
        }
    }
}

/// Whether a text looks like the URL of a bucket that somebody mistyped. A folder of such a name has `./` before it.
fn is_misspelt(text: &str) -> bool {
    let text = text.trim_start().to_ascii_lowercase();
    // `s3a` and `s3n` are what Hadoop says.
    let schemes = ["s3a", "s3n", "s3", "oss"];
    schemes.iter().filter_map(|scheme| text.strip_prefix(scheme)).any(|rest| rest.starts_with(':') || rest.starts_with("//"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_scheme_is_no_folder() {
        let read = |text: &str| Destination::read("--out", Path::new(text)).map_err(|failure| failure.to_string());
        for folder in ["archive", "/archive", "./s3:/a", "s3", "s3/a", "oss-archive", "ossuary:1"] {
            assert_eq!(read(folder), Ok(Destination::Folder(folder.into())));
        }
        let says = if cfg!(feature = "objects") { "s3://BUCKET/PREFIX or oss://" } else { "no object storage" };
        for url in
            "s3: s3:/a s3:a S3:/a S3://bucket/a s3//bucket s3a://bucket/a oss:/a OSS:/a".split(' ').chain([" s3://bucket/a"])
        {
            let message = read(url).unwrap_err();
            assert!(message.contains(says), "{message}");
            let local = Destination::local("--ledger", Path::new(url)).unwrap_err().to_string();
            assert!(local.contains("--ledger: must be a path on this machine"), "{local}");
        }
        assert!(Destination::local("--ledger", Path::new("run/ledger.db")).is_ok());
        assert!(read("https://host/a").unwrap_err().starts_with("cloudauth: --out: "));
        assert_eq!(read("s3://bucket/a").is_ok(), cfg!(feature = "objects"));
    }
}
