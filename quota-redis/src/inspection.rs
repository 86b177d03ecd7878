//! What a server says of itself, for diagnosis.

use crate::connection::{Connection, Dial};
use crate::refusal::Refusal;
use crate::resp::Value;
use crate::target::Target;

/// A server that lets this client in. What it does not tell is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    /// `7.0.15`, for instance.
    pub version: Option<String>,
    /// `master` or `slave`.
    pub role: Option<String>,
    /// In bytes; 0 is no limit.
    pub max_memory: Option<u64>,
    /// What becomes of keys where memory is full: `noeviction`, for instance.
    pub policy: Option<String>,
}

/// Connects, gives the password, loads the script and asks. No permit is taken.
///
/// # Errors
/// The server is not there, does not let this client in, or does not serve.
pub async fn inspect(target: &Target, dial: &dyn Dial) -> Result<Inspection, Refusal> {
    let mut connection = Connection::open(target, dial).await?;
    let mut told = String::new();
    for section in [&b"server"[..], b"replication", b"memory"] {
        connection.send([b"INFO", section].into_iter());
        // A user may be kept from it.
        if let Value::Text(text) = connection.reply().await? {
            told.push_str(&String::from_utf8_lossy(&text));
        }
    }
    Ok(Inspection::read(&told))
}

impl Inspection {
    fn read(told: &str) -> Self {
        let field = |name: &str| {
            let value = told.lines().find_map(|line| line.trim_end().strip_prefix(name)?.strip_prefix(':'))?;
            let is_plain = value.len() <= 40 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
            is_plain.then(|| value.to_owned())
        };
        Self {
            // Valkey calls itself an old Redis besides.
            version: field("valkey_version").or_else(|| field("redis_version")),
            role: field("role"),
            max_memory: field("maxmemory").and_then(|bytes| bytes.parse().ok()),
            policy: field("maxmemory_policy"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_from_what_redis_and_valkey_say() {
        let redis = "# Server\r\nredis_version:7.0.15\r\n# Replication\r\nrole:slave\r\nmaxmemory:100\r\nmaxmemory_policy:allkeys-lru\r\n";
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            Inspection::read(redis),
            Inspection { version: text("7.0.15"), role: text("slave"), max_memory: Some(100), policy: text("allkeys-lru") }
        );
        let valkey = "redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:9.1.2\r\nrole:master\r\n";
        assert_eq!(Inspection::read(valkey).version, text("9.1.2"));
        assert_eq!(Inspection::read("role: \u{1b}[2J\r\nmaxmemory:x\r\n"), Inspection::default());
        assert_eq!(Inspection::read(""), Inspection::default());
    }
}
