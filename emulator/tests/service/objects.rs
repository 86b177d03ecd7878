//! The bucket of OSS, with signatures V4 made here.

use std::time::Duration;

use cloudauth_emulator::{Emulator, Options, Region};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use crate::client::{Reply, authority, send};
use crate::signer::timestamp;

const OBJECT: &str = "/emulator-bucket/a/b%20c.jpg";

/// A request about to be signed. What stands in it is what is sent.
struct Request {
    method: &'static str,
    path: &'static str,
    /// In order, as it is sent.
    query: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    region: &'static str,
    secret: String,
    signed_path: Option<&'static str>,
}

impl Request {
    fn new(emulator: &Emulator, method: &'static str, path: &'static str) -> Self {
        let secret = emulator.access_key_secret().to_owned();
        let headers = vec![("host", authority(emulator.endpoint()).to_owned())];
        Self { method, path, query: "", headers, body: Vec::new(), region: "cn-hongkong", secret, signed_path: None }
    }

    fn put(emulator: &Emulator, headers: &[(&'static str, &str)]) -> Self {
        let mut request = Self { body: b"face".to_vec(), ..Self::new(emulator, "PUT", OBJECT) };
        request.headers.extend(headers.iter().map(|(name, value)| (*name, (*value).to_owned())));
        request
    }

    fn send(mut self, emulator: &Emulator) -> Reply {
        let now = timestamp(Duration::ZERO).replace(['-', ':'], "");
        let date = now[..8].to_owned();
        self.headers.push(("x-oss-content-sha256", "UNSIGNED-PAYLOAD".to_owned()));
        self.headers.push(("x-oss-date", now.clone()));
        let signed = |name: &str| name.starts_with("x-oss-");
        let mut additional: Vec<&str> = self.headers.iter().map(|(name, _)| *name).filter(|name| !signed(name)).collect();
        additional.sort_unstable();
        let mut headers = self.headers.clone();
        headers.sort();
        let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let path = self.signed_path.unwrap_or(self.path);
        let canonical = format!("{}\n{path}\n{}\n{lines}\n{}\nUNSIGNED-PAYLOAD", self.method, self.query, additional.join(";"));
        let scope = format!("{date}/{}/oss/aliyun_v4_request", self.region);
        let text = format!("OSS4-HMAC-SHA256\n{now}\n{scope}\n{}", hex(&Sha256::digest(canonical)));
        let mac = |key: &[u8], text: &str| {
            Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(text).finalize().into_bytes().to_vec()
        };
        let parts = [&*date, self.region, "oss", "aliyun_v4_request", &text];
        let signature = parts.iter().fold(format!("aliyun_v4{}", self.secret).into_bytes(), |key, part| mac(&key, part));
        let authorization = format!(
            "OSS4-HMAC-SHA256 Credential={}/{scope}, AdditionalHeaders={}, Signature={}",
            emulator.access_key_id(),
            additional.join(";"),
            hex(&signature)
        );
        self.headers.push(("authorization", authorization));
        let headers: Vec<_> = self.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let query = if self.query.is_empty() { String::new() } else { format!("?{}", self.query) };
        send(emulator.endpoint(), self.method, &format!("{}{query}", self.path), &headers, &self.body)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[track_caller]
fn refused(reply: &Reply, status: u16, code: &str) {
    assert_eq!(reply.status, status, "{}", reply.text());
    assert!(reply.text().contains(&format!("<Code>{code}</Code>")), "{}", reply.text());
}

fn start() -> Emulator {
    Emulator::start(Options::default()).unwrap()
}

#[test]
fn an_object_is_put_and_read_as_it_was() {
    let emulator = start();
    let encryption = ("x-oss-server-side-encryption", "KMS");
    let put = Request::put(&emulator, &[encryption, ("x-oss-server-side-encryption-key-id", "key-1")]).send(&emulator);
    assert_eq!((put.status, put.header("etag").is_some(), put.header("x-oss-request-id").is_some()), (200, true, true));
    let got = Request::new(&emulator, "GET", OBJECT).send(&emulator);
    assert_eq!((got.status, got.text(), got.header("x-oss-server-side-encryption")), (200, "face", Some("KMS")));
    let stored = emulator.objects();
    let object = &stored[0];
    assert_eq!((stored.len(), &*object.key, object.length), (1, "a/b c.jpg", 4));
    assert_eq!((object.encryption.as_deref(), object.encryption_key_id.as_deref()), (Some("KMS"), Some("key-1")));
    assert_eq!(Request::new(&emulator, "DELETE", OBJECT).send(&emulator).status, 204);
    refused(&Request::new(&emulator, "GET", OBJECT).send(&emulator), 404, "NoSuchKey");
}

#[test]
fn the_bucket_may_stand_in_front_of_the_host() {
    let emulator = start();
    let mut request = Request { signed_path: Some("/emulator-bucket/a"), ..Request::new(&emulator, "PUT", "/a") };
    request.headers[0].1 = "emulator-bucket.oss-cn-hongkong.aliyuncs.com".to_owned();
    assert_eq!(request.send(&emulator).status, 200);
    assert_eq!(emulator.objects()[0].key, "a");
}

#[test]
fn what_oss_refuses_is_refused() {
    let emulator = start();
    let put = |headers: &[(&'static str, &str)]| Request::put(&emulator, headers).send(&emulator);
    refused(&put(&[("if-none-match", "*")]), 501, "NotImplemented");
    refused(&put(&[("if-match", "\"a\"")]), 501, "NotImplemented");
    refused(&put(&[("x-oss-server-side-encryption", "DES")]), 400, "InvalidEncryptionAlgorithmError");
    refused(&put(&[("x-oss-server-side-encryption-key-id", "key-1")]), 400, "InvalidArgument");
    assert!(emulator.objects().is_empty());
    assert_eq!(put(&[("x-oss-forbid-overwrite", "true")]).status, 200);
    refused(&put(&[("x-oss-forbid-overwrite", "true")]), 409, "FileAlreadyExists");
    assert_eq!(put(&[]).status, 200, "without it, the new one takes the place of the old one");
    refused(&Request::new(&emulator, "GET", "/another-bucket/a").send(&emulator), 404, "NoSuchBucket");
    refused(&Request::new(&emulator, "GET", "/emulator-bucket/").send(&emulator), 400, "InvalidArgument");
}

#[test]
fn a_signature_that_does_not_hold_is_refused() {
    let emulator = start();
    let mut wrong = Request::put(&emulator, &[]);
    "other".clone_into(&mut wrong.secret);
    refused(&wrong.send(&emulator), 403, "SignatureDoesNotMatch");
    let elsewhere = Request { signed_path: Some("/emulator-bucket/other"), ..Request::put(&emulator, &[]) };
    refused(&elsewhere.send(&emulator), 403, "SignatureDoesNotMatch");
    let mainland = Request { region: "cn-hangzhou", ..Request::put(&emulator, &[]) };
    refused(&mainland.send(&emulator), 400, "InvalidArgument");
    refused(&Request::put(&emulator, &[("x-oss-security-token", "t")]).send(&emulator), 403, "InvalidSecurityToken");
    let old = [("authorization".to_owned(), "OSS key:signature".to_owned())];
    refused(&send(emulator.endpoint(), "GET", OBJECT, &old, b""), 403, "AccessDenied");
    emulator.advance(Duration::from_mins(16));
    refused(&Request::put(&emulator, &[]).send(&emulator), 403, "RequestTimeTooSkewed");
    let singapore = Emulator::start(Options { region: Some(Region::Singapore), ..Options::default() }).unwrap();
    let there = Request { region: "ap-southeast-1", ..Request::put(&singapore, &[]) };
    assert_eq!(there.send(&singapore).status, 200);
    assert!(emulator.objects().is_empty());
}

#[test]
fn an_object_is_made_of_parts() {
    let emulator = start();
    let begin = || {
        let begun = Request { query: "uploads", ..Request::new(&emulator, "POST", OBJECT) }.send(&emulator);
        let id = begun.text().split_once("<UploadId>").unwrap().1.split_once("</UploadId>").unwrap().0.to_owned();
        &*id.leak()
    };
    let query = |text: String| &*text.leak();
    let put = |upload: &str, part: u32, body: &[u8]| {
        let query = query(format!("partNumber={part}&uploadId={upload}"));
        Request { query, body: body.to_vec(), ..Request::new(&emulator, "PUT", OBJECT) }.send(&emulator)
    };
    let finish = |method, upload: &str| {
        Request { query: query(format!("uploadId={upload}")), ..Request::new(&emulator, method, OBJECT) }.send(&emulator)
    };
    let (whole, small, left) = (begin(), begin(), begin());
    for part in [2, 1] {
        assert_eq!(put(whole, part, &vec![b'0' + u8::try_from(part).unwrap(); 100 << 10]).status, 200);
    }
    assert_eq!(finish("POST", whole).status, 200);
    let content = Request::new(&emulator, "GET", OBJECT).send(&emulator).body;
    assert_eq!((content.len(), content[0], content[200 << 10 >> 1]), (200 << 10, b'1', b'2'));
    for part in [1, 2] {
        put(small, part, b"small");
    }
    refused(&finish("POST", small), 400, "EntityTooSmall");
    assert_eq!(finish("DELETE", left).status, 204);
    refused(&put(left, 1, b"late"), 404, "NoSuchUpload");
    refused(&put(whole, 10_001, b""), 400, "InvalidArgument");
}
