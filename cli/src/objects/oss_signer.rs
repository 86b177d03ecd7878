//! OSS's signature V4. opendal signs by V1, which OSS does not take for buckets made since September 2025.

use std::sync::Arc;

use cloudauth_core::credentials::Provider;
use reqsign_aliyun_oss::{Credential, RequestSigner, SigningVersion};
use reqsign_core::{Context, SignRequest};
use ureq::http::request::Parts;

use super::trouble::Trouble;

/// Signs with the keys that the library finds.
pub(super) struct OssSigner {
    keys: Arc<dyn Provider>,
    signer: RequestSigner,
}

impl OssSigner {
    pub(super) fn new(keys: Arc<dyn Provider>, bucket: &str, region: &str) -> Self {
        let signer = RequestSigner::new(bucket).with_region(region).with_signing_version(SigningVersion::V4);
        Self { keys, signer }
    }

    pub(super) async fn sign(&self, parts: &mut Parts) -> opendal::Result<()> {
        let keys = self.keys.credentials().await.map_err(Trouble::Keys)?;
        let credential = Credential {
            access_key_id: keys.access_key_id().to_owned(),
            access_key_secret: keys.access_key_secret().to_owned(),
            security_token: keys.security_token().map(str::to_owned),
            expires_in: None,
        };
        let signed = self.signer.sign_request(&Context::new(), parts, Some(&credential), None).await;
        // What it takes is a URL of opendal's, and keys that can stand in a header.
        signed.map_err(|_| Trouble::Keys(cloudauth_core::Error::credentials("the keys cannot sign a request")).into())
    }
}
