//! Where a client's calls go, and who said so.

use crate::endpoint::{Endpoint, Network, Region};

#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) endpoint: Endpoint,
    pub(crate) origin: Origin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// An endpoint given in code.
    Endpoint,
    /// `CLOUDAUTH_ENDPOINT`; a loopback address also in the place of a region given in code.
    EnvironmentEndpoint { overridden: Option<Region> },
    /// A region's own host; `given` in code, or by `CLOUDAUTH_REGION`. `ignored`: `CLOUDAUTH_ENDPOINT` names another.
    Region { region: Region, network: Network, given: bool, ignored: bool },
}
