//! Which server, and whose quota: the URL of the option.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode_str;
use url::Url;
use zeroize::Zeroizing;

const PORT: u16 = 6379;
const LONGEST_ACCOUNT: usize = 64;

/// Where a shared quota lives.
#[derive(Clone, PartialEq, Eq)]
pub struct Target {
    host: String,
    port: u16,
    tls: bool,
    user: Option<String>,
    password: Option<Zeroizing<String>>,
    database: u32,
    account: String,
}

/// Nothing of it is shown but the server: a URL may hold a password.
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target").field("server", &self.server()).finish_non_exhaustive()
    }
}

impl Target {
    /// Reads `redis://[user:password@]host[:port][/database][?account=NAME]`, or the same with `rediss` for TLS.
    ///
    /// # Errors
    /// The rule that the URL breaks. It holds nothing of the URL.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|_| "must be a URL such as redis://host:6379/0?account=NAME".to_owned())?;
        let tls = match url.scheme() {
            "redis" => false,
            "rediss" => true,
            _ => return Err("must begin with redis:// or rediss://".to_owned()),
        };
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or("must name a host")?;
        let database = match url.path().trim_start_matches('/') {
            "" => 0,
            digits => digits.parse().map_err(|_| "must have a database's number as its path, such as /0")?,
        };
        if url.fragment().is_some() {
            return Err("cannot have a fragment; write # in a password as %23".to_owned());
        }
        let mut account = None;
        for (name, value) in url.query_pairs() {
            if name != "account" || account.is_some() {
                return Err("takes one parameter, `account`, at most once".to_owned());
            }
            account = Some(value.into_owned());
        }
        let account = account.unwrap_or_else(|| "default".to_owned());
        validate_account(&account)?;
        let decoded = |part: &str| {
            let decoded = percent_decode_str(part).decode_utf8();
            decoded.map(Cow::into_owned).map_err(|_| "must have user and password in UTF-8".to_owned())
        };
        let user = Some(url.username()).filter(|user| !user.is_empty()).map(decoded).transpose()?;
        let password = url.password().map(decoded).transpose()?.map(Zeroizing::new);
        if user.is_some() && password.is_none() {
            return Err("has a user without a password; a password alone is written redis://:password@host".to_owned());
        }
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        Ok(Self { host, port: url.port().unwrap_or(PORT), tls, user, password, database, account })
    }

    /// Its name or address, without brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether the connection is encrypted.
    pub fn is_tls(&self) -> bool {
        self.tls
    }

    /// Host and port, for messages.
    pub fn server(&self) -> String {
        if self.host.contains(':') { format!("[{}]:{}", self.host, self.port) } else { format!("{}:{}", self.host, self.port) }
    }

    /// Whose quota it is.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// What a connection begins with.
    pub(crate) fn greeting(&self) -> Vec<Vec<&[u8]>> {
        let mut commands: Vec<Vec<&[u8]>> = Vec::new();
        if let Some(password) = &self.password {
            let user = self.user.as_ref().map(String::as_bytes);
            commands.push([&b"AUTH"[..]].into_iter().chain(user).chain([password.as_bytes()]).collect());
        }
        commands
    }

    pub(crate) fn database(&self) -> u32 {
        self.database
    }
}

fn validate_account(account: &str) -> Result<(), String> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    if account.is_empty() || account.len() > LONGEST_ACCOUNT || !account.bytes().all(is_name) {
        return Err(format!("must have 1 to {LONGEST_ACCOUNT} letters, digits, points, dashes or underscores as its account"));
    }
    if account.starts_with("LTAI") || account.starts_with("STS.") {
        return Err("has an AccessKey id as its account; choose a name: all users of an account share its quota".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_the_server_and_the_account() {
        let plain = Target::parse("redis://cache").expect("a host is enough");
        assert_eq!((plain.host(), plain.port(), plain.is_tls(), plain.account()), ("cache", 6379, false, "default"));
        assert!(plain.greeting().is_empty());
        let full = Target::parse("rediss://me:p%40ss@[::1]:7000/3?account=shop-1").expect("all of it");
        assert_eq!((full.host(), full.server().as_str()), ("::1", "[::1]:7000"));
        assert_eq!((full.is_tls(), full.database(), full.account()), (true, 3, "shop-1"));
        assert_eq!(full.greeting(), [[&b"AUTH"[..], b"me", b"p@ss"]]);
        let alone = Target::parse("redis://:secret@cache/").expect("a password without a user");
        assert_eq!((alone.greeting(), alone.database()), (vec![vec![&b"AUTH"[..], b"secret"]], 0));
    }

    #[test]
    fn what_breaks_a_rule_is_refused_without_a_word_of_the_url() {
        for (url, said) in [
            ("", "must be a URL"),
            ("redis://hunter2", ""),
            ("redis://h:hunter2", "must be a URL"),
            ("http://:hunter2@h", "redis:// or rediss://"),
            ("redis://:hunter2@h/x", "database"),
            ("redis://:hunter2@h/0/1", "database"),
            ("redis://:hunter2@h#x", "%23"),
            ("redis://:hunter2@h?db=1", "account"),
            ("redis://:hunter2@h?account=a&account=b", "account"),
            ("redis://:hunter2@h?account=", "1 to 64"),
            ("redis://:hunter2@h?account=a%20b", "1 to 64"),
            ("redis://:hunter2@h?account=a}b", "1 to 64"),
            ("redis://:hunter2@h?account=LTAI5tSample", "AccessKey id"),
            ("redis://hunter2@h", "without a password"),
            ("redis://:%FF@h", "UTF-8"),
        ] {
            match Target::parse(url) {
                Ok(_) => assert!(said.is_empty(), "{url} was taken"),
                Err(rule) => assert!(!said.is_empty() && rule.contains(said) && !rule.contains("hunter2"), "{url}: {rule}"),
            }
        }
        let target = Target::parse("redis://me:hunter2@h?account=shop").expect("a target");
        assert_eq!(format!("{target:?}"), "Target { server: \"h:6379\", .. }");
    }
}
