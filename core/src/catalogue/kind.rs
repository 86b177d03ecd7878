//! What is known of each [`Kind`].

use std::fmt;

use super::entry::KindFacts;
use super::kinds::Kind;
use super::table::KINDS;

impl Kind {
    fn facts(self) -> &'static KindFacts {
        // Numbers run from 1 without a gap; the generator refuses anything else.
        &KINDS[self as usize - 1]
    }

    /// The name in every language, such as `not_completed`.
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// The number in the C ABI, from 1; it never changes.
    pub fn number(self) -> u32 {
        self as u32
    }

    /// The exit code of the `cloudauth` command, 2 to 7.
    pub fn exit_code(self) -> u8 {
        self.facts().exit_code
    }

    /// Whether the same call can succeed later without a change. For [`Kind::Service`] the HTTP
    /// status decides as well; this is then `false`.
    pub fn retryable(self) -> bool {
        self.facts().retryable
    }

    /// What it means, in one sentence.
    pub fn meaning(self) -> &'static str {
        self.facts().meaning
    }

    /// What a person can do about it.
    pub fn advice(self) -> &'static str {
        self.facts().advice
    }

    /// The kind with exactly this [name](Kind::name).
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
