//! The process's environment, as something that can be given.

use std::collections::BTreeMap;
use std::fmt;
use std::os::unix::ffi::OsStringExt;

use zeroize::Zeroizing;

/// Where environment variables are looked up: the process's own, or a given set.
#[derive(Clone)]
pub struct Environment(Source);

#[derive(Clone)]
enum Source {
    Process,
    Given(BTreeMap<String, Zeroizing<String>>),
}

impl Environment {
    /// The process's environment, read when asked.
    pub fn process() -> Self {
        Self(Source::Process)
    }

    /// Only these variables.
    pub fn given<N: Into<String>, V: Into<String>>(variables: impl IntoIterator<Item = (N, V)>) -> Self {
        Self(Source::Given(variables.into_iter().map(|(name, value)| (name.into(), Zeroizing::new(value.into()))).collect()))
    }

    /// The variable's value; one that is empty or not Unicode counts as not set.
    pub fn get(&self, name: &str) -> Option<String> {
        match &self.0 {
            Source::Process => std::env::var(name).ok(),
            Source::Given(variables) => variables.get(name).map(|value| value.to_string()),
        }
        .filter(|value| !value.is_empty())
    }

    /// The variable's value, Unicode or not; one that is empty counts as not set.
    pub(crate) fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        match &self.0 {
            Source::Process => std::env::var_os(name).map(OsStringExt::into_vec),
            Source::Given(variables) => variables.get(name).map(|value| value.as_bytes().to_vec()),
        }
        .filter(|value| !value.is_empty())
    }

    /// [`get`](Self::get), for what is a secret: the copy is wiped.
    pub(crate) fn secret(&self, name: &str) -> Option<Zeroizing<String>> {
        self.get(name).map(Zeroizing::new)
    }

    /// Whether the variable says `true`, in letters of either case.
    pub(crate) fn says_true(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.trim().eq_ignore_ascii_case("true"))
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Source::Process => "Environment(process)",
            Source::Given(_) => "Environment(given)",
        })
    }
}
