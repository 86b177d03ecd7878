//! Where a store is, by what its users have in their environment.

use std::net::IpAddr;

use cloudauth_core::Endpoint;
use cloudauth_core::spelling::Language;

use super::url::ObjectService;
use crate::exit::Failure;

/// The server of a store, and the region that requests are signed for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StorePlace {
    /// `https://host`, or `http://` on loopback.
    pub(super) endpoint: String,
    pub(super) region: String,
}

impl StorePlace {
    /// By the variables that `get` knows.
    pub(super) fn find(service: ObjectService, get: impl Fn(&str) -> Option<String>) -> Result<Self, Failure> {
        let first = |names: &[&'static str]| {
            names.iter().find_map(|name| get(name).filter(|text| !text.is_empty()).map(|text| (*name, text)))
        };
        let (endpoints, regions): (&[&str], &[&str]) = match service {
            ObjectService::S3 => (&["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"], &["AWS_REGION", "AWS_DEFAULT_REGION"]),
            ObjectService::Oss => (&["OSS_ENDPOINT"], &["OSS_REGION"]),
        };
        let endpoint = first(endpoints).map(|(name, text)| read(name, &text)).transpose()?;
        let region = match first(regions) {
            Some((name, text)) => Some(region(name, &text)?),
            None if service == ObjectService::Oss => endpoint.as_deref().and_then(region_of_oss).map(str::to_owned),
            None => None,
        };
        let rule = "must be set to the bucket's region";
        let region = region.ok_or_else(|| Failure::usage(regions[0], rule))?;
        let endpoint = endpoint.unwrap_or_else(|| match service {
            ObjectService::S3 if region.starts_with("cn-") => format!("https://s3.{region}.amazonaws.com.cn"),
            ObjectService::S3 => format!("https://s3.{region}.amazonaws.com"),
            ObjectService::Oss => format!("https://oss-{region}.aliyuncs.com"),
        });
        Ok(Self { endpoint, region })
    }

    /// Host, and port where it has one.
    pub(super) fn authority(&self) -> &str {
        self.endpoint.split_once("://").map_or(&*self.endpoint, |(_, authority)| authority)
    }

    /// Whether no bucket's name can stand in front of the host.
    pub(super) fn is_address(&self) -> bool {
        let host = self.authority().rsplit_once(':').map_or(self.authority(), |(host, _)| host);
        host == "localhost" || host.starts_with('[') || host.parse::<IpAddr>().is_ok()
    }
}

/// https, or http on loopback.
fn read(name: &'static str, text: &str) -> Result<String, Failure> {
    let read = Endpoint::parse(text.trim_end_matches('/'), false).map_err(|error| {
        let message = error.message_in(Language::Command);
        let rule = message.split_once(": ").map_or(&*message, |(_, rule)| rule);
        Failure::usage(name, rule)
    })?;
    Ok(read.to_string())
}

fn region(name: &'static str, text: &str) -> Result<String, Failure> {
    let region = text.strip_prefix("oss-").unwrap_or(text);
    let is_region = region.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if is_region { Ok(region.to_owned()) } else { Err(Failure::usage(name, "must be a region's id, such as cn-hongkong")) }
}

/// `oss-REGION.aliyuncs.com`, or with `-internal`.
fn region_of_oss(endpoint: &str) -> Option<&str> {
    let host = endpoint.strip_prefix("https://")?.strip_suffix(".aliyuncs.com")?.strip_prefix("oss-")?;
    let region = host.strip_suffix("-internal").unwrap_or(host);
    (!region.contains('.') && !region.starts_with("accelerate")).then_some(region)
}

#[cfg(test)]
mod tests {
    use super::ObjectService::{Oss, S3};
    use super::*;

    fn find(service: ObjectService, variables: &[(&str, &str)]) -> Result<(String, String), String> {
        let get = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let found = StorePlace::find(service, get).map_err(|failure| failure.to_string())?;
        Ok((found.endpoint, found.region))
    }

    #[track_caller]
    fn is(service: ObjectService, variables: &[(&str, &str)], endpoint: &str, region: &str) {
        assert_eq!(find(service, variables), Ok((endpoint.to_owned(), region.to_owned())));
    }

    #[test]
    fn a_store_is_where_its_own_tools_look_for_it() {
        is(S3, &[("AWS_REGION", "eu-west-1"), ("AWS_DEFAULT_REGION", "x")], "https://s3.eu-west-1.amazonaws.com", "eu-west-1");
        is(S3, &[("AWS_DEFAULT_REGION", "cn-north-1")], "https://s3.cn-north-1.amazonaws.com.cn", "cn-north-1");
        let own = [("AWS_REGION", "a"), ("AWS_ENDPOINT_URL", "http://127.0.0.1:9000/"), ("AWS_ENDPOINT_URL_S3", "")];
        is(S3, &own, "http://127.0.0.1:9000", "a");
        is(Oss, &[("OSS_REGION", "oss-cn-hongkong")], "https://oss-cn-hongkong.aliyuncs.com", "cn-hongkong");
        let internal = "oss-ap-southeast-1-internal.aliyuncs.com";
        is(Oss, &[("OSS_ENDPOINT", internal)], &format!("https://{internal}"), "ap-southeast-1");
        is(Oss, &[("OSS_ENDPOINT", "https://files.example"), ("OSS_REGION", "a-1")], "https://files.example", "a-1");
    }

    #[test]
    fn what_is_missing_or_open_to_others_is_named() {
        assert!(find(S3, &[]).unwrap_err().contains("AWS_REGION: must be set"));
        assert!(find(Oss, &[("OSS_ENDPOINT", "https://files.example")]).unwrap_err().contains("OSS_REGION: must be set"));
        assert!(find(Oss, &[("OSS_ENDPOINT", "oss-accelerate.aliyuncs.com")]).unwrap_err().contains("OSS_REGION: must be set"));
        let open = [("AWS_REGION", "a"), ("AWS_ENDPOINT_URL", "http://store.example")];
        assert!(find(S3, &open).unwrap_err().starts_with("cloudauth: AWS_ENDPOINT_URL: "), "{:?}", find(S3, &open));
        assert!(find(S3, &[("AWS_REGION", "a b")]).unwrap_err().contains("AWS_REGION: must be a region's id"));
    }

    #[test]
    fn a_bucket_stands_in_front_of_names_alone() {
        let is_address = |endpoint: &str| StorePlace { endpoint: endpoint.to_owned(), region: String::new() }.is_address();
        for endpoint in ["http://127.0.0.1:1", "http://[::1]:1", "http://localhost", "https://10.0.0.1"] {
            assert!(is_address(endpoint), "{endpoint}");
        }
        assert!(!is_address("https://oss-cn-hongkong.aliyuncs.com") && !is_address("https://files.example:8443"));
    }
}
