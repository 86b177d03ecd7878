//! The service that gives out temporary keys.

use std::sync::Arc;

use http::Method;
use zeroize::Zeroizing;

use super::{Credentials, reply};
use crate::clock::{self, Clock};
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::header_lines::HeaderLines;
use crate::sign::{self, Signature, Unsigned, percent};
use crate::transport::{Request, Settings, fetch};

const VERSION: &str = "2015-04-01";
/// The keys that the request was signed with have run out.
pub(super) const EXPIRED: &str = "InvalidSecurityToken.Expired";
const FORM: &str = "application/x-www-form-urlencoded";
/// Lifetimes that the service takes, in seconds; a role may allow less than the longest.
const DURATIONS: std::ops::RangeInclusive<u32> = 900..=43_200;

/// Which of the service's hosts.
#[derive(Clone, Debug, Default)]
pub(super) struct StsRegion {
    pub(super) region: Option<String>,
    /// The region's VPC; reached from inside it only.
    pub(super) vpc: bool,
}

impl StsRegion {
    /// This one, and where it says nothing, `other`.
    pub(super) fn or(self, other: &Self) -> Self {
        Self { region: self.region.or_else(|| other.region.clone()), vpc: self.vpc || other.vpc }
    }

    pub(super) fn is_default(&self) -> bool {
        self.region.is_none() && !self.vpc
    }

    pub(super) fn endpoint(&self) -> Result<Endpoint> {
        let Some(region) = &self.region else { return Endpoint::parse("https://sts.aliyuncs.com", false) };
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !(1..=64).contains(&region.len()) || !region.bytes().all(plain) {
            return Err(Error::credentials("the region of STS must be an id such as ap-southeast-1"));
        }
        let vpc = if self.vpc { "-vpc" } else { "" };
        Endpoint::parse(&format!("https://sts{vpc}.{region}.aliyuncs.com"), false)
    }
}

/// Whether it is a host of the service's own.
pub(super) fn is_sts(endpoint: &Endpoint) -> bool {
    let host = endpoint.host();
    endpoint.is_https() && host.starts_with("sts") && host.ends_with(".aliyuncs.com")
}

/// The role to play, and how.
#[derive(Clone, Default)]
pub(super) struct Role {
    pub(super) arn: String,
    pub(super) session_name: Option<String>,
    pub(super) duration_seconds: Option<u32>,
    pub(super) policy: Option<String>,
    pub(super) external_id: Option<String>,
}

impl Role {
    pub(super) fn validated(self) -> Result<Self> {
        if self.arn.is_empty() {
            return Err(Error::credentials("the ARN of a role is missing"));
        }
        if self.duration_seconds.is_some_and(|seconds| !DURATIONS.contains(&seconds)) {
            return Err(Error::credentials("a role's keys live 900 to 43200 seconds"));
        }
        Ok(self)
    }

    /// As the service's parameters.
    fn parameters(&self, clock: &dyn Clock) -> Vec<(&'static str, String)> {
        let session = || {
            let now = clock.now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
            format!("libcloudauth-{}", now.as_secs())
        };
        let mut out = vec![
            ("RoleArn", self.arn.clone()),
            ("RoleSessionName", self.session_name.clone().unwrap_or_else(session)),
            ("DurationSeconds", self.duration_seconds.unwrap_or(3600).to_string()),
        ];
        out.extend(self.policy.clone().map(|policy| ("Policy", policy)));
        out.extend(self.external_id.clone().map(|id| ("ExternalId", id)));
        out
    }
}

#[derive(Debug)]
pub(super) struct Sts {
    endpoint: Endpoint,
    settings: Settings,
    clock: Arc<dyn Clock>,
}

impl Sts {
    pub(super) fn new(endpoint: Endpoint, settings: Settings, clock: Arc<dyn Clock>) -> Self {
        Self { endpoint, settings, clock }
    }

    /// `AssumeRole`, signed with `credentials`.
    pub(super) async fn assume_role(&self, role: &Role, credentials: &Credentials) -> Result<Credentials> {
        let parameters = role.parameters(&*self.clock);
        let form: Vec<_> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let unsigned = Unsigned {
            host: self.endpoint.host(),
            action: "AssumeRole",
            version: VERSION,
            query: &[],
            form: &form,
            date: &clock::signing_date(self.clock.now()),
            nonce: &clock::nonce(&*self.clock)?,
        };
        self.ask(sign::sign(Signature::Rpc1, &unsigned, credentials).into()).await
    }

    /// `AssumeRoleWithOIDC`, unsigned: the token speaks for itself. It goes in the body, where no log of URLs sees it.
    pub(super) async fn assume_role_with_oidc(&self, role: &Role, provider_arn: &str, token: &str) -> Result<Credentials> {
        let date = clock::signing_date(self.clock.now());
        let nonce = clock::nonce(&*self.clock)?;
        let query = percent::canonical_query(&[
            ("Action", "AssumeRoleWithOIDC"),
            ("Format", "JSON"),
            ("SignatureNonce", &*nonce),
            ("Timestamp", &date),
            ("Version", VERSION),
        ]);
        let parameters = role.parameters(&*self.clock);
        let mut form: Vec<_> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        form.extend([("OIDCProviderArn", provider_arn), ("OIDCToken", token)]);
        let headers = HeaderLines::of(&[("accept", "application/json"), ("content-type", FORM)]);
        let target = Zeroizing::new(["/?", &query].concat());
        let body = Zeroizing::new(percent::canonical_query(&form));
        self.ask(Request { method: Method::POST, target, headers, body }).await
    }

    async fn ask(&self, request: Request) -> Result<Credentials> {
        let reply = fetch(&self.endpoint, &self.settings, request, reply::CAP, reply::TIMEOUT).await.map_err(reply::lost)?;
        let status = reply.head.status.unwrap_or_default();
        let body = Zeroizing::new(reply.body.into_vec());
        let mut json = reply::object(&body, status, "STS")?;
        if status != 200 {
            let error = reply::refused(&json, status, "STS");
            let expired = json.get("Code").and_then(|code| code.as_str()) == Some(EXPIRED);
            return Err(if expired { error.with_code(EXPIRED) } else { error });
        }
        match json.take("Credentials").filter(|keys| keys.is_object()) {
            Some(mut keys) => reply::keys(&mut keys, &reply::PASCAL, "STS"),
            None => Err(Error::credentials("STS answered without keys")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_the_documented_ones() {
        let host = |region: Option<&str>, vpc| {
            let chosen = StsRegion { region: region.map(str::to_owned), vpc };
            chosen.endpoint().map(|endpoint| endpoint.to_string()).map_err(|error| error.to_string())
        };
        assert_eq!(host(None, false).unwrap(), "https://sts.aliyuncs.com");
        assert_eq!(host(None, true).unwrap(), "https://sts.aliyuncs.com");
        assert_eq!(host(Some("cn-hongkong"), false).unwrap(), "https://sts.cn-hongkong.aliyuncs.com");
        assert_eq!(host(Some("cn-hongkong"), true).unwrap(), "https://sts-vpc.cn-hongkong.aliyuncs.com");
        for bad in ["", "evil.example/", "a.b", "A", &"a".repeat(65)] {
            assert!(host(Some(bad), false).is_err(), "{bad}");
        }
    }

    // Finding B8
    #[test]
    fn other_hosts_are_told_apart() {
        let is_sts = |text: &str| is_sts(&Endpoint::parse(text, true).unwrap());
        assert!(is_sts("sts.aliyuncs.com") && is_sts("https://sts-vpc.cn-hongkong.aliyuncs.com"));
        for other in
            ["http://sts.aliyuncs.com", "https://127.0.0.1", "https://sts.aliyuncs.com.example", "https://oss.aliyuncs.com"]
        {
            assert!(!is_sts(other), "{other}");
        }
    }

    #[test]
    fn lifetimes_outside_the_services_are_refused() {
        let role = |seconds| Role { arn: "a".to_owned(), duration_seconds: Some(seconds), ..Role::default() };
        assert!(role(899).validated().is_err() && role(43_201).validated().is_err());
        assert!(role(900).validated().is_ok() && role(43_200).validated().is_ok());
        assert!(Role::default().validated().is_err());
    }
}
