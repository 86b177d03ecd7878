//! A folder that pictures and results are written to, for their owner's eyes alone.

use std::fs::DirBuilder;
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use cloudauth_core::CheckResult;
use cloudauth_core::result::Image;
use tempfile::NamedTempFile;

use crate::exit::Failure;

#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Makes the folder where it is missing, with mode 0700, and proves that files can be made in it: a result that can be
    /// fetched only once must not be fetched in vain.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
        made.and_then(|()| NamedTempFile::new_in(path)).map_err(|error| Failure::io(path.display(), &error))?;
        Ok(Self(path.to_owned()))
    }

    /// Writes a file of mode 0600, whole or not at all, in the place of any that has the name.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let path = self.0.join(name);
        let written = NamedTempFile::new_in(&self.0).and_then(|mut file| {
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            file.persist(&path).map_err(|error| error.error)
        });
        written.map_err(|error| Failure::io(path.display(), &error))?;
        Ok(path)
    }

    /// Writes every picture of a result; gives their paths.
    pub(crate) fn put_images(&self, result: &CheckResult) -> Result<Vec<PathBuf>, Failure> {
        images(result).into_iter().map(|(name, image)| self.put(&name, &image.bytes)).collect()
    }
}

/// A result's pictures, by names for their files.
fn images(result: &CheckResult) -> Vec<(String, &Image)> {
    let face = result.face.as_ref().and_then(|face| face.image.as_ref()).map(|image| ("face".to_owned(), image));
    let pages = result.document.iter().flat_map(|document| &document.pages).enumerate();
    let pages = pages.filter_map(|(number, (name, page))| Some((stem(name, number), page.image.as_ref()?)));
    let all = face.into_iter().chain(pages);
    all.map(|(stem, image)| (format!("{stem}.{}", image.format.extension()), image)).collect()
}

/// A page's name comes from the service: one that is not plainly a name gives way to its number, behind a dot that no plain
/// name holds.
fn stem(page: &str, number: usize) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if (1..=64).contains(&page.len()) && page.bytes().all(plain) {
        format!("document-{page}")
    } else {
        format!("document.{}", number + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_page_leads_out_of_the_folder() {
        assert_eq!(stem("01", 0), "document-01");
        for name in ["", "../../etc/passwd", "/etc/passwd", "a\0b", "..", "01.jpg", "正面", &"a".repeat(65)] {
            assert_eq!(stem(name, 2), "document.3", "{name}");
        }
    }
}
