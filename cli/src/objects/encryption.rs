//! How a store encrypts what it keeps.

use std::str::FromStr;

use super::url::ObjectService;

/// As `--encrypt` has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Encryption {
    Aes256,
    /// OSS alone has it.
    Sm4,
    /// With this key, or the account's own.
    Kms(Option<String>),
}

impl Encryption {
    /// As the service's header names it.
    ///
    /// # Errors
    /// The service has none of this name.
    pub(super) fn header(&self, service: ObjectService) -> Result<&'static str, &'static str> {
        match (self, service) {
            (Self::Aes256, _) => Ok("AES256"),
            (Self::Sm4, ObjectService::Oss) => Ok("SM4"),
            (Self::Sm4, ObjectService::S3) => Err("SM4 is in OSS alone"),
            (Self::Kms(_), ObjectService::S3) => Ok("aws:kms"),
            (Self::Kms(_), ObjectService::Oss) => Ok("KMS"),
        }
    }

    pub(super) fn key_id(&self) -> Option<&str> {
        match self {
            Self::Kms(key_id) => key_id.as_deref(),
            Self::Aes256 | Self::Sm4 => None,
        }
    }
}

impl FromStr for Encryption {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_key = |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_graphic());
        match text.split_once(':') {
            None if text == "AES256" => Ok(Self::Aes256),
            None if text == "SM4" => Ok(Self::Sm4),
            None if text == "KMS" => Ok(Self::Kms(None)),
            Some(("KMS", id)) if is_key(&id) => Ok(Self::Kms(Some(id.to_owned()))),
            _ => Err("must be AES256, KMS, KMS:KEY-ID or, in OSS, SM4"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_service_has_its_own_names() {
        let headers = |text: &str| {
            let encryption: Encryption = text.parse().unwrap();
            let [s3, oss] = [ObjectService::S3, ObjectService::Oss].map(|service| encryption.header(service).ok());
            (s3, oss, encryption.key_id().map(str::to_owned))
        };
        assert_eq!(headers("AES256"), (Some("AES256"), Some("AES256"), None));
        assert_eq!(headers("SM4"), (None, Some("SM4"), None));
        assert_eq!(headers("KMS"), (Some("aws:kms"), Some("KMS"), None));
        let arn = "arn:aws:kms:eu-west-1:1:key/2";
        assert_eq!(headers(&format!("KMS:{arn}")), (Some("aws:kms"), Some("KMS"), Some(arn.to_owned())));
        for text in ["", "aes256", "aws:kms", "KMS:", "KMS:a b", "AES256:key", "none"] {
            assert!(text.parse::<Encryption>().is_err(), "{text}");
        }
    }
}
