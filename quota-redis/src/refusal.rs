//! Why there is no answer.

use std::fmt;
use std::io;

/// Why the server gave no answer. Nothing of what it wrote is kept but the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The password is wrong or missing, or the user may not run scripts.
    Access(String),
    /// Another node of a cluster has the key.
    Cluster,
    /// It answers, but does not serve: no memory, a replica, starting.
    Unready(String),
    /// It is no Redis, or closed the connection, or there is none.
    Lost(String),
    /// No answer in time.
    Silent,
}

impl Refusal {
    /// Of an error that the server sent.
    pub(crate) fn of(error: &str) -> Self {
        let code = error.split(' ').next().unwrap_or_default();
        match code {
            "NOAUTH" | "WRONGPASS" | "NOPERM" => Self::Access(code.to_owned()),
            "MOVED" | "ASK" | "CROSSSLOT" => Self::Cluster,
            // Redis before 7 says what is wrong with AUTH by ERR alone.
            _ if code.len() <= 20 && !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                Self::Unready(code.to_owned())
            }
            _ => Self::Unready("ERR".to_owned()),
        }
    }

    /// Whether no attempt will fare better until somebody changes something.
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::Access(_) | Self::Cluster)
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Lost(error.kind().to_string())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Access(code) => {
                write!(f, "Redis refuses access ({code}): check user and password, and that the user may run scripts")
            }
            Self::Cluster => f.write_str("this Redis is a cluster; name a server of its own"),
            Self::Unready(code) => write!(f, "Redis does not serve ({code})"),
            Self::Lost(why) => write!(f, "no connection to Redis ({why})"),
            Self::Silent => f.write_str("Redis does not answer"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_sorted_by_its_code_and_shown_without_its_text() {
        for (error, shown, permanent) in [
            ("WRONGPASS invalid hunter2", "Redis refuses access (WRONGPASS)", true),
            ("NOAUTH Authentication required.", "Redis refuses access (NOAUTH)", true),
            ("NOPERM User hunter2 has no permissions", "Redis refuses access (NOPERM)", true),
            ("MOVED 3999 127.0.0.1:6381", "cluster", true),
            ("OOM command not allowed hunter2", "does not serve (OOM)", false),
            ("READONLY You can't write against a read only replica.", "does not serve (READONLY)", false),
            ("LOADING Redis is loading", "does not serve (LOADING)", false),
            ("hunter2", "does not serve (ERR)", false),
            ("", "does not serve (ERR)", false),
        ] {
            let refusal = Refusal::of(error);
            let text = refusal.to_string();
            assert!(text.contains(shown) && !text.contains("hunter2"), "{error}: {text}");
            assert_eq!(refusal.is_permanent(), permanent, "{error}");
        }
    }
}
