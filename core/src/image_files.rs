//! A result's pictures as files, for their owner's eyes alone.

use std::path::{Path, PathBuf};

use crate::disk::{Disk, SystemDisk, unwritten};
use crate::error::Result;
use crate::result::{CheckResult, Image, ImageFormat};

impl CheckResult {
    /// The pictures, each with a name for its file that leads nowhere else, whatever the service calls the page: `face.jpg`,
    /// `document-01.jpg`.
    pub fn named_images(&self) -> Vec<(String, &Image)> {
        let face = self.face.as_ref().and_then(|face| face.image.as_ref()).map(|image| ("face".to_owned(), image));
        let pages = self.document.iter().flat_map(|document| &document.pages).enumerate();
        let pages = pages.filter_map(|(position, (name, page))| Some((stem(name, position), page.image.as_ref()?)));
        let all = face.into_iter().chain(pages);
        all.map(|(stem, image)| (format!("{stem}.{}", image.format.extension()), image)).collect()
    }

    /// Writes each of the [`named_images`](Self::named_images) into a new file in `folder`, and gives their paths. The files have
    /// mode 0600; the folder is made where it is missing, with mode 0700.
    ///
    /// # Errors
    /// Kind `io`, also where there is a file of that name: none is overwritten. What was written until then is removed.
    pub fn save_images(&self, folder: impl AsRef<Path>) -> Result<Vec<PathBuf>> {
        let (disk, folder): (&dyn Disk, _) = (&SystemDisk, folder.as_ref());
        disk.make_folder(folder).map_err(|error| unwritten(folder, &error))?;
        let mut written: Vec<PathBuf> = Vec::new();
        for (name, image) in self.named_images() {
            let path = folder.join(name);
            if let Err(error) = disk.write_new(&path, &image.bytes) {
                for path in &written {
                    let _ = disk.remove(path);
                }
                return Err(unwritten(&path, &error));
            }
            written.push(path);
        }
        Ok(written)
    }
}

/// Whether [`CheckResult::named_images`] can give a picture this name.
pub(crate) fn is_image_name(name: &str) -> bool {
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let number = |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_page = |rest: &str| match rest.split_at_checked(1) {
        Some(("-", page)) => number(page, LONGEST_PAGE),
        Some((".", position)) => number(position, LONGEST_POSITION),
        _ => false,
    };
    ImageFormat::ALL.iter().any(|format| format.extension() == extension)
        && (stem == "face" || stem.strip_prefix("document").is_some_and(is_page))
}

/// In digits.
const LONGEST_PAGE: usize = 4;
const LONGEST_POSITION: usize = 10;

/// A page's name comes from the service: one that is no short number gives way to the page's place, behind a dot that no number
/// holds.
fn stem(page: &str, position: usize) -> String {
    if (1..=LONGEST_PAGE).contains(&page.len()) && page.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("document-{page}")
    } else {
        format!("document.{}", position + 1)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;
    use crate::catalogue::Kind;
    use crate::result::{Document, Face, Page};

    const HOSTILE: [&str; 9] = ["", "../../etc/passwd", "/etc/passwd", "a\0b", "..", "01.jpg", "正面", "12345", "CHAN"];

    fn result(pages: &[&str]) -> CheckResult {
        let image = |bytes: &[u8]| Some(Image::new(bytes.to_vec().into()));
        let face = Face { image: image(b"\xFF\xD8\xFF"), ..Face::default() };
        let page = |name: &&str| ((*name).to_owned(), Page { image: image(name.as_bytes()), ..Page::default() });
        let document = Document { pages: pages.iter().map(page).collect(), ..Document::default() };
        CheckResult { face: Some(face), document: Some(document), ..CheckResult::default() }
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn no_page_leads_out_of_the_folder() {
        assert_eq!(stem("01", 0), "document-01");
        for name in HOSTILE {
            assert_eq!(stem(name, 2), "document.3", "{name}");
        }
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("a/b");
        let written = result(&HOSTILE).save_images(&folder).unwrap();
        assert_eq!(written.len(), HOSTILE.len() + 1);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), written.len());
        assert!(written.iter().all(|path| path.parent() == Some(&folder) && mode(path) == 0o600));
        assert_eq!((mode(&folder), fs::read(&written[0]).unwrap()), (0o700, b"\xFF\xD8\xFF".to_vec()));
        assert!(written[0].ends_with("face.jpg"));
    }

    #[test]
    fn nothing_is_overwritten_and_what_was_written_goes_with_the_rest() {
        let place = tempfile::tempdir().unwrap();
        let path = |name: &str| place.path().join(name);
        symlink(path("elsewhere"), path("document-02.bin")).unwrap();
        let error = result(&["01", "02"]).save_images(place.path()).unwrap_err();
        assert_eq!(error.kind(), Kind::Io);
        assert!(error.message().ends_with("document-02.bin: is there already, and is not overwritten"), "{error}");
        let left: Vec<_> = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["document-02.bin"]);
        fs::write(path("file"), "x").unwrap();
        assert!(result(&[]).save_images(path("file/folder")).is_err_and(|error| error.kind() == Kind::Io));
        assert_eq!(CheckResult::default().save_images(place.path()).unwrap(), Vec::<PathBuf>::new());
    }
}
