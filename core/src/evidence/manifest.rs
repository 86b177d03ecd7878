//! What an archive holds, and of what.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::map;
use crate::result::redacted::redacted_debug;
use crate::result::{Fields, Value};

use super::names;
use super::sealed::{self, Refusal, seal};

/// What an archive holds, and of what.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Manifest {
    pub transaction_id: String,
    pub merchant_biz_id: String,
    /// Where the verification was started: a region, or else an endpoint.
    pub region: Option<String>,
    pub endpoint: Option<String>,
    /// The service's id of the call that gave the result.
    pub request_id: Option<String>,
    /// When the verification was started, in UTC, such as `2026-03-01T10:00:00Z`.
    pub started_at: Option<String>,
    /// When the result came.
    pub fetched_at: Option<String>,
    /// When the archive was whole.
    pub archived_at: Option<String>,
    /// The release of libcloudauth that wrote it.
    pub library: String,
    /// The files beside the manifest, by name.
    pub files: BTreeMap<String, FileRecord>,
    /// What is not there, of `raw`, `face`, `document`, `video` and `verdict`, and why: `not_asked`, `none_sent`, `none_offered`,
    /// `gone`, `too_late`, `pending`.
    pub missing: BTreeMap<String, String>,
}

redacted_debug!(Manifest: library, request_id, started_at, fetched_at, archived_at;
    transaction_id, merchant_biz_id, region, endpoint, files, missing);

/// What a manifest says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileRecord {
    /// In bytes.
    pub size: u64,
    /// In lower-case hex.
    pub sha256: String,
}

impl FileRecord {
    pub(super) fn new(size: u64, sha256: String) -> Self {
        Self { size, sha256 }
    }
}

impl Manifest {
    /// One line of canonical JSON. Its own `sha256` is that of all the rest of the line.
    ///
    /// # Errors
    /// Kind `too_large` where there is no memory for the text.
    pub fn to_json(&self) -> Result<String> {
        let file = |(name, file): (&String, &FileRecord)| {
            let facts = [("size", file.size.into()), ("sha256", file.sha256.as_str().into())];
            (name.clone(), object(facts))
        };
        let optional = |text: &Option<String>| text.as_deref().map(Value::from).unwrap_or_default();
        let missing = self.missing.iter().map(|(what, why)| (what.clone(), why.as_str().into()));
        let fields = [
            ("transaction_id", self.transaction_id.as_str().into()),
            ("merchant_biz_id", self.merchant_biz_id.as_str().into()),
            ("region", optional(&self.region)),
            ("endpoint", optional(&self.endpoint)),
            ("request_id", optional(&self.request_id)),
            ("started_at", optional(&self.started_at)),
            ("fetched_at", optional(&self.fetched_at)),
            ("archived_at", optional(&self.archived_at)),
            ("library", self.library.as_str().into()),
            ("files", Value::Object(map::of(self.files.iter().map(file)))),
            ("missing", Value::Object(map::of(missing))),
        ]
        .map(|(name, value)| (name.to_owned(), value));
        seal(map::of(fields))
    }

    /// The manifest that [`to_json`](Self::to_json) wrote, byte for byte.
    ///
    /// # Errors
    /// Kind `invalid_argument` where `json` is something else, or of a later version.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        Self::read(json).map_err(|refusal| Error::invalid_argument("json", refusal.rule()))
    }

    pub(super) fn read(json: &[u8]) -> Result<Self, Refusal> {
        let (broken, mut fields) = (Refusal::Broken, sealed::open(json)?);
        let mut text = |name| match fields.remove(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        let mut read = Self {
            transaction_id: text("transaction_id").ok_or(broken("has no transaction_id"))?,
            merchant_biz_id: text("merchant_biz_id").ok_or(broken("has no merchant_biz_id"))?,
            library: text("library").unwrap_or_default(),
            region: text("region"),
            endpoint: text("endpoint"),
            request_id: text("request_id"),
            started_at: text("started_at"),
            fetched_at: text("fetched_at"),
            archived_at: text("archived_at"),
            ..Self::default()
        };
        for (name, facts) in entries(fields.remove("files")) {
            let record = record(&facts).filter(|_| names::is_content(&name));
            read.files.insert(name, record.ok_or(broken("has a file that no archive has"))?);
        }
        for (what, why) in entries(fields.remove("missing")) {
            read.missing.insert(what, why.as_str().ok_or(broken("has no reason for what is missing"))?.to_owned());
        }
        Ok(read)
    }

    /// Why that is not there, if it is not.
    pub(super) fn lacks(&self, what: &str) -> Option<&str> {
        self.missing.get(what).map(String::as_str)
    }

    /// Whether it is of the same verification.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        (&self.transaction_id, &self.merchant_biz_id) == (&other.transaction_id, &other.merchant_biz_id)
            && (&self.region, &self.endpoint) == (&other.region, &other.endpoint)
    }
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Object(map::of(fields.map(|(name, value)| (name.to_owned(), value))))
}

fn entries(value: Option<Value>) -> Fields {
    match value {
        Some(Value::Object(fields)) => fields,
        _ => Fields::new(),
    }
}

fn record(facts: &Value) -> Option<FileRecord> {
    let sha256 = facts.get("sha256")?.as_str()?;
    Some(FileRecord::new(facts.get("size")?.as_u64()?, sha256.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canonical::canonical_fields;
    use crate::catalogue::Kind;
    use crate::digest;

    // The hashes are sha256sum's.
    const REST: &str = "{\"archived_at\":\"2026-03-01T10:00:09Z\",\"endpoint\":null,\"fetched_at\":\"2026-03-01T10:00:01Z\",\
        \"files\":{\"face.jpg\":{\"sha256\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\",\"size\":3}},\
        \"library\":\"0.1.0\",\"merchant_biz_id\":\"biz1\",\"missing\":{\"video\":\"gone\"},\"region\":\"ap-southeast-1\",\
        \"request_id\":\"R-1\",\"started_at\":null,\"transaction_id\":\"hks1\",\"version\":1}";

    /// As `to_json` seals it, whatever is in it.
    fn sealed(rest: &str) -> String {
        let mut fields: Fields = serde_json::from_str(rest).unwrap();
        fields.insert("sha256".to_owned(), digest::sha256(rest.as_bytes()).into());
        canonical_fields(&fields).unwrap()
    }

    fn manifest() -> Manifest {
        let text = |text: &str| Some(text.to_owned());
        let abc = FileRecord::new(3, digest::sha256(b"abc"));
        Manifest {
            transaction_id: "hks1".to_owned(),
            merchant_biz_id: "biz1".to_owned(),
            region: text("ap-southeast-1"),
            request_id: text("R-1"),
            fetched_at: text("2026-03-01T10:00:01Z"),
            archived_at: text("2026-03-01T10:00:09Z"),
            library: "0.1.0".to_owned(),
            files: [("face.jpg".to_owned(), abc)].into(),
            missing: [("video".to_owned(), "gone".to_owned())].into(),
            ..Manifest::default()
        }
    }

    #[test]
    fn a_manifest_comes_back_as_it_was() {
        let json = manifest().to_json().unwrap();
        assert_eq!(json, sealed(REST));
        assert!(json.contains("\"sha256\":\"b4bc2498fe0aab69553a32c6a86bd8ad9353723053616bc93003c096aafef421\""), "{json}");
        assert_eq!(Manifest::from_json(json.as_bytes()).unwrap(), manifest());
    }

    #[test]
    fn what_is_no_manifest_is_refused() {
        let refused = |json: &str, says: &str| {
            let error = Manifest::from_json(json.as_bytes()).unwrap_err();
            assert_eq!((error.kind(), error.message()), (Kind::InvalidArgument, &*format!("json: {says}")), "{json}");
        };
        let with = |from: &str, to: &str| {
            assert!(REST.contains(from));
            sealed(&REST.replace(from, to))
        };
        refused("", "is not a JSON object");
        refused("[]", "is not a JSON object");
        refused(REST, "is not as it was written");
        refused(&(sealed(REST) + " "), "is not as it was written");
        refused(&sealed(REST).replace("hks1", "hks2"), "is not as it was written");
        refused(
            &with("\"version\":1", "\"version\":2"),
            "has a version that is not known here; a newer libcloudauth may read it",
        );
        refused(&with(",\"version\":1", ""), "has no version that it may have");
        refused(&with("\"version\":1", "\"version\":\"1\""), "has no version that it may have");
        refused(&with("\"hks1\"", "null"), "has no transaction_id");
        refused(&with("\"biz1\"", "7"), "has no merchant_biz_id");
        refused(&with("\"gone\"", "7"), "has no reason for what is missing");
        for name in ["../face.jpg", "/etc/passwd", "manifest.json", "draft.json", "face.jpg.part", "face.exe", "document-0x.jpg"]
        {
            refused(&with("face.jpg", name), "has a file that no archive has");
        }
        refused(&with("\"size\":3", "\"size\":-3"), "has a file that no archive has");
    }

    #[test]
    fn a_key_that_is_added_is_ignored() {
        let json = sealed(&REST.replace("\"version\":1", "\"version\":1,\"zone\":[]"));
        assert_eq!(Manifest::from_json(json.as_bytes()).unwrap(), manifest());
    }
}
