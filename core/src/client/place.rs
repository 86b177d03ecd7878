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
    /// `CLOUDAUTH_ENDPOINT`, in the place of a region given in code where there is one.
    EnvironmentEndpoint { overridden: Option<Region> },
    /// A region's own host; `given` in code, or by `CLOUDAUTH_REGION`.
    Region { region: Region, network: Network, given: bool },
}
