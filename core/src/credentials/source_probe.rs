//! What is found where a source may be.

use std::sync::Arc;

use super::Provider;
use crate::error::{Error, Result};

/// What a look for a source found.
pub(super) enum SourceProbe {
    /// Nothing, and why.
    Absent(String),
    /// One that cannot be used, and why.
    Broken(Error),
    /// One that has its keys at hand.
    AtHand(Arc<dyn Provider>),
    /// One that must be asked for them, and may fail.
    Asked(Arc<dyn Provider>),
}

impl SourceProbe {
    pub(super) fn at_hand(source: impl Provider + 'static) -> Self {
        Self::AtHand(Arc::new(source))
    }

    /// One that must be asked, if it could be made.
    pub(super) fn of(source: Result<Arc<dyn Provider>>) -> Self {
        source.map_or_else(Self::Broken, Self::Asked)
    }
}
