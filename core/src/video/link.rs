//! A video's URL, once it is known to lead to a host that may be fetched from.

use std::fmt;
use std::net::Ipv6Addr;

use super::hosts::{Admission, Hosts};
use crate::catalogue::Kind;
use crate::endpoint::{Endpoint, is_host_name};
use crate::error::{Error, Result};

/// A signed URL of an object store has a few hundred characters.
const LONGEST: usize = 8 << 10;

/// Where a video lies. Only its server is ever shown: the rest opens it.
pub(super) struct Link {
    pub(super) server: Endpoint,
    /// Path and query, as they were given.
    pub(super) target: String,
    pub(super) admission: Admission,
}

impl Link {
    /// Takes `https://host/path` alone: no other port, unless the caller added the host, no user, no fragment, nothing that two
    /// readers of URLs could read in two ways. Plain `http` is for loopback addresses that the caller added.
    ///
    /// # Errors
    /// Kind `blocked`.
    pub(super) fn parse(url: &str, hosts: &Hosts) -> Result<Self> {
        Self::try_parse(url, hosts)
            .map_err(|rule| Error::new(Kind::Blocked, format!("the video's URL {rule}; it was not fetched")))
    }

    fn try_parse(url: &str, hosts: &Hosts) -> Result<Self, String> {
        if url.len() > LONGEST {
            return Err(format!("has more than {LONGEST} characters"));
        }
        if !url.bytes().all(|byte| byte.is_ascii_graphic()) || url.contains('\\') {
            return Err("must be printable ASCII without blanks and backslashes".to_owned());
        }
        if url.contains('#') {
            return Err("must not have a fragment".to_owned());
        }
        let (scheme, rest) = url.split_once("://").ok_or("must begin with https://")?;
        let (authority, target) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err("must not hold a user name or password".to_owned());
        }
        if !target.starts_with('/') || !target.bytes().all(is_url_character) {
            return Err("must have a path, and escape what URLs escape".to_owned());
        }
        let host = host(authority).ok_or("must name a host in letters, digits, `-` and `.`")?;
        let admission = hosts
            .admit(&host)
            .ok_or_else(|| format!("leads to the host {host}, which is not among the service's; `video_hosts` admits others"))?;
        let server = Endpoint::parse(&format!("{scheme}://{authority}"), false).map_err(|_| "must be https".to_owned())?;
        // What would be read as another host than it was admitted as.
        if server.name() != host {
            return Err("must name its host as it is".to_owned());
        }
        if admission == Admission::Service && server.address_and_port().1 != 443 {
            return Err("must lead to port 443".to_owned());
        }
        Ok(Self { server, target: target.to_owned(), admission })
    }
}

/// The host and the port that a video's URL leads to, where it may be fetched with these hosts added. For tests.
pub fn admitted_video_url(url: &str, added: &[String]) -> Option<(String, u64)> {
    let link = Link::parse(url, &Hosts::new(added).ok()?).ok()?;
    Some((link.server.name().to_owned(), link.server.address_and_port().1))
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Link({}/…)", self.server)
    }
}

/// Of those of RFC 3986 that may stand in a path or a query.
fn is_url_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(&byte)
}

/// The host in lower case, an address without brackets.
fn host(authority: &str) -> Option<String> {
    if let Some(inside) = authority.strip_prefix('[') {
        let address: Ipv6Addr = inside.split_once(']')?.0.parse().ok()?;
        return Some(address.to_string());
    }
    let host = authority.split_once(':').map_or(authority, |halves| halves.0).to_ascii_lowercase();
    is_host_name(&host).then_some(host)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn link(url: &str, added: &[&str]) -> Result<Link> {
        let added: Vec<_> = added.iter().map(ToString::to_string).collect();
        Link::parse(url, &Hosts::new(&added).unwrap())
    }

    #[test]
    fn the_services_own_urls_are_taken_as_they_are() {
        let path = "/kyc/a%2Fb+c~.webm?Expires=1767225600&OSSAccessKeyId=x&Signature=a%2Bb%3D";
        for host in ["oss.aliyuncs.com", "bucket-1.oss-ap-southeast-1.aliyuncs.com", "OSS.AliyunCS.com", "oss.aliyuncs.com:443"] {
            let link = link(&format!("HTTPS://{host}{path}"), &[]).unwrap();
            let server = format!("https://{}", host.to_lowercase().trim_end_matches(":443"));
            assert_eq!((link.server.to_string(), &*link.target), (server.clone(), path));
            assert_eq!(format!("{link:?}"), format!("Link({server}/…)"));
        }
    }

    #[test]
    fn what_the_caller_adds_is_taken_beside_it() {
        for (url, added, taken) in [
            ("https://video.example/a", "video.example", true),
            ("https://VIDEO.example:8443/a", "Video.Example", true),
            ("https://a.video.example/a", "video.example", false),
            ("https://a.video.example/a", ".video.example", true),
            ("https://video.example/a", ".video.example", false),
            ("https://avideo.example/a", ".video.example", false),
            ("http://127.0.0.1:8080/a", "127.0.0.1", true),
            ("http://[::1]:8080/a", "::1", true),
            ("http://[0:0::1]:8080/a", "[::1]", true),
            ("http://localhost:8080/a", "localhost", true),
            ("http://127.0.0.1:8080/a", ".0.0.1", false),
            ("https://10.0.0.1/a", ".1", false),
            ("http://video.example/a", "video.example", false),
            ("http://10.0.0.1/a", "10.0.0.1", false),
            ("https://127.1/a", "127.1", false),
            ("https://2130706433/a", "2130706433", false),
            ("https://video.example:0/a", "video.example", false),
            ("https://video.example:/a", "video.example", true),
        ] {
            assert_eq!(link(url, &[added]).map_err(|error| assert_eq!(error.kind(), Kind::Blocked)).is_ok(), taken, "{url}");
        }
        for host in ["", ".", "..", "*", "a b", "https://a", "a/b", "a:1", "a.", "-a", "a..b", "bücher.example", "[::1"] {
            assert_eq!(Hosts::new(&[host.to_owned()]).is_ok(), host == "[::1", "{host}");
        }
    }

    proptest! {
        #[test]
        fn no_text_leads_elsewhere(url in "(https?://)?[a-z0-9.:@/?#\\\\%\\[\\] \t-]{0,40}(\\.?aliyuncs\\.com)?[:@./?#a-z0-9]{0,12}") {
            if let Ok(link) = link(&url, &[]) {
                let url = url::Url::parse(&url).unwrap();
                prop_assert!(url.host_str().unwrap().ends_with(".aliyuncs.com"));
                prop_assert_eq!((url.scheme(), url.port_or_known_default(), url.username()), ("https", Some(443), ""));
                prop_assert!(link.server.is_https());
            }
        }
    }
}
