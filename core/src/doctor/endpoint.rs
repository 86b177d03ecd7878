//! Where calls go.

use super::finding::{Check, Finding};
use crate::endpoint::{self, Network};
use crate::endpoint_source::{ChosenEndpoint, EndpointSource};

pub(super) fn assess(chosen: Option<&ChosenEndpoint>) -> Finding {
    let Some(ChosenEndpoint { endpoint, source }) = chosen else {
        let nowhere = endpoint::nowhere();
        let advice = "Give a region or an endpoint, or set CLOUDAUTH_REGION or CLOUDAUTH_ENDPOINT.";
        return Finding::fail(Check::Endpoint, nowhere.kind(), nowhere.message(), advice);
    };
    let ok = |why: String| Finding::ok(Check::Endpoint, format!("calls go to {endpoint}: {why}"));
    match *source {
        EndpointSource::Endpoint => ok("the endpoint given".to_owned()),
        EndpointSource::EnvironmentEndpoint { overridden: None } => ok("CLOUDAUTH_ENDPOINT says so".to_owned()),
        EndpointSource::EnvironmentEndpoint { overridden: Some(region) } => Finding::warn(
            Check::Endpoint,
            format!("calls go to {endpoint}: CLOUDAUTH_ENDPOINT overrides the host of {}, the region given", region.id()),
            "Unset CLOUDAUTH_ENDPOINT where the region itself is to be called.",
        ),
        EndpointSource::Region { region, network, given, ignored } => {
            let network = match network {
                Network::Public => "public",
                Network::Internal => "internal",
            };
            let from = if given { "" } else { ", from CLOUDAUTH_REGION" };
            let but = if ignored { "; CLOUDAUTH_ENDPOINT is not loopback, and does not override a region given" } else { "" };
            ok(format!("the {network} host of {}{from}{but}", region.id()))
        }
    }
}

/// Whether calls go to a host that answers inside a region's VPC alone.
pub(super) fn is_internal(chosen: &ChosenEndpoint) -> bool {
    matches!(chosen.source, EndpointSource::Region { network: Network::Internal, .. })
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;
    use crate::endpoint::{Endpoint, Region};

    fn assessed(source: EndpointSource) -> (State, String) {
        let endpoint = Endpoint::parse("https://h.invalid", false).unwrap();
        let finding = assess(Some(&ChosenEndpoint { endpoint, source }));
        (finding.state, finding.what)
    }

    #[test]
    fn who_said_so_is_told() {
        let region = Region::HongKong;
        let (state, what) = assessed(EndpointSource::EnvironmentEndpoint { overridden: Some(region) });
        assert!(state == State::Warn && what.contains("https://h.invalid: CLOUDAUTH_ENDPOINT overrides the host of cn-hongkong"));
        let (state, what) = assessed(EndpointSource::Region { region, network: Network::Internal, given: false, ignored: false });
        assert!(state == State::Ok && what.ends_with("the internal host of cn-hongkong, from CLOUDAUTH_REGION"), "{what}");
        assert!(assessed(EndpointSource::Endpoint).1.ends_with("the endpoint given"));
        let nowhere = assess(None);
        assert!(nowhere.state == State::Fail && nowhere.what.contains("ap-southeast-5"), "{nowhere:?}");
    }
}
