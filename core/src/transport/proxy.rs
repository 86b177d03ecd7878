//! One proxy, as its URL describes it. The only reader of such URLs, whoever gives them.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, Uri};
use percent_encoding::percent_decode;
use rustls::pki_types::ServerName;
use url::Host;

use crate::endpoint;
use crate::error::{Error, Result};

/// How a proxy is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
    Http,
    Https,
    /// This machine looks the endpoint's name up.
    Socks5,
    /// The proxy does.
    Socks5h,
}

impl Protocol {
    fn of(scheme: &str) -> Result<Self, &'static str> {
        match scheme.to_ascii_lowercase().as_str() {
            "http" => Ok(Self::Http),
            "https" => Ok(Self::Https),
            "socks5" => Ok(Self::Socks5),
            "socks5h" => Ok(Self::Socks5h),
            "socks" | "socks4" | "socks4a" => Err("SOCKS 4 is not supported; use socks5:// or socks5h://"),
            _ => Err("must begin with http://, https://, socks5:// or socks5h://"),
        }
    }

    /// The port where the URL names none: curl's, not those of web servers.
    fn port(self) -> u16 {
        if self == Self::Https { 443 } else { 1080 }
    }
}

/// User name and password. Any bytes, as curl takes them.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Login {
    pub(super) user: Vec<u8>,
    pub(super) password: Vec<u8>,
}

/// A proxy: only host and port are ever shown of it.
#[derive(Clone)]
pub(crate) struct ProxyServer {
    /// The option or the variable that names it.
    setting: &'static str,
    pub(super) protocol: Protocol,
    host: Host,
    port: u16,
    pub(super) login: Option<Login>,
}

impl ProxyServer {
    /// Reads `[scheme://][user[:password]@]host[:port][/]` as curl does, and refuses what curl would take in part. `setting`
    /// says where it stands; the error shows nothing else.
    pub(crate) fn parse(setting: &'static str, text: &[u8]) -> Result<Self> {
        Self::try_parse(setting, text).map_err(|rule| Error::invalid_argument(setting, rule))
    }

    fn try_parse(setting: &'static str, text: &[u8]) -> Result<Self, &'static str> {
        if text.is_empty() {
            return Err("must be none or a URL such as http://host:3128");
        }
        if text.iter().any(|byte| *byte <= b' ' || *byte == 0x7f) {
            return Err("must hold neither blanks nor control characters; in a user name or password, write a blank as %20");
        }
        let (scheme, rest) = match find(text, b"://") {
            Some(at) => (Some(str(&text[..at])?), &text[at + 3..]),
            None => (None, text),
        };
        let protocol = scheme.map_or(Ok(Protocol::Http), Protocol::of)?;
        let end = rest.iter().position(|byte| b"/?#".contains(byte)).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(end);
        if !matches!(tail, b"" | b"/") {
            return Err("must be scheme, user, password, host and port only; in a user name or password, write / as %2F, \
                        ? as %3F and # as %23");
        }
        let (login, place) = match authority.iter().rposition(|byte| *byte == b'@') {
            Some(at) => (Some(Login::read(&authority[..at])?), &authority[at + 1..]),
            None => (None, authority),
        };
        let (host, port) = split_port(str(place)?);
        let port = match port {
            None => protocol.port(),
            Some("") if scheme.is_some() => protocol.port(),
            Some(digits) => {
                let digits = Some(digits).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
                let port = digits.and_then(|digits| digits.parse().ok()).filter(|port| *port != 0);
                port.ok_or("the port must be a number from 1 to 65535")?
            }
        };
        let host = Host::parse(host).map_err(|_| "must name a host, such as http://host:3128 or http://[::1]:3128")?;
        if matches!(protocol, Protocol::Socks5 | Protocol::Socks5h) {
            login.as_ref().map_or(Ok(()), Login::fits_socks)?;
        }
        Ok(Self { setting, protocol, host, port, login })
    }

    /// The option or the variable that names it.
    pub(crate) fn setting(&self) -> &'static str {
        self.setting
    }

    /// Where its socket is.
    pub(super) fn uri(&self) -> Option<Uri> {
        format!("http://{}:{}/", self.host, self.port).parse().ok()
    }

    /// The name of its certificate; `None` where it is spoken to without TLS.
    pub(super) fn server_name(&self) -> Option<ServerName<'static>> {
        if self.protocol == Protocol::Https { endpoint::server_name(&self.host.to_string()) } else { None }
    }

    /// The header that says who asks.
    pub(super) fn authorization(&self) -> Option<HeaderValue> {
        let Login { user, password } = self.login.as_ref()?;
        let mut value = HeaderValue::try_from(format!("Basic {}", STANDARD.encode([user, &b":"[..], password].concat()))).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl Login {
    fn read(text: &[u8]) -> Result<Self, &'static str> {
        let colon = text.iter().position(|byte| *byte == b':').unwrap_or(text.len());
        let (user, password) = text.split_at(colon);
        let read = |part: &[u8]| {
            let decoded: Vec<u8> = percent_decode(part).collect();
            let fits = decoded.iter().all(|byte| *byte >= b' ');
            if fits { Ok(decoded) } else { Err("a user name or password must not hold control characters") }
        };
        Ok(Self { user: read(user)?, password: read(password.get(1..).unwrap_or_default())? })
    }

    /// The protocol has one byte for each length, and the library takes text.
    fn fits_socks(&self) -> Result<(), &'static str> {
        let fits = |part: &[u8]| part.len() <= 255 && std::str::from_utf8(part).is_ok();
        if fits(&self.user) && fits(&self.password) {
            Ok(())
        } else {
            Err("the user name and the password of a SOCKS proxy must be UTF-8, of at most 255 bytes each")
        }
    }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

fn str(text: &[u8]) -> Result<&str, &'static str> {
    std::str::from_utf8(text).map_err(|_| "scheme, host and port must be text")
}

/// A host, and what stands behind its colon.
fn split_port(place: &str) -> (&str, Option<&str>) {
    let after_host = place.rfind(']').unwrap_or_default();
    match place[after_host..].find(':') {
        Some(colon) => (&place[..after_host + colon], Some(&place[after_host + colon + 1..])),
        None => (place, None),
    }
}

impl fmt::Display for ProxyServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the proxy {}:{}", self.host, self.port)
    }
}

impl fmt::Debug for ProxyServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProxyServer({self})")
    }
}
