//! Where the keys come from: one source per file, all behind [`Provider`].
//!
//! A source is either at hand (given, in the environment, in a file) or must be asked over the network or by running a
//! program; the latter stands behind a cache. The chain tries them in the order of the service's own SDKs.

mod assume_role;
mod cache;
mod chain;
mod cli_config;
mod diagnosis;
mod environment;
mod external;
mod factory;
mod file;
mod fixed;
mod flight;
mod ini;
mod json;
mod metadata;
mod oidc;
mod probes;
mod process;
mod provider;
mod reply;
mod single;
mod source_probe;
mod sts;
mod time;
mod uri;

pub use crate::access_key::Credentials;
pub(crate) use chain::Chain;
pub use diagnosis::{SourceReport, SourceState};
pub use environment::EnvironmentProvider;
pub(crate) use factory::Factory;
pub use fixed::FixedProvider;
pub use provider::{CredentialsFuture, DiagnosisFuture, Provider};
pub(crate) use single::SingleFlight;
