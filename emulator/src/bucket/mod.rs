//! What the bucket of OSS holds.

mod refusal;

use std::collections::{BTreeMap, HashMap};

use hyper::StatusCode;
use hyper::body::Bytes;
use sha2::{Digest as _, Sha256};

use crate::reply::random;
use crate::verify::hex;
pub(crate) use refusal::{Refusal, refusal};

/// Its name, and the region where the emulator plays none.
pub(crate) const BUCKET: &str = "emulator-bucket";
pub(crate) const REGION: &str = "cn-hongkong";
/// Headers of encryption.
pub(crate) const ENCRYPTION: &str = "x-oss-server-side-encryption";
pub(crate) const KEY_ID: &str = "x-oss-server-side-encryption-key-id";

/// An object in the emulator's bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredObject {
    pub key: String,
    /// In bytes.
    pub length: usize,
    /// As it was asked for: `AES256`, `KMS` or `SM4`.
    pub encryption: Option<String>,
    pub encryption_key_id: Option<String>,
}

/// How an object is to be put.
#[derive(Clone, Debug)]
pub(crate) struct Put {
    pub(crate) encryption: Encryption,
    /// Whether an object that is there stays.
    pub(crate) keeps: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Encryption {
    pub(crate) method: Option<String>,
    pub(crate) key_id: Option<String>,
}

impl Encryption {
    pub(crate) fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let headers = [(ENCRYPTION, self.method.as_deref()), (KEY_ID, self.key_id.as_deref())];
        headers.into_iter().filter_map(|(name, value)| Some((name, value?)))
    }
}

#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) content: Bytes,
    pub(crate) etag: String,
    pub(crate) encryption: Encryption,
}

/// Objects by key, and uploads in parts that are not complete.
#[derive(Debug, Default)]
pub(crate) struct Bucket {
    objects: BTreeMap<String, Object>,
    uploads: HashMap<String, Upload>,
}

#[derive(Debug)]
struct Upload {
    key: String,
    put: Put,
    parts: BTreeMap<u32, Bytes>,
}

impl Bucket {
    pub(crate) fn list(&self) -> Vec<StoredObject> {
        let describe = |(key, object): (&String, &Object)| StoredObject {
            key: key.clone(),
            length: object.content.len(),
            encryption: object.encryption.method.clone(),
            encryption_key_id: object.encryption.key_id.clone(),
        };
        self.objects.iter().map(describe).collect()
    }

    pub(crate) fn get(&self, key: &str) -> Result<&Object, Refusal> {
        self.objects.get(key).ok_or(refusal(StatusCode::NOT_FOUND, "NoSuchKey", "The specified key does not exist."))
    }

    /// Gives its `ETag`.
    pub(crate) fn put(&mut self, key: String, content: Bytes, put: Put) -> Result<String, Refusal> {
        if put.keeps && self.objects.contains_key(&key) {
            let message = "The object you specified already exists and can not be overwritten.";
            return Err(refusal(StatusCode::CONFLICT, "FileAlreadyExists", message));
        }
        let etag = etag(&content);
        self.objects.insert(key, Object { content, etag: etag.clone(), encryption: put.encryption });
        Ok(etag)
    }

    pub(crate) fn remove(&mut self, key: &str) {
        self.objects.remove(key);
    }

    /// Gives the upload's id.
    pub(crate) fn begin(&mut self, key: &str, put: Put) -> String {
        let id = hex(&random::<16>()).to_ascii_uppercase();
        self.uploads.insert(id.clone(), Upload { key: key.to_owned(), put, parts: BTreeMap::new() });
        id
    }

    pub(crate) fn put_part(&mut self, upload: &str, part: u32, content: Bytes) -> Result<String, Refusal> {
        let etag = etag(&content);
        self.uploads.get_mut(upload).ok_or(NO_UPLOAD)?.parts.insert(part, content);
        Ok(etag)
    }

    /// Makes the object of its parts. All but the last have at least 100 KiB.
    pub(crate) fn complete(&mut self, upload: &str) -> Result<String, Refusal> {
        let Upload { key, put, parts } = self.uploads.remove(upload).ok_or(NO_UPLOAD)?;
        let is_small = |part: &Bytes| part.len() < 100 << 10;
        if parts.is_empty() || parts.values().rev().skip(1).any(is_small) {
            return Err(refusal(
                StatusCode::BAD_REQUEST,
                "EntityTooSmall",
                "Your proposed upload smaller than the minimum allowed size.",
            ));
        }
        let content: Vec<u8> = parts.values().flat_map(|part| part.iter().copied()).collect();
        self.put(key, content.into(), put)
    }

    pub(crate) fn abort(&mut self, upload: &str) -> Result<(), Refusal> {
        self.uploads.remove(upload).map(drop).ok_or(NO_UPLOAD)
    }
}

const NO_UPLOAD: Refusal = refusal(StatusCode::NOT_FOUND, "NoSuchUpload", "The specified upload does not exist.");

/// Not MD5, which OSS takes of objects that come at once; no client may count on it.
fn etag(content: &[u8]) -> String {
    format!("\"{}\"", hex(&Sha256::digest(content)[..16]).to_ascii_uppercase())
}
