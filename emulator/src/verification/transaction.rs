use std::time::Duration;

use super::kept::{Kept, RESULT_LIFE};
use super::progress::Progress;
use crate::clock::Moment;
use crate::document::Document;
use crate::standard::Standard;
use crate::variant::Variant;

/// A `TransactionId` lapses this long after `Initialize` where nobody has used it.
const UNUSED_LIFE: Duration = Duration::from_mins(30);

/// Why a control call did not move a verification on, [`Emulator::finish`](crate::Emulator::finish) for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FinishError {
    /// `Initialize` has not given this `TransactionId`.
    #[error("transaction_id: not one that Initialize gave")]
    UnknownTransaction,
    /// It has ended before.
    #[error("transaction_id: this verification has ended already")]
    AlreadyFinished,
    /// The product's variant does not have this `SubCode`.
    #[error("sub_code: not one of this product's")]
    UnknownSubCode,
    /// Nobody began it within 30 minutes.
    #[error("transaction_id: this verification lapsed unused, 30 minutes after Initialize")]
    Lapsed,
    /// `CheckVerifyLog` has no such page.
    #[error("page: must be LOADING, GUIDE, OCR_SCAN, OCR_RESULT, NFC_INPUT, NFC_READ or FACE")]
    UnknownPage,
    /// Not a client's code for a person who left.
    #[error("code: must be 1002 to 1016, or 9999")]
    UnknownCode,
}

/// A verification that `Initialize` began.
#[derive(Clone, Debug)]
pub(crate) struct Transaction {
    pub(crate) product_code: &'static str,
    pub(crate) variant: Variant,
    pub(crate) document: Option<Document>,
    pub(crate) standard: Standard,
    /// When `Initialize` came.
    pub(crate) begun: Moment,
    /// When it ends by itself.
    pub(crate) due: Option<Moment>,
    pub(crate) callback: Option<Callback>,
    /// Where the person's browser goes at the end.
    pub(crate) return_url: Option<String>,
    pub(crate) progress: Progress,
    pub(crate) kept: Kept,
}

/// Where the merchant wants to be told, and how the telling went.
#[derive(Clone, Debug)]
pub(crate) struct Callback {
    pub(crate) url: String,
    pub(crate) token: Option<String>,
    pub(crate) outcome: Option<String>,
}

/// The callback that a just ended verification owes.
#[derive(Debug)]
pub(crate) struct Owed {
    pub(crate) transaction_id: String,
    pub(crate) callback: Callback,
    pub(crate) sub_code: &'static str,
    pub(crate) passed: bool,
}

impl Transaction {
    /// Whether nobody used it in time.
    pub(crate) fn lapsed(&self, now: Moment) -> bool {
        matches!(self.progress, Progress::NotBegun) && now > self.begun.plus(UNUSED_LIFE)
    }

    /// Whether result and log are deleted for their age.
    pub(crate) fn gone(&self, now: Moment) -> bool {
        now > self.progress.ended().unwrap_or(self.begun).plus(RESULT_LIFE)
    }

    /// Where it stands, in one word.
    pub(crate) fn state(&self, now: Moment) -> &'static str {
        match self.progress {
            _ if self.gone(now) => "gone",
            Progress::NotBegun if self.lapsed(now) => "expired",
            Progress::NotBegun => "begun",
            Progress::At(_) => "in_progress",
            Progress::Pending(_) => "pending",
            Progress::Finished(_) if self.kept.nothing() => "deleted",
            Progress::Finished(_) => "finished",
            Progress::Abandoned(_) => "abandoned",
        }
    }
}
