//! What the environment says of the sources that are asked over the network.

use std::path::PathBuf;

use super::factory::Factory;
use super::oidc::Identity;
use super::source_probe::SourceProbe;
use super::sts::{Role, StsRegion};
use super::uri::URI;
use crate::environment::Environment;

const OIDC_TOKEN_FILE: &str = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
const OIDC_PROVIDER_ARN: &str = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
const ROLE_ARN: &str = "ALIBABA_CLOUD_ROLE_ARN";
const SESSION_NAME: &str = "ALIBABA_CLOUD_ROLE_SESSION_NAME";
const METADATA_ROLE: &str = "ALIBABA_CLOUD_ECS_METADATA";
const METADATA_DISABLED: &str = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";

/// What the environment says of a role for an identity token.
pub(super) fn oidc(environment: &Environment, factory: &Factory) -> SourceProbe {
    let missing: Vec<_> =
        [OIDC_TOKEN_FILE, ROLE_ARN, OIDC_PROVIDER_ARN].into_iter().filter(|name| environment.get(name).is_none()).collect();
    let (Some(token_file), Some(arn), Some(provider_arn)) =
        (environment.get(OIDC_TOKEN_FILE), environment.get(ROLE_ARN), environment.get(OIDC_PROVIDER_ARN))
    else {
        return SourceProbe::Absent(format!("not set: {}", missing.join(", ")));
    };
    let role = Role { arn, session_name: environment.get(SESSION_NAME), ..Role::default() };
    let identity = Identity { provider_arn, token_file: PathBuf::from(token_file) };
    SourceProbe::of(factory.oidc(identity, role, StsRegion::default()))
}

/// The metadata service may be there on any machine, unless the environment says otherwise.
pub(super) fn metadata(environment: &Environment, factory: &Factory) -> SourceProbe {
    if environment.says_true(METADATA_DISABLED) {
        return SourceProbe::Absent(format!("{METADATA_DISABLED} is true"));
    }
    SourceProbe::of(factory.metadata(environment.get(METADATA_ROLE)))
}

/// What the environment says of a URI.
pub(super) fn uri(environment: &Environment, factory: &Factory) -> SourceProbe {
    match environment.get(URI) {
        Some(text) => SourceProbe::of(factory.uri(&text)),
        None => SourceProbe::Absent(format!("{URI} is not set")),
    }
}
