//! Whose data a transaction is: the service keeps those of each region apart.

use crate::endpoint::{Endpoint, Region};
use crate::error::{Error, Result};

/// The region that `endpoint` serves, or the endpoint itself where it serves none that is known.
pub(crate) fn origin(endpoint: &Endpoint) -> (Option<&'static str>, Option<String>) {
    match endpoint.region() {
        Some(region) => (Some(region.id()), None),
        None => (None, Some(endpoint.to_string())),
    }
}

/// Refuses to ask `endpoint` for a transaction that was started elsewhere: in `region`, or at the endpoint `started_at`.
///
/// # Errors
/// Kind `invalid_argument` where it was.
pub fn validate_origin(region: Option<&str>, started_at: Option<&str>, endpoint: &Endpoint) -> Result<()> {
    let here = origin(endpoint);
    if (region, started_at) == (here.0, here.1.as_deref()) {
        return Ok(());
    }
    let there =
        region.map(|id| id.parse::<Region>().map_or("another region".to_owned(), |region| format!("region {}", region.id())));
    let rule = match (there, here.0) {
        (Some(there), Some(here)) => format!("belongs to {there}, and this client calls region {here}"),
        (Some(there), None) => format!("belongs to {there}, and this client calls an endpoint"),
        (None, Some(here)) => format!("belongs to an endpoint, and this client calls region {here}"),
        (None, None) => "belongs to another endpoint than this client calls".to_owned(),
    };
    Err(Error::invalid_argument("started", rule))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::Network;

    #[test]
    fn a_region_is_known_by_its_hosts() {
        for region in Region::ALL {
            for network in [Network::Public, Network::Internal] {
                assert_eq!(origin(&Endpoint::of(region, network)), (Some(region.id()), None));
            }
        }
        let host = "https://cloudauth-intl.cn-hongkong.aliyuncs.com";
        assert_eq!(origin(&Endpoint::parse(host, false).unwrap()), (Some("cn-hongkong"), None));
        for other in ["http://127.0.0.1:8080", "https://cloudauth-intl.cn-hongkong.aliyuncs.com:8443", "https://proxy.example"] {
            assert_eq!(origin(&Endpoint::parse(other, false).unwrap()), (None, Some(other.to_owned())));
        }
    }

    #[test]
    fn a_client_of_another_region_refuses() {
        let hong_kong = Endpoint::of(Region::HongKong, Network::Internal);
        let loopback = Endpoint::parse("http://127.0.0.1:8080", false).unwrap();
        assert!(validate_origin(Some("cn-hongkong"), None, &hong_kong).is_ok());
        assert!(validate_origin(None, Some("http://127.0.0.1:8080"), &loopback).is_ok());
        let refused = |region, at, endpoint| validate_origin(region, at, endpoint).unwrap_err().to_string();
        assert_eq!(
            refused(Some("ap-southeast-1"), None, &hong_kong),
            "started: belongs to region ap-southeast-1, and this client calls region cn-hongkong"
        );
        assert_eq!(
            refused(None, Some("http://127.0.0.1:8080"), &hong_kong),
            "started: belongs to an endpoint, and this client calls region cn-hongkong"
        );
        assert_eq!(
            refused(None, Some("http://127.0.0.1:8081"), &loopback),
            "started: belongs to another endpoint than this client calls"
        );
        assert_eq!(
            refused(Some("Chan"), None, &loopback),
            "started: belongs to another region, and this client calls an endpoint"
        );
        assert!(validate_origin(None, None, &loopback).is_err());
    }
}
