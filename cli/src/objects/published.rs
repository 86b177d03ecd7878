//! An archive in a store: each file under the name of its content, and the manifest that lists them last.

use std::collections::HashMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use cloudauth_core::Kind;
use cloudauth_core::evidence::{FileRecord, Manifest, verify_archive};

use super::content::Content;
use super::store::Store;
use super::url::ObjectUrl;
use super::workplace;
use crate::exit::Failure;
use crate::filed::Unfiled;

const MANIFEST: &str = "manifest.json";
pub(super) const RECEIPT: &str = "receipt.json";
/// As core reads them.
const LARGEST_MANIFEST: u64 = 1 << 20;

/// The archive at a URL, and what is known of the objects there.
pub(super) struct Published {
    store: Store,
    url: ObjectUrl,
    objects: HashMap<String, Known>,
}

/// What an object holds, and whether that was read from the store.
struct Known {
    content: Content,
    is_read: bool,
}

impl Published {
    pub(super) fn at(store: Store, url: ObjectUrl) -> Self {
        Self { store, url, objects: HashMap::new() }
    }

    /// Makes `folder`, with what the store has of the archive; nothing, where it has no manifest.
    ///
    /// # Errors
    /// The store's, and those of files.
    pub(super) fn pull(&mut self, folder: &Path) -> Result<(), Failure> {
        if !self.fetch(MANIFEST, LARGEST_MANIFEST, folder, MANIFEST)? {
            return Ok(());
        }
        self.fetch(RECEIPT, LARGEST_MANIFEST, folder, RECEIPT)?;
        let manifest = fs::read(folder.join(MANIFEST)).map_err(|error| workplace::failed(&error))?;
        // Of one that was changed, no file is believed.
        if let Ok(manifest) = Manifest::from_json(&manifest) {
            for (name, record) in &manifest.files {
                self.fetch(&key(name, record), record.size, folder, name)?;
            }
        }
        Ok(())
    }

    /// Puts a whole archive there, the manifest after the files and the receipt after it. Those two are read again; with `read_back`,
    /// so is each file that was not read before.
    pub(super) fn push(&mut self, folder: &Path, read_back: bool) -> Result<(), Unfiled> {
        let found = verify_archive(folder).map_err(Failure::from)?;
        let Some(manifest) = found.manifest.as_ref().filter(|_| found.is_complete()) else {
            return Err(self.refused("the archive was changed on its way there").into());
        };
        for (name, record) in &manifest.files {
            let content = Content { size: record.size, sha256: record.sha256.clone() };
            self.put(&key(name, record), &folder.join(name), content, read_back)?;
        }
        for name in [MANIFEST, RECEIPT] {
            let path = folder.join(name);
            if path.exists() {
                self.replace(name, &fs::read(&path).map_err(|error| workplace::failed(&error))?)?;
            }
        }
        Ok(())
    }

    /// Of a file, which has its name from its content: whoever put it there, it is the same.
    fn put(&mut self, name: &str, path: &Path, content: Content, read_back: bool) -> Result<(), Failure> {
        let known = self.objects.get(name).filter(|known| known.content == content);
        if known.is_none() {
            self.store.put(&self.url.join(name).prefix, || File::open(path))?;
        }
        let mut is_read = known.is_some_and(|known| known.is_read);
        if read_back && !is_read {
            if self.look(name, content.size)?.as_ref() != Some(&content) {
                return Err(self.not_given_back());
            }
            is_read = true;
        }
        self.objects.insert(name.to_owned(), Known { content, is_read });
        Ok(())
    }

    /// Of what says that the archive is whole, or what was deleted: it takes the place of what this run knows, and of nothing else.
    fn replace(&mut self, name: &str, bytes: &[u8]) -> Result<(), Unfiled> {
        let (key, content) = (self.url.join(name).prefix, Content::of(bytes));
        let known = self.objects.get(name).map(|known| &known.content);
        if known == Some(&content) {
            return Ok(());
        }
        if known.is_some() || !self.store.create(&key, bytes)? {
            let there = self.look(name, LARGEST_MANIFEST)?;
            // It is there where an earlier attempt put it, and the answer was lost.
            if there.as_ref() != Some(&content) {
                if there.as_ref() != known {
                    let rule = "another run worked on this archive at the same time; run the command again";
                    return Err(Unfiled::Overtaken(self.refused(rule)));
                }
                self.store.put(&key, || Ok(bytes))?;
            }
        }
        if self.look(name, content.size)?.as_ref() != Some(&content) {
            return Err(self.not_given_back().into());
        }
        self.objects.insert(name.to_owned(), Known { content, is_read: true });
        Ok(())
    }

    /// What an object holds now.
    fn look(&self, name: &str, limit: u64) -> Result<Option<Content>, Failure> {
        self.store.read(&self.url.join(name).prefix, limit, || Ok(io::sink()))
    }

    fn refused(&self, rule: &str) -> Failure {
        Failure::new(Kind::Io, format!("{}: {rule}", self.url))
    }

    fn not_given_back(&self) -> Failure {
        self.refused("the object store does not give back what was put")
    }

    /// Reads an object into a file; `false` where there is none.
    fn fetch(&mut self, name: &str, limit: u64, folder: &Path, file: &str) -> Result<bool, Failure> {
        let path = folder.join(file);
        let begin = || {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
            OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&path)
        };
        let content = self.store.read(&self.url.join(name).prefix, limit, begin)?;
        let is_there = content.is_some();
        if let Some(content) = content {
            self.objects.insert(name.to_owned(), Known { content, is_read: true });
        }
        Ok(is_there)
    }
}

/// The object of a file: its hash, with the ending of its name.
fn key(name: &str, record: &FileRecord) -> String {
    match name.rsplit_once('.') {
        Some((_, ending)) => format!("{}.{ending}", record.sha256),
        None => record.sha256.clone(),
    }
}
