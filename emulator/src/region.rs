use std::fmt;
use std::str::FromStr;

/// A region of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Region {
    /// `cn-hongkong`
    HongKong,
    /// `ap-southeast-1`
    Singapore,
    /// `ap-southeast-3`
    KualaLumpur,
    /// `ap-southeast-5`
    Jakarta,
}

/// A text that is none of the four regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be ap-southeast-1, ap-southeast-3, ap-southeast-5 or cn-hongkong")]
pub struct RegionError;

impl Region {
    pub(crate) const ALL: [Region; 4] = [Region::HongKong, Region::Singapore, Region::KualaLumpur, Region::Jakarta];

    fn id(self) -> &'static str {
        match self {
            Region::HongKong => "cn-hongkong",
            Region::Singapore => "ap-southeast-1",
            Region::KualaLumpur => "ap-southeast-3",
            Region::Jakarta => "ap-southeast-5",
        }
    }

    /// The documented quota: calls a second, of each API and account.
    pub(crate) fn quota(self) -> u32 {
        match self {
            Region::HongKong | Region::Singapore => 10,
            Region::KualaLumpur | Region::Jakarta => 3,
        }
    }

    /// The only documents, by code with letters, that it reads; none where it reads all.
    pub(crate) fn documents(self) -> Option<[&'static str; 2]> {
        match self {
            Region::HongKong | Region::Singapore => None,
            Region::KualaLumpur => Some(["MYS01001", "GLB03002"]),
            Region::Jakarta => Some(["IDN01001", "GLB03002"]),
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Region {
    type Err = RegionError;

    fn from_str(text: &str) -> Result<Region, RegionError> {
        Region::ALL.into_iter().find(|region| region.id() == text).ok_or(RegionError)
    }
}
