use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

/// Ids remembered at most, eight bytes each.
const KEPT: usize = 1_000_000;

/// The ids with which each action was called, as hashes under a key of this run: the ids themselves are the merchant's.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    key: RandomState,
    hashes: HashSet<u64>,
}

impl Ids {
    /// Whether that action was called with that id before; it is remembered. No id is none that came before.
    pub(crate) fn seen(&mut self, action: &'static str, id: &str) -> bool {
        let hash = self.key.hash_one((action, id));
        !id.is_empty() && (self.hashes.contains(&hash) || (self.hashes.len() < KEPT && !self.hashes.insert(hash)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_seen_from_the_second_time_on() {
        let mut ids = Ids::default();
        assert!(!ids.seen("Initialize", "a") && ids.seen("Initialize", "a") && ids.seen("Initialize", "a"));
        assert!(!ids.seen("InitializeV2", "a") && !ids.seen("Initialize", "b"));
        assert!(!ids.seen("KeepaliveIntl", "") && !ids.seen("KeepaliveIntl", ""));
    }
}
