//! Where calls go.

use std::fmt;
use std::str::FromStr;

use rustls::pki_types::ServerName;
use url::{Host, Url};

use crate::error::{Error, Result};
use crate::options;

/// A region that serves ID Verification. Any other host is reached by `endpoint`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Region {
    /// `ap-southeast-1`
    Singapore,
    /// `ap-southeast-5`
    Indonesia,
    /// `cn-hongkong`
    HongKong,
    /// `ap-southeast-3`
    Malaysia,
}

impl Region {
    pub const ALL: [Self; 4] = [Self::Singapore, Self::Indonesia, Self::HongKong, Self::Malaysia];

    /// The service's id of the region.
    pub fn id(self) -> &'static str {
        match self {
            Self::Singapore => "ap-southeast-1",
            Self::Indonesia => "ap-southeast-5",
            Self::HongKong => "cn-hongkong",
            Self::Malaysia => "ap-southeast-3",
        }
    }

    /// The documented quota: requests a second of each operation and account.
    pub fn documented_rate(self) -> usize {
        match self {
            Self::Singapore | Self::HongKong => 10,
            Self::Indonesia | Self::Malaysia => 3,
        }
    }

    /// The region whose server `endpoint` is.
    pub(crate) fn of(endpoint: &Endpoint) -> Option<Self> {
        let serves = |region: &Self| [Network::Public, Network::Internal].iter().any(|of| region.host(*of) == endpoint.host());
        Self::ALL.into_iter().find(serves)
    }

    /// The host that serves the region.
    pub fn host(self, network: Network) -> String {
        let product = match network {
            Network::Public => "cloudauth-intl",
            Network::Internal => "cloudauth-intl-vpc",
        };
        format!("{product}.{}.aliyuncs.com", self.id())
    }

    fn all_ids() -> String {
        Self::ALL.map(Self::id).join(", ")
    }
}

impl FromStr for Region {
    type Err = Error;

    fn from_str(id: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|region| region.id() == id).ok_or_else(|| {
            let rule = format!("must be one of {}; any other host is given as endpoint", Self::all_ids());
            Error::invalid_argument("region", rule)
        })
    }
}

/// Which of a region's two hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Network {
    Public,
    /// The region's own VPC; reached from inside it only.
    Internal,
}

impl FromStr for Network {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            "public" => Ok(Self::Public),
            "internal" => Ok(Self::Internal),
            _ => Err(options::mismatch("network")),
        }
    }
}

/// A host's name has at most 253.
const MAX_ENDPOINT: usize = 512;

/// A server's origin: scheme, host and port.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    url: Url,
    host: String,
    loopback: bool,
}

impl Endpoint {
    /// The region's server.
    pub fn of(region: Region, network: Network) -> Self {
        let host = region.host(network);
        let url = Url::parse(&format!("https://{host}/")).expect("a region's host makes a URL");
        Self { url, host, loopback: false }
    }

    /// Reads `https://host[:port]`, or a bare host. Plain `http://` is taken for loopback addresses and `localhost`, which is
    /// never looked up; for any host where `allow_insecure` says so.
    pub fn parse(text: &str, allow_insecure: bool) -> Result<Self> {
        let refuse = |rule: &str| Error::invalid_argument("endpoint", rule);
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(refuse("must not be empty, and printable ASCII without blanks"));
        }
        if text.len() > MAX_ENDPOINT {
            return Err(refuse(&format!("must have at most {MAX_ENDPOINT} characters, got {}", text.len())));
        }
        let (scheme, rest) = text.split_once("://").unwrap_or(("https", text));
        // URLs are read with much good will: `https:///tmp` would be a host of that name.
        if rest.starts_with(['/', '\\', '.']) || rest.contains('\\') {
            return Err(refuse("must name a host, such as https://host or http://127.0.0.1:8080"));
        }
        let with_scheme = format!("{scheme}://{rest}");
        let url = Url::parse(&with_scheme).map_err(|_| refuse("must be a URL such as https://host or http://127.0.0.1:8080"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refuse("must begin with https:// or http://"));
        }
        if rest.contains('@') {
            return Err(refuse("must not hold a user name or password"));
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(refuse("must be scheme, host and port only"));
        }
        let name = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| refuse("must name a host"))?;
        let host = url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"));
        if name.len() > 253 {
            return Err(refuse("the host's name must have at most 253 characters"));
        }
        if url.port() == Some(0) {
            return Err(refuse("the port must be from 1 to 65535"));
        }
        let loopback = is_loopback_host(url.host().as_ref());
        let endpoint = Self { url, host, loopback };
        if endpoint.url.scheme() == "http" && !endpoint.loopback && !allow_insecure {
            return Err(refuse("plain http is for loopback addresses only; use https, or `allow_insecure` where you must"));
        }
        Ok(endpoint)
    }

    /// The value of the `Host` header: with the port where it is not the scheme's own.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The region that it serves, by either of its hosts.
    pub fn region(&self) -> Option<Region> {
        let is_of =
            |region: &Region| [Network::Public, Network::Internal].iter().any(|network| region.host(*network) == self.host);
        Region::ALL.into_iter().find(is_of)
    }

    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }

    pub(crate) fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The origin, for what speaks in `http`'s types.
    pub(crate) fn uri(&self) -> Option<http::Uri> {
        self.url.as_str().parse().ok()
    }

    /// A name, or an address without brackets.
    pub(crate) fn name(&self) -> &str {
        bare(self.url.host_str().unwrap_or_default())
    }

    pub(crate) fn url_host(&self) -> Option<Host<&str>> {
        self.url.host()
    }

    /// Host and port, whether or not it is the scheme's own.
    pub(crate) fn authority(&self) -> Option<String> {
        Some(format!("{}:{}", self.url.host()?, self.url.port_or_known_default()?))
    }

    /// Where it is: a name, or an address without brackets.
    pub(crate) fn address_and_port(&self) -> (String, u64) {
        let address = self.url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        (address, self.url.port_or_known_default().unwrap_or_default().into())
    }

    /// The name that the server's certificate must be for; `None` without TLS.
    pub(crate) fn server_name(&self) -> Option<ServerName<'static>> {
        server_name(self.url.host_str().filter(|_| self.is_https())?)
    }
}

/// A host as certificates name it.
pub(crate) fn server_name(host: &str) -> Option<ServerName<'static>> {
    ServerName::try_from(bare(host).to_owned()).ok()
}

fn bare(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

/// Whether `name` is one that DNS could have, in lower case and without a dot at its end.
pub(crate) fn is_host_name(name: &str) -> bool {
    let is_label = |label: &str| {
        let fits = (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-');
        fits && label.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    };
    name.len() <= 253 && name.split('.').all(is_label)
}

/// Whether a URL's host is this machine.
pub(crate) fn is_loopback_host(host: Option<&Host<&str>>) -> bool {
    match host {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => is_localhost(name),
        None => false,
    }
}

/// Whether a name is this machine's, whatever anyone else says of it (RFC 6761).
pub(crate) fn is_localhost(name: &str) -> bool {
    name == "localhost" || name.ends_with(".localhost")
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.url.scheme(), self.host)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({self})")
    }
}

/// What to say where nothing tells which server to call.
pub(crate) fn nowhere() -> Error {
    let rule = format!("no default exists: give one of {}, or an endpoint", Region::all_ids());
    Error::invalid_argument("region", rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_have_the_hosts_of_the_documents() {
        let hosts = |network| Region::ALL.map(|region| region.host(network));
        assert_eq!(
            hosts(Network::Public),
            [
                "cloudauth-intl.ap-southeast-1.aliyuncs.com",
                "cloudauth-intl.ap-southeast-5.aliyuncs.com",
                "cloudauth-intl.cn-hongkong.aliyuncs.com",
                "cloudauth-intl.ap-southeast-3.aliyuncs.com",
            ]
        );
        assert!(hosts(Network::Internal).iter().all(|host| host.starts_with("cloudauth-intl-vpc.")));
    }

    #[test]
    fn bad_regions_and_endpoints_are_refused_by_name() {
        let region = "ap-southeast-9".parse::<Region>().expect_err("no such region").to_string();
        assert!(region.starts_with("region: ") && region.contains("cn-hongkong"), "{region}");
        for text in [
            "",
            "http://",
            "ftp://host",
            "http://example.com",
            "http://192.168.1.1",
            "https://user:pass@host",
            "https://host/path",
            "https://host?x=1",
            "https://ho st",
            "http://127.0.0.1.example.com:1",
            "http://localhost.example.com:1",
            // Finding G6.
            "/tmp",
            "https:///tmp",
            "https:/tmp",
            "./tmp",
            "..",
            "https://@host",
            "https:\\\\host",
            "https://host:0",
            "https://host:99999",
            "://host",
            &format!("https://{}.test", "a.".repeat(126)),
            &"h".repeat(64 << 10),
        ] {
            let error = Endpoint::parse(text, false).expect_err(text);
            assert!(error.message().starts_with("endpoint: "), "{text}: {error}");
        }
    }

    #[test]
    fn hosts_carry_the_port_only_where_it_is_not_the_schemes_own() {
        let host = |text: &str| Endpoint::parse(text, true).map(|endpoint| endpoint.host().to_owned()).ok();
        assert_eq!(host("http://127.0.0.1:8080").as_deref(), Some("127.0.0.1:8080"));
        assert_eq!(host("http://[::1]:80/").as_deref(), Some("[::1]"));
        assert_eq!(host("https://Example.com:443").as_deref(), Some("example.com"));
        assert_eq!(host("example.com").as_deref(), Some("example.com"));
        assert_eq!(host("http://example.com:8080").as_deref(), Some("example.com:8080"));
    }

    #[test]
    fn localhost_is_this_machine_and_no_other_name_is() {
        let is_loopback = |text: &str| Endpoint::parse(text, true).unwrap().is_loopback();
        for text in
            ["http://localhost:8080", "https://localhost", "http://LOCALHOST", "http://emulator.localhost", "http://[::1]"]
        {
            assert!(is_loopback(text) && Endpoint::parse(text, false).is_ok(), "{text}");
        }
        for text in ["https://example.invalid", "http://notlocalhost", "https://localhost.example", "http://10.0.0.1"] {
            assert!(!is_loopback(text), "{text}");
        }
    }
}
