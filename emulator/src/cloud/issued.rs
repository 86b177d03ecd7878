//! Temporary keys that were given out.

use std::collections::{HashMap, VecDeque};

use crate::clock::Moment;

const KEPT: usize = 10_000;

/// What belongs to an id.
#[derive(Clone)]
pub(crate) struct Keys {
    pub(crate) secret: String,
    pub(crate) token: String,
    pub(crate) end: Moment,
}

/// Keys by id; the oldest are forgotten when there are very many.
#[derive(Default)]
pub(crate) struct Issued {
    keys: HashMap<String, Keys>,
    order: VecDeque<String>,
}

impl Issued {
    pub(super) fn get(&self, id: &str) -> Option<Keys> {
        self.keys.get(id).cloned()
    }

    pub(super) fn insert(&mut self, id: String, keys: Keys) {
        if self.order.len() == KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.keys.remove(&oldest);
        }
        self.order.push_back(id.clone());
        self.keys.insert(id, keys);
    }
}
