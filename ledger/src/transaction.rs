//! A verification that was begun.

use std::fmt;
use std::time::SystemTime;

use crate::deadline::Deadlines;

/// Where the service keeps what comes of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    Region(String),
    Endpoint(String),
}

/// A verification, as whoever began it knows it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Begun {
    pub transaction_id: String,
    pub merchant_biz_id: String,
    /// `None` where whoever asks knows.
    pub place: Option<Place>,
    pub product_code: Option<String>,
    /// `None` where nobody said; it was before it came into the ledger.
    pub begun_at: Option<SystemTime>,
    /// Whether there may be a video.
    pub has_video: bool,
    /// All that the start gave, as JSON. It holds the callback's token and the person's URL.
    pub started: Option<String>,
}

/// Neither ids nor what the start gave.
impl fmt::Debug for Begun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Begun").field("place", &self.place).field("begun_at", &self.begun_at).finish_non_exhaustive()
    }
}

/// A verification in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// Its number in the ledger, in the order in which they came.
    pub number: i64,
    pub begun: Begun,
    pub added_at: SystemTime,
    /// When the service first announced the end.
    pub callback_at: Option<SystemTime>,
    /// How often it was asked for in vain.
    pub failures: u32,
    /// Its archive's folder, below that of the run, once it has one.
    pub folder: Option<String>,
}

impl Transaction {
    /// When it began, or at the latest.
    pub fn began_by(&self) -> SystemTime {
        self.begun.begun_at.unwrap_or(self.added_at)
    }

    pub fn deadlines(&self) -> Deadlines {
        Deadlines::new(self.began_by(), self.callback_at, self.begun.has_video)
    }
}
