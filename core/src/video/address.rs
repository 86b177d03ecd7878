//! Which addresses a video may come from.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::hosts::Admission;

/// Whether a connection may be made to `address`. The caller's own hosts may be in a private network or on this machine; nobody's
/// are where machines keep their keys, and no address hides another.
pub(super) fn may_connect(address: IpAddr, admission: Admission) -> bool {
    match Reach::of(address) {
        Reach::Public => true,
        Reach::Private => admission == Admission::Caller,
        Reach::Special => false,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Public,
    /// This machine, or a network of its owner's.
    Private,
    /// Link-local, multicast, reserved, an address inside another; Alibaba Cloud's metadata.
    Special,
}

/// An IPv4 network: its address, its prefix's length.
type Network = (Ipv4Addr, u32);

const fn network(a: u8, b: u8, c: u8, length: u32) -> Network {
    (Ipv4Addr::new(a, b, c, 0), length)
}

const METADATA: Ipv4Addr = Ipv4Addr::new(100, 100, 100, 200);

const PRIVATE: [Network; 5] =
    [network(10, 0, 0, 8), network(100, 64, 0, 10), network(127, 0, 0, 8), network(172, 16, 0, 12), network(192, 168, 0, 16)];

/// IANA's registry of special-purpose addresses.
const SPECIAL: [Network; 10] = [
    network(0, 0, 0, 8),
    network(169, 254, 0, 16),
    network(192, 0, 0, 24),
    network(192, 0, 2, 24),
    network(192, 88, 99, 24),
    network(198, 18, 0, 15),
    network(198, 51, 100, 24),
    network(203, 0, 113, 24),
    network(224, 0, 0, 4),
    network(240, 0, 0, 4),
];

impl Reach {
    fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => Self::of_v4(address),
            IpAddr::V6(address) => Self::of_v6(address),
        }
    }

    fn of_v4(address: Ipv4Addr) -> Self {
        let within = |(start, length): &Network| (address.to_bits() ^ start.to_bits()) >> (32 - length) == 0;
        if address == METADATA || SPECIAL.iter().any(within) {
            Self::Special
        } else if PRIVATE.iter().any(within) {
            Self::Private
        } else {
            Self::Public
        }
    }

    fn of_v6(address: Ipv6Addr) -> Self {
        match address.segments() {
            [0, 0, 0, 0, 0, 0, 0, 1] | [0xfc00..=0xfdff, ..] => Self::Private,
            // A network without IPv4 reaches it by these (RFC 6052).
            [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
                match Self::of_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low))) {
                    Self::Public => Self::Public,
                    _ => Self::Special,
                }
            }
            // Teredo and other protocols' (2001::/23), documentation, 6to4.
            [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => Self::Special,
            [0x2000..=0x3fff, ..] => Self::Public,
            _ => Self::Special,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(addresses: &[&str], reach: Reach) {
        for address in addresses {
            assert_eq!(Reach::of(address.parse().unwrap()), reach, "{address}");
        }
    }

    #[test]
    fn networks_end_where_the_registry_says() {
        let public = [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2000::",
            "2001:200::1",
            "2400:3200::1",
            "3ffe::1",
            "64:ff9b::808:808",
        ];
        all(&public, Reach::Public);
        let private = [
            "10.0.0.0",
            "10.255.255.255",
            "100.64.0.0",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.255",
            "172.16.0.0",
            "172.31.255.255",
            "192.168.0.0",
            "192.168.255.255",
            "::1",
            "fc00::",
            "fdff:ffff::1",
        ];
        all(&private, Reach::Private);
        let special = [
            "0.0.0.0",
            "0.255.255.255",
            "100.100.100.200",
            "169.254.0.0",
            "169.254.169.254",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.0",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.0",
            "255.255.255.255",
            "::",
            "::2",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b::6464:64c8",
            "64:ff9b::1:808:808",
            "64:ff9b:1::808:808",
            "100::1",
            "2001::1",
            "2001:0:808:808::1",
            "2001:1ff::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:808:808::1",
            "3fff::1",
            "5f00::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
            "ffff::1",
        ];
        all(&special, Reach::Special);
    }

    #[test]
    fn the_caller_admits_private_addresses_and_no_special_ones() {
        let may = |address: &str, admission| may_connect(address.parse().unwrap(), admission);
        for (address, service, caller) in
            [("8.8.8.8", true, true), ("127.0.0.1", false, true), ("fd00::1", false, true), ("169.254.169.254", false, false)]
        {
            assert_eq!([may(address, Admission::Service), may(address, Admission::Caller)], [service, caller], "{address}");
        }
    }
}
