//! Hosts that calls go to without a proxy, as `NO_PROXY` lists them.

use std::net::IpAddr;

use url::Host;

/// Read as curl reads it: `*` alone covers all hosts; else a list, split by commas or blanks, of names, which stand for the
/// names below them too, and of addresses, which may have a prefix length. A port, a `*` within a list, or brackets match nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct NoProxy(String);

impl NoProxy {
    pub(super) fn new(list: Option<String>) -> Self {
        Self(list.unwrap_or_default())
    }

    pub(super) fn covers(&self, host: &Host<&str>) -> bool {
        self.0 == "*"
            || self.0.split([',', ' ', '\t']).filter(|entry| !entry.is_empty()).any(|entry| match host {
                Host::Domain(name) => covers_name(entry, name),
                Host::Ipv4(address) => covers_address(entry, IpAddr::V4(*address)),
                Host::Ipv6(address) => covers_address(entry, IpAddr::V6(*address)),
            })
    }
}

fn covers_name(entry: &str, name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let entry = entry.strip_suffix('.').unwrap_or(entry);
    let entry = entry.strip_prefix('.').unwrap_or(entry);
    let Some(before) = name.len().checked_sub(entry.len()) else { return false };
    let same = name.as_bytes()[before..].eq_ignore_ascii_case(entry.as_bytes());
    same && !entry.is_empty() && (before == 0 || name.as_bytes()[before - 1] == b'.')
}

fn covers_address(entry: &str, address: IpAddr) -> bool {
    let (network, length) = match entry.split_once('/') {
        Some((network, length)) => (network, length.parse().ok()),
        // No length means the address itself; to curl, a length of 0 does too.
        None => (entry, Some(0)),
    };
    let (Ok(network), Some(length)) = (network.parse::<IpAddr>(), length) else { return false };
    match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            same_network(network.to_bits().into(), address.to_bits().into(), 32, length)
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => same_network(network.to_bits(), address.to_bits(), 128, length),
        _ => false,
    }
}

fn same_network(one: u128, other: u128, width: u32, length: u32) -> bool {
    match length {
        0 => one == other,
        _ if length > width => false,
        _ => (one ^ other) >> (width - length) == 0,
    }
}
