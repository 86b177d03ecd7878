//! The hosts that a video may come from.

use std::net::IpAddr;

use crate::endpoint::is_host_name;

/// Where the service keeps its videos.
const SERVICE: &str = ".aliyuncs.com";

/// The service's hosts, and those that the caller added: a name, `.name` for every host below it, or an address.
#[derive(Debug, Default)]
pub(crate) struct Hosts {
    added: Vec<String>,
}

/// Who lets a host be fetched from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    Service,
    /// The caller, who may mean a host of their own network, and any port.
    Caller,
}

impl Hosts {
    pub(crate) fn new(added: &[String]) -> Result<Self, &'static str> {
        let added = added.iter().map(|host| {
            let host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
            if let Ok(address) = host.parse::<IpAddr>() {
                return Ok(address.to_string());
            }
            is_host_name(host.strip_prefix('.').unwrap_or(&host))
                .then_some(host)
                .ok_or("must hold hosts: a name, a dot and a name for all hosts below it, or an address")
        });
        Ok(Self { added: added.collect::<Result<_, _>>()? })
    }

    /// `host`: in lower case, an address without brackets.
    pub(super) fn admit(&self, host: &str) -> Option<Admission> {
        // An address has nothing below it, though it may end like a name.
        let is_name = host.parse::<IpAddr>().is_err();
        let covers = |entry: &str| {
            if entry.starts_with('.') { is_name && host.len() > entry.len() && host.ends_with(entry) } else { host == entry }
        };
        if self.added.iter().any(|entry| covers(entry)) {
            return Some(Admission::Caller);
        }
        covers(SERVICE).then_some(Admission::Service)
    }
}
