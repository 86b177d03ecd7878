//! Which way leads to a server: straight, or through a proxy.

use std::convert::Infallible;
use std::str::FromStr;
use std::sync::Arc;

use url::Host;

use super::no_proxy::NoProxy;
use super::proxy::ProxyServer;
use crate::endpoint::Endpoint;
use crate::environment::Environment;
use crate::error::Result;

/// The option `proxy` where there is to be none.
const NONE: &str = "none";

/// Which proxy calls go through. A loopback endpoint never has one.
///
/// A proxy's URL is `[scheme://][user[:password]@]host[:port]`, with `http` (the default), `https`, `socks5` or `socks5h` as its
/// scheme. It is read as curl reads it: escapes such as `%40` are taken, and so is what should have been escaped and was not.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Proxy {
    /// What `https_proxy`, `all_proxy` and `no_proxy` say, or the same in upper case; `http_proxy` for an endpoint without TLS.
    #[default]
    Environment,
    /// None.
    Direct,
    /// This URL, for every host that is not loopback, whatever `no_proxy` says.
    Url(String),
}

/// The option `proxy`: `none`, or a URL, which is validated when the client is made.
impl FromStr for Proxy {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(if text == NONE { Self::Direct } else { Self::Url(text.to_owned()) })
    }
}

impl Proxy {
    /// The option `proxy`; `None` leaves it to the environment.
    pub(crate) fn into_option(self) -> Option<String> {
        match self {
            Self::Environment => None,
            Self::Direct => Some(NONE.to_owned()),
            Self::Url(url) => Some(url),
        }
    }
}

impl std::fmt::Debug for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Environment => "Environment",
            Self::Direct => "Direct",
            Self::Url(_) => "Url",
        })
    }
}

/// The proxies that a client has to choose from, read when it is made.
#[derive(Clone, Debug)]
pub(crate) enum Route {
    Direct,
    Through(ProxyServer),
    Environment(Arc<Variables>),
}

/// What the environment says.
#[derive(Debug)]
pub(crate) struct Variables {
    https: Option<Result<ProxyServer>>,
    http: Option<Result<ProxyServer>>,
    no_proxy: NoProxy,
}

impl Route {
    /// A URL given in code is refused here; one of the environment, where it would be used.
    pub(crate) fn new(proxy: &Proxy, environment: &Environment) -> Result<Self> {
        Ok(match proxy {
            Proxy::Direct => Self::Direct,
            Proxy::Url(url) => Self::Through(ProxyServer::parse("proxy", url.as_bytes())?),
            Proxy::Environment => Self::Environment(Arc::new(Variables::read(environment))),
        })
    }

    /// The proxy on the way to `endpoint`; `None` where the way is straight.
    ///
    /// # Errors
    /// The variable that names it, or that names the one for TLS, cannot be read, also where the endpoint is loopback.
    pub(crate) fn to(&self, endpoint: &Endpoint) -> Result<Option<ProxyServer>> {
        let found = match self {
            Self::Direct => None,
            Self::Through(server) => Some(server.clone()),
            Self::Environment(variables) => variables.to(endpoint).transpose()?,
        };
        Ok(found.filter(|_| !endpoint.is_loopback()))
    }
}

impl Variables {
    fn read(environment: &Environment) -> Self {
        // Lower case goes first, and an empty variable counts as not set.
        let first = |names: &[&'static str]| {
            let found = names.iter().find_map(|name| environment.bytes(name).map(|value| (*name, value)));
            found.map(|(name, value)| ProxyServer::parse(name, &value))
        };
        // Under CGI, HTTP_PROXY is a header of whoever asks.
        let under_cgi = environment.bytes("REQUEST_METHOD").is_some();
        let http: &[_] = if under_cgi { &["http_proxy"] } else { &["http_proxy", "HTTP_PROXY"] };
        let all = ["all_proxy", "ALL_PROXY"];
        let list = ["no_proxy", "NO_PROXY"].into_iter().find_map(|name| environment.bytes(name));
        Self {
            https: first(&["https_proxy", "HTTPS_PROXY"]).or_else(|| first(&all)),
            http: first(http).or_else(|| first(&all)),
            no_proxy: NoProxy::new(list.map(|list| String::from_utf8_lossy(&list).into_owned())),
        }
    }

    fn to(&self, endpoint: &Endpoint) -> Option<Result<ProxyServer>> {
        if endpoint.url_host().is_some_and(|host: Host<&str>| self.no_proxy.covers(&host)) {
            return None;
        }
        // Broken, the one for TLS counts in any case: the same client's keys may come over it.
        if let Some(Err(error)) = &self.https {
            return Some(Err(error.clone()));
        }
        if endpoint.is_https() { self.https.clone() } else { self.http.clone() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::proxy::Protocol;
    use super::*;

    // Findings B2, B3, B4, B5: the table that is held against curl, without a socket.
    #[test]
    fn routes_are_those_of_the_table() {
        for line in include_str!("../../tests/proxy/table.jsonl").lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            let fill = |text: &Value| text.as_str().unwrap().replace("{proxy}", "127.0.0.1:3128").replace("{port}", "3128");
            let set = row["set"].as_object().unwrap();
            let environment = Environment::given(set.iter().map(|(name, value)| (name.as_str(), fill(value))));
            let proxy = row.get("option").map_or(Proxy::Environment, |url| Proxy::Url(fill(url)));
            let endpoint = row.get("to").map_or("https://service.test".to_owned(), fill);
            let endpoint = Endpoint::parse(&endpoint, true).unwrap();
            let route = Route::new(&proxy, &environment).and_then(|route| route.to(&endpoint));
            let expected = fill(row.get("ours").unwrap_or(&row["curl"]));
            let place = expected.strip_prefix("at ").unwrap_or("127.0.0.1:3128");
            match route {
                Err(error) => assert_eq!(expected, "refused", "{line}: {error}"),
                Ok(None) => assert_eq!(expected, "direct", "{line}"),
                Ok(Some(server)) => {
                    assert!(!matches!(&*expected, "refused" | "direct"), "{line}");
                    let shown = server.to_string().replace("[::ffff:7f00:1]", "127.0.0.1");
                    assert_eq!(shown, format!("the proxy {place}"), "{line}");
                    assert_eq!(server.protocol == Protocol::Https, expected == "tls" || expected.ends_with(":443"), "{line}");
                }
            }
        }
    }

    #[test]
    fn a_password_that_is_not_unicode_is_taken_as_it_is() {
        let server = ProxyServer::parse("HTTPS_PROXY", b"http://u:p\xe4@127.0.0.1:3128").unwrap();
        assert_eq!(server.authorization().unwrap(), "Basic dTpw5A==");
        assert!(ProxyServer::parse("HTTPS_PROXY", b"http://proxy\xe4:3128").is_err());
        let long = |scheme: &str| ProxyServer::parse("proxy", format!("{scheme}://u:{}@h", "p".repeat(256)).as_bytes()).is_ok();
        assert_eq!([long("http"), long("socks5h")], [true, false]);
    }
}
