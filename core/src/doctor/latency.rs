//! How far the regions are: the time to connect to each one's public and internal host, all at once.

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use super::finding::{Check, Finding};
use crate::catalogue::Kind;
use crate::endpoint::{Endpoint, Network, Region};
use crate::error::{Error, Result};
use crate::transport::{Probe, Settings};

/// For one host, looking it up included.
const LIMIT: Duration = Duration::from_secs(3);

pub(super) async fn measure(settings: &Settings) -> Vec<Finding> {
    let settings = Settings { connect_timeout: LIMIT, ..settings.clone() };
    let hosts = Region::ALL.into_iter().flat_map(|region| [Network::Public, Network::Internal].map(|network| (region, network)));
    let each = hosts.map(async |(region, network)| {
        let reached = tokio::time::timeout(LIMIT, connect(region, network, &settings)).await;
        let late = |_| Err(Error::new(Kind::Timeout, format!("no connection within {} s", LIMIT.as_secs())));
        assess(region, network, &reached.unwrap_or_else(late))
    });
    join_all(each).await
}

async fn connect(region: Region, network: Network, settings: &Settings) -> Result<Duration> {
    let probe = Probe::new(&Endpoint::of(region, network), settings)?;
    // So that the name is known when time begins to count.
    probe.resolve().await?;
    let begun = Instant::now();
    probe.pass(probe.reach().await?).await?;
    Ok(begun.elapsed())
}

fn assess(region: Region, network: Network, reached: &Result<Duration>) -> Finding {
    let host = region.host(network);
    let subject = match network {
        Network::Public => format!("{} public", region.id()),
        Network::Internal => format!("{} internal", region.id()),
    };
    let finding = match (reached, network) {
        (Ok(took), _) => Finding::ok(Check::Latency, format!("{host}: connected in {} ms", took.as_millis())).took(*took),
        (Err(_), Network::Internal) => {
            Finding::skipped(Check::Latency, format!("{host}: out of reach, as is normal outside a VPC of its region"))
        }
        (Err(error), Network::Public) => Finding::warn(
            Check::Latency,
            format!("{host}: out of reach ({})", error.message()),
            "Of concern only where this region is to be called: see that DNS, proxy and firewall let it through.",
        ),
    };
    finding.about(subject)
}

#[cfg(test)]
mod tests {
    use super::super::{Measured, State};
    use super::*;

    #[test]
    fn an_internal_host_out_of_reach_is_nothing_to_worry_about() {
        let state = |network, reached: &Result<Duration>| assess(Region::HongKong, network, reached).state;
        let took = Duration::from_millis(40);
        let lost = Err(Error::new(Kind::Network, "lost"));
        assert_eq!(state(Network::Internal, &lost), State::Skipped);
        assert_eq!(state(Network::Internal, &Ok(took)), State::Ok);
        assert_eq!(state(Network::Public, &lost), State::Warn);
        let near = assess(Region::HongKong, Network::Public, &Ok(took));
        assert_eq!(near.what, "cloudauth-intl.cn-hongkong.aliyuncs.com: connected in 40 ms");
        assert_eq!((near.subject.as_deref(), near.measured), (Some("cn-hongkong public"), Some(Measured::Took(took))));
    }
}
