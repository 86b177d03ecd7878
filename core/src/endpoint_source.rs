//! Which server a client calls, and who said so.

use crate::endpoint::{Endpoint, Network, Region};

/// The server that calls go to.
#[derive(Clone, Debug)]
pub(crate) struct ChosenEndpoint {
    pub(crate) endpoint: Endpoint,
    pub(crate) source: EndpointSource,
}

/// Who said that calls go there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EndpointSource {
    /// An endpoint given in code.
    Endpoint,
    /// `CLOUDAUTH_ENDPOINT`; a loopback address also in the place of a region given in code.
    EnvironmentEndpoint { overridden: Option<Region> },
    /// A region's own host; `given` in code, or by `CLOUDAUTH_REGION`. `ignored`: `CLOUDAUTH_ENDPOINT` names another.
    Region { region: Region, network: Network, given: bool, ignored: bool },
}
