mod archive;
mod deletion;
mod disks;
mod drafts;
mod purge;
mod service;
mod verify;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};

use super::folder::{ArchiveFolder, Stage};
use super::manifest::Manifest;
use crate::buffer::Buffer;
use crate::disk::Disk;
use crate::error::Result;
use crate::result::{CheckResult, Document, Face, Image, Page, Raw};

const RAW: &[u8] = b"{\"Code\":\"Success\"}";
const VIDEO: &[u8] = b"\x1A\x45\xDF\xA3video";
const FILES: [&str; 6] = ["document-01.png", "document-02.jpg", "face.jpg", "raw.json", "result.json", "video.webm"];

fn result() -> CheckResult {
    let image = |bytes: &[u8]| Some(Image::new(bytes.to_vec().into()));
    let page = |(name, bytes): (&str, &[u8])| (name.to_owned(), Page { image: image(bytes), ..Page::default() });
    let pages: [(&str, &[u8]); 2] = [("01", b"\x89PNG\r\n\x1A\nfront"), ("02", b"\xFF\xD8\xFFback")];
    let document = Document { pages: pages.into_iter().map(page).collect(), ..Document::default() };
    let video_url = Some("https://oss.aliyuncs.com/v.webm".to_owned());
    let face = Face { image: image(b"\xFF\xD8\xFFface"), video_url, ..Face::default() };
    let raw = Raw::of(Buffer::from(RAW.to_vec()));
    CheckResult { passed: Some(true), face: Some(face), document: Some(document), raw, ..CheckResult::default() }
}

fn of(transaction: &str) -> Manifest {
    Manifest { transaction_id: transaction.to_owned(), merchant_biz_id: "biz1".to_owned(), ..Manifest::default() }
}

/// Runs that archive one verification, and how often they asked for its result and its video.
#[derive(Default)]
struct Runs {
    fetched: Cell<u32>,
    downloaded: Cell<u32>,
}

impl Runs {
    /// As the operation does it; `at` is when.
    fn archive(&self, disk: &dyn Disk, folder: &Path, at: &str) -> Result<Manifest> {
        let archive = ArchiveFolder::open(disk, folder)?;
        let draft = match archive.stage(&of("hks1"))? {
            Stage::Whole(manifest, _) => return Ok(manifest),
            Stage::Drafted(draft) => draft,
            Stage::Empty | Stage::Damaged(_) => {
                self.fetched.set(self.fetched.get() + 1);
                archive.draft(of("hks1"), &result(), None)?
            }
        };
        if !archive.has_video() {
            self.downloaded.set(self.downloaded.get() + 1);
            fs::write(archive.video(), VIDEO).unwrap();
        }
        archive.finish(draft, "none_offered", at).map(|(manifest, _)| manifest)
    }
}

const TODAY: &str = "2026-03-01T10:00:00Z";

/// A folder above archives, and one whole archive in it.
fn archived() -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("hks1");
    Runs::default().archive(&crate::disk::SystemDisk, &folder, TODAY).unwrap();
    (root, folder)
}

fn names(folder: &Path) -> Vec<String> {
    super::verify::listed(folder).unwrap().into_iter().collect()
}
