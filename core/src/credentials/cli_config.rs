//! Profiles of Alibaba Cloud's command line tool: `~/.aliyun/config.json`.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;

use super::factory::Factory;
use super::file::Config;
use super::json::Json;
use super::oidc::Identity;
use super::source_probe::SourceProbe;
use super::sts::{Role, StsRegion};
use super::{Credentials, FixedProvider, Provider};
use crate::environment::Environment;
use crate::error::{Error, Result};

const FILE: &str = "ALIBABA_CLOUD_CONFIG_FILE";
const DISABLED: &str = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
/// So many profiles may stand behind one another.
const DEEPEST: usize = 8;

/// The profile of that name, or else the file's `current` one.
pub(super) fn probe(environment: &Environment, factory: &Factory, profile: Option<&str>) -> SourceProbe {
    if environment.says_true(DISABLED) {
        return SourceProbe::Absent(format!("{DISABLED} is true"));
    }
    let path = match (environment.get(FILE), environment.get("HOME")) {
        (Some(path), _) => PathBuf::from(path),
        (None, Some(home)) => PathBuf::from(home).join(".aliyun/config.json"),
        (None, None) => return SourceProbe::Absent("HOME is not set".to_owned()),
    };
    let shown = path.display();
    let config = match Config::read(&path) {
        Err(fault) => return SourceProbe::Broken(Error::credentials(format!("{shown} {fault}"))),
        Ok(None) => return SourceProbe::Absent(format!("{shown} does not exist")),
        Ok(Some(config)) => config,
    };
    let explain = |error: Error| Error::credentials(format!("in {shown}, {error}"));
    let Some(profiles) = Profiles::read(&config) else {
        return SourceProbe::Broken(explain(Error::credentials("there is no JSON of a configuration with profiles")));
    };
    let Some(name) = profile.or_else(|| profiles.current()) else {
        return SourceProbe::Absent(format!("{shown} names no current profile"));
    };
    let Some(profile) = profiles.find(name) else {
        return SourceProbe::Absent(format!("{shown} has no profile of that name"));
    };
    profiles.source(profile, factory, 0).unwrap_or_else(|error| SourceProbe::Broken(explain(error)))
}

/// The whole file.
struct Profiles<'a> {
    json: Json,
    /// Why no program of its may be run.
    doubt: Option<&'a str>,
}

impl<'a> Profiles<'a> {
    fn read(config: &'a Config) -> Option<Self> {
        let text = config.text.strip_prefix('\u{feff}').unwrap_or(&config.text);
        let json = Json::read(text.as_bytes())?;
        let profiles = Self { json, doubt: config.doubt.as_deref() };
        profiles.json.get("profiles")?.is_array().then_some(profiles)
    }

    fn current(&self) -> Option<&str> {
        self.json.get("current")?.as_str().filter(|name| !name.is_empty())
    }

    fn find(&self, name: &str) -> Option<Profile<'_>> {
        let all = self.json.get("profiles")?.as_array()?;
        all.iter().find(|profile| profile.get("name").and_then(Value::as_str) == Some(name)).map(Profile)
    }

    /// The source that `profile` describes; `depth` profiles have it behind them.
    fn source(&self, profile: Profile<'_>, factory: &Factory, depth: usize) -> Result<SourceProbe> {
        Ok(match profile.need("mode")? {
            "AK" => SourceProbe::at_hand(profile.keys(None)?),
            "StsToken" => SourceProbe::at_hand(profile.keys(Some(profile.need("sts_token")?))?),
            "RamRoleArn" => {
                let source: Arc<dyn Provider> = Arc::new(profile.keys(profile.get("sts_token"))?);
                SourceProbe::Asked(factory.assume_role(source, profile.role()?, profile.sts_region())?)
            }
            "EcsRamRole" => SourceProbe::Asked(factory.metadata(profile.get("ram_role_name").map(str::to_owned))?),
            "OIDC" => {
                let identity = Identity {
                    provider_arn: profile.need("oidc_provider_arn")?.to_owned(),
                    token_file: profile.need("oidc_token_file")?.into(),
                };
                SourceProbe::Asked(factory.oidc(identity, profile.role()?, profile.sts_region())?)
            }
            "ChainableRamRoleArn" => {
                let behind = self.find(profile.need("source_profile")?);
                let behind = behind.ok_or_else(|| Error::credentials("source_profile names a profile that is not there"))?;
                if depth == DEEPEST {
                    return Err(Error::credentials("source_profile leads through too many profiles, or in a circle"));
                }
                let source = match self.source(behind, factory, depth + 1)? {
                    SourceProbe::AtHand(source) | SourceProbe::Asked(source) => source,
                    SourceProbe::Absent(why) => return Err(Error::credentials(why)),
                    SourceProbe::Broken(error) => return Err(error),
                };
                SourceProbe::Asked(factory.assume_role(source, profile.role()?, profile.sts_region())?)
            }
            "External" => {
                if let Some(doubt) = self.doubt {
                    return Err(Error::credentials(format!("process_command is not run: {doubt}")));
                }
                SourceProbe::Asked(factory.external(profile.need("process_command")?)?)
            }
            known @ ("CloudSSO" | "OAuth" | "RsaKeyPair" | "RamRoleArnWithRoleName" | "CredentialsURI") => {
                return Err(Error::credentials(format!("the mode {known} is not supported")));
            }
            _ => {
                let rule = "the mode is not one of AK, StsToken, RamRoleArn, EcsRamRole, OIDC, ChainableRamRoleArn and External";
                return Err(Error::credentials(rule));
            }
        })
    }
}

#[derive(Clone, Copy)]
struct Profile<'a>(&'a Value);

impl<'a> Profile<'a> {
    fn get(self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.as_str().filter(|text| !text.is_empty())
    }

    fn need(self, name: &str) -> Result<&'a str> {
        self.get(name).ok_or_else(|| Error::credentials(format!("{name} is missing")))
    }

    fn keys(self, token: Option<&str>) -> Result<FixedProvider> {
        let (id, secret) = (self.need("access_key_id")?, self.need("access_key_secret")?);
        Credentials::new(id, secret, token.map(str::to_owned)).map(FixedProvider::new)
    }

    fn role(self) -> Result<Role> {
        let text = |name: &str| self.get(name).map(str::to_owned);
        // The tool writes 0 where nothing was chosen.
        let seconds = self.0.get("expired_seconds").and_then(Value::as_u64).filter(|seconds| *seconds > 0);
        Ok(Role {
            arn: self.need("ram_role_arn")?.to_owned(),
            session_name: text("ram_session_name").or_else(|| text("role_session_name")),
            duration_seconds: seconds.map(|seconds| u32::try_from(seconds).unwrap_or(u32::MAX)),
            policy: text("policy"),
            external_id: text("external_id"),
        })
    }

    fn sts_region(self) -> StsRegion {
        StsRegion {
            region: self.get("sts_region").map(str::to_owned),
            vpc: self.0.get("enable_vpc").and_then(Value::as_bool).unwrap_or_default(),
        }
    }
}
