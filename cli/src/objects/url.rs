//! `s3://bucket/prefix` and `oss://bucket/prefix`.

use std::fmt;
use std::str::FromStr;

/// Which API a bucket is reached by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectService {
    S3,
    Oss,
}

/// A prefix in a bucket.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ObjectUrl {
    pub(super) service: ObjectService,
    pub(super) bucket: String,
    /// Without a slash at either end; empty for the whole bucket.
    pub(super) prefix: String,
}

const RULE: &str = "must be a folder, s3://BUCKET/PREFIX or oss://BUCKET/PREFIX";
/// A key may have 1024 bytes, of which an archive adds 100 at most.
const LONGEST_PREFIX: usize = 900;

impl ObjectUrl {
    /// The same, further down. `name` is a plain file name or several with slashes between.
    pub(crate) fn join(&self, name: &str) -> Self {
        let prefix = if self.prefix.is_empty() { name.to_owned() } else { format!("{}/{name}", self.prefix) };
        Self { prefix, ..self.clone() }
    }
}

impl FromStr for ObjectUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (scheme, rest) = text.split_once("://").ok_or(RULE)?;
        let service = match scheme {
            "s3" => ObjectService::S3,
            "oss" => ObjectService::Oss,
            _ => return Err(RULE),
        };
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
        if !(3..=63).contains(&bucket.len()) || !bucket.bytes().all(is_name) || bucket.starts_with(['-', '.']) {
            return Err("the bucket's name must have 3 to 63 of the characters a-z, 0-9, - and .");
        }
        let prefix = prefix.strip_suffix('/').unwrap_or(prefix);
        let is_plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['?', '#', '\\']);
        let is_plain = |part| is_plain(part) && !part.contains(char::is_control);
        if prefix.len() > LONGEST_PREFIX || !(prefix.is_empty() || prefix.split('/').all(is_plain)) {
            return Err(
                "the prefix must have at most 900 bytes, and in its parts neither ?, # nor \\; no part may be empty, . or ..",
            );
        }
        Ok(Self { service, bucket: bucket.to_owned(), prefix: prefix.to_owned() })
    }
}

impl fmt::Display for ObjectService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::S3 => "s3",
            Self::Oss => "oss",
        })
    }
}

/// Without the prefix, which may have ids in it.
impl fmt::Display for ObjectUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = if self.prefix.is_empty() { "" } else { "/…" };
        write!(f, "{}://{}{rest}", self.service, self.bucket)
    }
}

impl fmt::Debug for ObjectUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ObjectUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(String, String), &'static str> {
        text.parse().map(|url: ObjectUrl| (format!("{}://{}", url.service, url.bucket), url.prefix))
    }

    #[test]
    fn a_url_is_a_bucket_and_a_prefix() {
        let is = |text, bucket: &str, prefix: &str| assert_eq!(read(text), Ok((bucket.to_owned(), prefix.to_owned())), "{text}");
        is("s3://bucket", "s3://bucket", "");
        is("s3://bucket/", "s3://bucket", "");
        is("oss://my-bucket.1/a/b c/ä/", "oss://my-bucket.1", "a/b c/ä");
        for text in [
            "s3:/bucket",
            "bucket",
            "http://bucket/a",
            "S3://bucket",
            "s3://",
            "s3://ab",
            "s3://Bucket",
            "s3://-ab",
            "s3://a b/c",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        for prefix in ["a//b", "/a", "a/../b", ".", "a?b", "a#b", "a\\b", "a\nb", &"a".repeat(901)] {
            assert!(read(&format!("s3://bucket/{prefix}")).unwrap_err().starts_with("the prefix must"), "{prefix}");
        }
    }

    #[test]
    fn no_text_of_it_has_the_prefix() {
        let url: ObjectUrl = "oss://bucket/hks1".parse().unwrap();
        for text in [url.to_string(), format!("{url:?}"), url.join("order1").to_string()] {
            assert!(text.contains("oss://bucket/…") && !text.contains("hks1") && !text.contains("order1"), "{text}");
        }
        assert_eq!(url.join("archives/hks2").prefix, "hks1/archives/hks2");
    }
}
