//! The way to the server: proxy, name, connection, TLS.

use std::net::IpAddr;
use std::time::Duration;

use super::finding::{Check, Finding};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::transport::ProxyServer;

/// How many of a server's names or addresses are told.
const SHOWN: usize = 3;

/// `via`: the proxy on the way.
pub(super) fn proxy(via: Option<&ProxyServer>, endpoint: &Endpoint) -> Finding {
    match via {
        Some(via) if via.setting() == "proxy" => Finding::ok(Check::Proxy, format!("calls go through {via}: the proxy given")),
        Some(via) => Finding::ok(Check::Proxy, format!("calls go through {via}: the environment's {} says so", via.setting())),
        None if endpoint.is_loopback() => Finding::ok(Check::Proxy, "none: the endpoint is on this machine"),
        None => Finding::ok(Check::Proxy, "none: calls go straight to the endpoint"),
    }
}

pub(super) fn dns(host: &str, addresses: &[IpAddr]) -> Finding {
    Finding::ok(Check::Dns, format!("{host} is {}", some(addresses.iter().map(ToString::to_string))))
}

pub(super) fn dns_failed(host: &str, error: &Error) -> Finding {
    let advice = format!(
        "See that the host is spelled right, and that this machine's DNS works (`getent hosts {host}`). Where a proxy alone \
         may look names up, give the proxy."
    );
    Finding::fail(Check::Dns, error.kind(), error.message(), advice)
}

/// `next`: where the connection leads, the endpoint or a proxy.
pub(super) fn tcp(next: &str, took: Duration) -> Finding {
    Finding::ok(Check::Tcp, format!("{next}: connected in {} ms", took.as_millis())).took(took)
}

/// A step of the way that failed; `internal`: the server is one of a region's own network.
pub(super) fn failed(check: Check, error: &Error, internal: bool) -> Finding {
    let finding = Finding::failed(check, error);
    if internal && check == Check::Tcp {
        let advice = "The internal host answers only inside a VPC of its region. From elsewhere, call the public one.";
        return Finding { advice: Some(advice.to_owned()), ..finding };
    }
    finding
}

/// `version`: of TLS, or `None` where the endpoint has none.
pub(super) fn tls(endpoint: &Endpoint, version: Option<&str>, took: Duration) -> Finding {
    match version {
        Some(version) => Finding::ok(Check::Tls, format!("{version}, and the certificate is trusted")).took(took),
        None if endpoint.is_loopback() => Finding::skipped(Check::Tls, "none: plain http, on this machine"),
        None => Finding::warn(
            Check::Tls,
            "none: over plain http, faces travel in the open",
            "Use https, unless this network is your own and for tests.",
        ),
    }
}

pub(super) fn some(all: impl IntoIterator<Item = String>) -> String {
    let all: Vec<_> = all.into_iter().collect();
    let more = all.len().saturating_sub(SHOWN);
    let shown = all.into_iter().take(SHOWN).collect::<Vec<_>>().join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_stand_for_many() {
        let all = |count: usize| some((0..count).map(|number| number.to_string()));
        assert_eq!([all(1), all(3), all(5)], ["0", "0, 1, 2", "0, 1, 2 and 2 more"]);
    }
}
