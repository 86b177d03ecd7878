//! Profiles of the service's SDKs: `~/.alibabacloud/credentials`, or the same with `.ini` after it.

use std::path::PathBuf;
use std::sync::Arc;

use super::factory::Factory;
use super::file::Config;
use super::oidc::Identity;
use super::source_probe::SourceProbe;
use super::sts::{Role, StsRegion};
use super::{Credentials, FixedProvider, Provider};
use crate::environment::Environment;
use crate::error::{Error, Result};

const FILE: &str = "ALIBABA_CLOUD_CREDENTIALS_FILE";
/// Beneath the home folder; some SDKs write the one, some the other.
const FILES: [&str; 2] = [".alibabacloud/credentials", ".alibabacloud/credentials.ini"];

/// The profile of that name, in the first file that has it.
pub(super) fn probe(environment: &Environment, factory: &Factory, profile: Option<&str>) -> SourceProbe {
    let profile = profile.unwrap_or("default");
    let paths: Vec<PathBuf> = match (environment.get(FILE), environment.get("HOME")) {
        (Some(path), _) => vec![path.into()],
        (None, Some(home)) => FILES.map(|file| PathBuf::from(&home).join(file)).into(),
        (None, None) => return SourceProbe::Absent("HOME is not set".to_owned()),
    };
    let mut why = Vec::new();
    for path in paths {
        let shown = path.display();
        let config = match Config::read(&path) {
            Err(fault) => return SourceProbe::Broken(Error::credentials(format!("{shown} {fault}"))),
            Ok(None) => {
                why.push(format!("{shown} does not exist"));
                continue;
            }
            Ok(Some(config)) => config,
        };
        match Section::find(&config.text, profile) {
            None => why.push(format!("{shown} has no profile of that name")),
            Some(section) => {
                let explain = |error: Error| Error::credentials(format!("in {shown}, {error}"));
                return section.source(factory).unwrap_or_else(|error| SourceProbe::Broken(explain(error)));
            }
        }
    }
    SourceProbe::Absent(why.join(", "))
}

/// What stands under one heading.
struct Section<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Section<'a> {
    /// Lines of `name = value`. A comment begins with `#` or `;`, at a line's start or after a blank: a secret may hold either.
    fn find(text: &'a str, wanted: &str) -> Option<Self> {
        let mut within = false;
        let mut found = None;
        for line in text.strip_prefix('\u{feff}').unwrap_or(text).lines().map(str::trim) {
            if line.starts_with(['#', ';']) {
                continue;
            }
            if let Some(heading) = line.strip_prefix('[') {
                within = heading.split(']').next().is_some_and(|name| name.trim() == wanted);
                if within {
                    found.get_or_insert_with(Vec::new);
                }
            } else if within && let (Some(entries), Some((name, value))) = (&mut found, line.split_once('=')) {
                entries.push((name.trim(), value_of(value)));
            }
        }
        found.map(Self)
    }

    /// Of a name given twice the last counts.
    fn get(&self, name: &str) -> Option<&'a str> {
        let found = self.0.iter().rev().find(|(known, _)| *known == name).map(|(_, value)| *value);
        found.filter(|value| !value.is_empty())
    }

    fn need(&self, name: &str) -> Result<&'a str> {
        self.get(name).ok_or_else(|| Error::credentials(format!("{name} is missing")))
    }

    fn source(&self, factory: &Factory) -> Result<SourceProbe> {
        let keys = |token: Option<&str>| {
            let token = token.map(str::to_owned);
            Credentials::new(self.need("access_key_id")?, self.need("access_key_secret")?, token).map(FixedProvider::new)
        };
        let role = || -> Result<Role> {
            let text = |name: &str| self.get(name).map(str::to_owned);
            Ok(Role {
                arn: self.need("role_arn")?.to_owned(),
                session_name: text("role_session_name"),
                policy: text("policy"),
                ..Role::default()
            })
        };
        Ok(match self.need("type")? {
            "access_key" => SourceProbe::at_hand(keys(None)?),
            "sts" => SourceProbe::at_hand(keys(Some(self.need("security_token")?))?),
            "ram_role_arn" => {
                let source: Arc<dyn Provider> = Arc::new(keys(self.get("security_token"))?);
                SourceProbe::Asked(factory.assume_role(source, role()?, StsRegion::default())?)
            }
            "oidc_role_arn" => {
                let identity = Identity {
                    provider_arn: self.need("oidc_provider_arn")?.to_owned(),
                    token_file: self.need("oidc_token_file_path")?.into(),
                };
                SourceProbe::Asked(factory.oidc(identity, role()?, StsRegion::default())?)
            }
            "ecs_ram_role" => SourceProbe::Asked(factory.metadata(self.get("role_name").map(str::to_owned))?),
            "rsa_key_pair" => return Err(Error::credentials("the type rsa_key_pair is not supported")),
            _ => {
                return Err(Error::credentials(
                    "the type is not one of access_key, sts, ram_role_arn, oidc_role_arn and ecs_ram_role",
                ));
            }
        })
    }
}

/// Without a comment, and without quotes around it.
fn value_of(text: &str) -> &str {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some((value, _)) = text.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
            return value;
        }
    }
    let comment = text.match_indices(['#', ';']).map(|(at, _)| at).find(|at| text[..*at].ends_with([' ', '\t']) || *at == 0);
    text[..comment.unwrap_or(text.len())].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_and_values_are_found() {
        let text = "\u{feff}a = 0\n[ default ] # first\r\n a=1#2;3\r\nb = x=y ; why\n#c = 9\nd='q #r'\ne=\n[other]\na = \"2\"\n[default]\na=last\n";
        let section = Section::find(text, "default").unwrap();
        assert_eq!(section.get("a"), Some("last"));
        assert_eq!(section.0[0], ("a", "1#2;3"));
        assert_eq!((section.get("b"), section.get("d")), (Some("x=y"), Some("q #r")));
        assert_eq!((section.get("c"), section.get("e"), section.get("f")), (None, None, None));
        assert_eq!(Section::find(text, "other").unwrap().get("a"), Some("2"));
        assert!(Section::find(text, "none").is_none());
    }
}
