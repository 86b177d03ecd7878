//! The role of an ECS instance, from its metadata service: never through a proxy, and never with much patience.

use std::fmt;
use std::time::Duration;

use http::Method;
use zeroize::{Zeroize, Zeroizing};

use super::{Credentials, CredentialsFuture, Provider, reply};
use crate::endpoint::Endpoint;
use crate::error::{Error, Result, SendState};
use crate::header_lines::HeaderLines;
use crate::transport::{Reply, Request, Route, Settings, fetch};

const TOKEN_PATH: &str = "/latest/api/token";
const ROLES_PATH: &str = "/latest/meta-data/ram/security-credentials/";
/// For connecting, and as much again for each reply: the service is a hop away, or not there at all.
const TIMEOUT: Duration = Duration::from_secs(1);
const WHO: &str = "the metadata service";

pub(super) struct Metadata {
    endpoint: Endpoint,
    settings: Settings,
    role: Option<String>,
    v1: bool,
}

/// What requests carry where the service is of the second version.
type Token = Option<Zeroizing<String>>;

/// An answer: its status, and its body as text; without a body where it is none.
type Answer = (u16, Zeroizing<String>);

impl Metadata {
    /// `v1`: also without a token, where the service gives none.
    pub(super) fn new(endpoint: Endpoint, settings: Settings, role: Option<String>, v1: bool) -> Result<Self> {
        if role.as_deref().is_some_and(|role| !is_role(role)) {
            return Err(Error::credentials("the name of the instance's role must be letters, digits, '.', '_' or '-'"));
        }
        let settings = Settings { connect_timeout: TIMEOUT, route: Route::Direct, ..settings };
        Ok(Self { endpoint, settings, role, v1 })
    }

    async fn ask(&self) -> Result<Credentials> {
        let mut token = self.token().await?;
        let role = match &self.role {
            Some(role) => role.clone(),
            None => self.only_role(&mut token).await?,
        };
        let (status, body) = self.get(&format!("{ROLES_PATH}{role}"), &mut token).await?;
        if status == 404 {
            return Err(Error::credentials(format!("{WHO} knows no such role of this instance")));
        }
        let mut json = reply::object(body.as_bytes(), status, WHO)?;
        if status != 200 || json.get("Code").and_then(|code| code.as_str()) != Some("Success") {
            return Err(reply::refused(&json, status, WHO));
        }
        reply::keys(&mut json, &reply::PASCAL, WHO)
    }

    /// A token for the requests that follow; `None` where the service gives none and its first version may be used.
    async fn token(&self) -> Result<Token> {
        let ttl = HeaderLines::of(&[("x-aliyun-ecs-metadata-token-ttl-seconds", "21600")]);
        let why = match self.send(Method::PUT, TOKEN_PATH, ttl).await {
            Ok((200, body)) if is_token(body.trim()) => return Ok(Some(Zeroizing::new(body.trim().to_owned()))),
            Ok((status, _)) => format!("HTTP status {status}"),
            // Nobody is there.
            Err(error) if error.send_state() == SendState::Unsent => return Err(reply::lost(error)),
            // In a container, an answer to this request may not be allowed to come so far (a hop limit of 1).
            Err(error) => error.message().to_owned(),
        };
        if self.v1 {
            return Ok(None);
        }
        Err(Error::credentials(format!("{WHO} gave no token ({why}), and ALIBABA_CLOUD_IMDSV1_DISABLED forbids to go without")))
    }

    /// The name of the role that the instance has.
    async fn only_role(&self, token: &mut Token) -> Result<String> {
        let (status, body) = self.get(ROLES_PATH, token).await?;
        let role = body.trim();
        match status {
            200 if is_role(role) => Ok(role.to_owned()),
            200 => Err(Error::credentials(format!("{WHO} answered with something that is not the name of a role"))),
            404 => Err(Error::credentials("this instance has no RAM role")),
            _ => Err(Error::credentials(format!("{WHO} answered with HTTP status {status}"))),
        }
    }

    /// Where the service will not have the token, and its first version may be used, this request and those after it go without.
    async fn get(&self, target: &str, token: &mut Token) -> Result<Answer> {
        if let Some(token) = token {
            let headers = HeaderLines::of(&[("x-aliyun-ecs-metadata-token", token)]);
            let answer = self.send(Method::GET, target, headers).await.map_err(reply::lost)?;
            if !(self.v1 && matches!(answer.0, 401 | 403)) {
                return Ok(answer);
            }
        }
        *token = None;
        self.send(Method::GET, target, HeaderLines::default()).await.map_err(reply::lost)
    }

    async fn send(&self, method: Method, target: &str, headers: HeaderLines) -> Result<Answer> {
        let request = Request { method, headers, ..Request::get(target) };
        let Reply { head, body } = fetch(&self.endpoint, &self.settings, request, reply::CAP, 2 * TIMEOUT).await?;
        // Whatever is not text is not what was asked for either.
        let text = String::from_utf8(body.into_vec()).map_err(|error| error.into_bytes().zeroize()).unwrap_or_default();
        Ok((head.status.unwrap_or_default(), Zeroizing::new(text)))
    }
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whether a text can be a role's name, so that it may stand in a path.
fn is_role(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=64).contains(&text.len()) && text.bytes().all(plain) && !text.starts_with('.')
}

impl Provider for Metadata {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.ask())
    }

    fn name(&self) -> &'static str {
        "ecs_metadata"
    }
}

impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metadata").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::environment::Environment;
    use crate::transport::{Proxy, Resolver};

    #[test]
    fn no_proxy_stands_between_and_no_path_is_led_astray() {
        let settings = Settings {
            connect_timeout: Duration::from_secs(9),
            idle_timeout: Duration::ZERO,
            keep_warm: None,
            max_connections: 1,
            route: Route::new(&Proxy::Url("http://proxy.example".to_owned()), &Environment::given([("a", "b")])).unwrap(),
            resolver: Resolver::default(),
            ca_pem: None,
            user_agent: HeaderValue::from_static("tests"),
        };
        let endpoint = Endpoint::parse("http://100.100.100.200", true).unwrap();
        let made = |role: Option<&str>| Metadata::new(endpoint.clone(), settings.clone(), role.map(str::to_owned), true);
        let settings = made(Some("a-role.of_mine")).unwrap().settings;
        assert!(matches!(settings.route, Route::Direct));
        assert_eq!(settings.connect_timeout, TIMEOUT);
        for role in ["", "..", "a/b", "a?b", "a b", &"a".repeat(65)] {
            assert!(made(Some(role)).is_err(), "{role}");
        }
    }
}
