//! What can go wrong with a store, and what is said of it.

use std::error::Error as StdError;
use std::{fmt, io};

use cloudauth_core::Kind;
use cloudauth_core::spelling::Language;

use super::url::ObjectUrl;
use crate::exit::{Failure, io_words};

/// Why a store did not do what it should. It travels through opendal as a source.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It answered, and said no. The code is a word of its API's, or empty.
    Refused { status: u16, code: String },
    /// It did not answer; the kind says why.
    Unreachable(Kind),
    /// Something else answered in its place.
    NoStore,
    /// There are no keys to sign with.
    Keys(cloudauth_core::Error),
    /// There was no thread to send on.
    Thread(io::Error),
}

impl Trouble {
    /// Of an answer that is no success. Of its text, the code alone is kept: the rest may hold keys and names.
    pub(super) fn of_answer(status: u16, body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(body);
        let code = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>")).map_or("", |(code, _)| code);
        let is_word = code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
        match status {
            // A store says why.
            300..=399 | 404 | 405 if code.is_empty() => Self::NoStore,
            _ => Self::Refused { status, code: if is_word { code.to_owned() } else { String::new() } },
        }
    }

    /// Of a success that begins an upload in parts or completes it. S3 may report an error in it, for it began to answer too early.
    pub(super) fn of_upload(body: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(body);
        if text.contains("<Error>") || text.contains("<Error ") {
            return Some(Self::of_answer(500, body));
        }
        (!text.contains("MultipartUploadResult")).then_some(Self::NoStore)
    }

    /// Whether the same may work in a moment.
    fn is_passing(&self) -> bool {
        match self {
            Self::Refused { status, code } => {
                matches!(status, 429 | 500 | 502 | 503 | 504) || code == "ConditionalRequestConflict"
            }
            Self::Unreachable(kind) => !matches!(kind, Kind::Tls | Kind::Cancelled),
            Self::NoStore | Self::Keys(_) | Self::Thread(_) => false,
        }
    }

    /// Whether the store did not answer in time.
    pub(super) fn is_stall(error: &opendal::Error) -> bool {
        matches!(Self::of(error), Some(Self::Unreachable(Kind::Timeout)))
    }

    /// Whether an upload in parts is not known any more; it may have been completed, and the answer lost.
    pub(super) fn is_upload_lost(error: &opendal::Error) -> bool {
        matches!(Self::of(error), Some(Self::Refused { code, .. }) if code == "NoSuchUpload")
    }

    /// Whether a store does not know how to put an object only where there is none.
    pub(super) fn is_unconditional(error: &opendal::Error) -> bool {
        matches!(Self::of(error), Some(Self::Refused { status: 501, .. }))
    }

    fn of(error: &opendal::Error) -> Option<&Self> {
        let mut source = error.source();
        while let Some(error) = source {
            if let Some(trouble) = error.downcast_ref() {
                return Some(trouble);
            }
            source = error.source();
        }
        None
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Keys(error) => error.kind(),
            Self::Unreachable(kind) => *kind,
            Self::NoStore => Kind::Protocol,
            Self::Thread(_) => Kind::Io,
            Self::Refused { status, code } => match (status, &**code) {
                (_, "NoSuchBucket" | "PermanentRedirect" | "TemporaryRedirect" | "IllegalLocationConstraintException") => {
                    Kind::Io
                }
                (_, code) if KEYS.contains(&code) => Kind::Authentication,
                (401 | 403, _) => Kind::AccessDenied,
                _ if self.is_passing() || code == "NoSuchUpload" => Kind::Unavailable,
                (301 | 307 | 404, _) => Kind::Io,
                _ => Kind::Service,
            },
        }
    }

    fn message(&self) -> String {
        let code = match self {
            Self::Keys(error) => return error.message_in(Language::Command).into_owned(),
            Self::Refused { status, code } if code.is_empty() => status.to_string(),
            Self::Refused { code, .. } => code.clone(),
            Self::Thread(error) => return format!("threads: {}", io_words(error)),
            Self::Unreachable(_) | Self::NoStore => String::new(),
        };
        match self.kind() {
            Kind::Authentication => {
                format!("the object store does not accept the keys ({code}); check them, the region and this machine's clock")
            }
            Kind::AccessDenied => format!(
                "the object store forbids this ({code}); the keys must be allowed to get and put objects and to list the bucket"
            ),
            Kind::Unavailable => format!("the object store is out of order ({code}); run the command again later"),
            Kind::Io => format!("the object store has no such bucket in this region or at this endpoint ({code})"),
            Kind::Tls => "the object store's certificate cannot be trusted; check the endpoint, and SSL_CERT_FILE".to_owned(),
            Kind::Cancelled => "stopped by a signal".to_owned(),
            Kind::Protocol => {
                "what answered is not an object store; check the endpoint, and that no login page or proxy answers".to_owned()
            }
            Kind::Timeout => "the object store did not answer in time; run the command again".to_owned(),
            Kind::Network => "the object store cannot be reached; check the endpoint and the network".to_owned(),
            _ => format!("the object store refused ({code}); its documentation explains the code"),
        }
    }
}

/// Codes of refused keys, signatures and times.
const KEYS: [&str; 10] = [
    "AuthorizationHeaderMalformed",
    "ExpiredToken",
    "InvalidAccessKeyId",
    "InvalidSecurity",
    "InvalidSecurityToken",
    "InvalidToken",
    "RequestTimeTooSkewed",
    "SecurityTokenExpired",
    "SignatureDoesNotMatch",
    "TokenRefreshRequired",
];

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl StdError for Trouble {}

impl From<Trouble> for opendal::Error {
    fn from(trouble: Trouble) -> Self {
        let kind = match &trouble {
            Trouble::Refused { status: 404, code } if code == "NoSuchKey" => opendal::ErrorKind::NotFound,
            Trouble::Refused { status: 412, .. } => opendal::ErrorKind::ConditionNotMatch,
            Trouble::Refused { code, .. } if code == "FileAlreadyExists" => opendal::ErrorKind::ConditionNotMatch,
            _ => opendal::ErrorKind::Unexpected,
        };
        let is_passing = trouble.is_passing();
        Self::new(kind, trouble.to_string()).with_temporary(is_passing).set_source(trouble)
    }
}

/// What to say of an error that a store's operation came to. opendal's own text is left out: it has keys of objects in it.
pub(super) fn failure(url: &ObjectUrl, error: &opendal::Error) -> Failure {
    if let Some(trouble) = Trouble::of(error) {
        return Failure::new(trouble.kind(), format!("{url}: {trouble}"));
    }
    let mut source: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(error) = source {
        if error.is::<reqsign_core::Error>() {
            let rule = "there are no keys for the object store; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";
            return Failure::new(Kind::Credentials, format!("{url}: {rule}"));
        }
        source = error.source();
    }
    Failure::new(Kind::Protocol, format!("{url}: the object store's answer is none of its API's ({})", error.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(trouble: Trouble) -> (Kind, String) {
        let url = "s3://bucket/hks1".parse().unwrap();
        let failure = failure(&url, &trouble.into());
        (failure.kind(), failure.message().to_owned())
    }

    fn of_answer(status: u16, body: &str) -> (Kind, String) {
        said(Trouble::of_answer(status, body.as_bytes()))
    }

    #[test]
    fn each_refusal_has_its_kind_and_its_code() {
        for (status, code, kind) in [
            (403, "InvalidAccessKeyId", Kind::Authentication),
            (400, "AuthorizationHeaderMalformed", Kind::Authentication),
            (403, "SecurityTokenExpired", Kind::Authentication),
            (403, "AccessDenied", Kind::AccessDenied),
            (403, "KMS.DisabledException", Kind::AccessDenied),
            (404, "NoSuchBucket", Kind::Io),
            (301, "PermanentRedirect", Kind::Io),
            (503, "SlowDown", Kind::Unavailable),
            (500, "InternalError", Kind::Unavailable),
            (400, "InvalidArgument", Kind::Service),
            (409, "FileAlreadyExists", Kind::Service),
        ] {
            let (found, message) = of_answer(status, &format!("<Error><Code>{code}</Code><Key>hks1</Key></Error>"));
            assert_eq!(found, kind, "{code}");
            assert!(message.starts_with("s3://bucket/…: ") && message.contains(&format!("({code})")), "{message}");
            assert!(!message.contains("hks1"));
        }
        assert!(of_answer(403, "<Code>a secret: hks1</Code>").1.contains("(403)"));
        assert!(of_answer(502, "<html>").1.contains("(502)"));
        assert_eq!(said(Trouble::Unreachable(Kind::Network)).0, Kind::Network);
        assert_eq!(said(Trouble::Keys(cloudauth_core::Error::credentials("none"))).0, Kind::Credentials);
    }

    #[test]
    fn only_an_object_may_be_absent() {
        let absent = |code: &str| {
            let error = opendal::Error::from(Trouble::of_answer(404, format!("<Code>{code}</Code>").as_bytes()));
            error.kind() == opendal::ErrorKind::NotFound
        };
        assert!(absent("NoSuchKey") && !absent("NoSuchBucket") && !absent("NoSuchUpload") && !absent(""));
    }

    #[test]
    fn what_no_store_says_is_of_none() {
        let page = "<html><body>Sign in to use this network.</body></html>";
        for status in [301, 302, 404, 405] {
            let (kind, message) = of_answer(status, page);
            assert!(kind == Kind::Protocol && message.contains("is not an object store"), "{status}: {message}");
        }
        assert_eq!(of_answer(403, page).0, Kind::AccessDenied);
        assert!([page, ""].iter().all(|body| matches!(Trouble::of_upload(body.as_bytes()), Some(Trouble::NoStore))));
    }

    #[test]
    fn an_upload_is_complete_where_its_answer_says_so() {
        let passes = |body: &str| Trouble::of_upload(body.as_bytes()).map(|trouble| trouble.is_passing());
        assert_eq!(passes("<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>"), None);
        assert_eq!(passes("  <?xml version='1.0'?><CompleteMultipartUploadResult/>"), None);
        assert_eq!(passes("  <?xml version='1.0'?><Error><Code>InternalError</Code></Error>"), Some(true));
    }
}
