//! A verification from `Initialize` to its deletion: how far the person got, and what the service still keeps.

mod interrupt_page;
mod kept;
mod progress;
mod summary;
mod transaction;

pub(crate) use interrupt_page::InterruptPage;
pub(crate) use kept::{DeleteType, Kept, RESULT_LIFE, VIDEO_LIFE};
pub(crate) use progress::{Abandonment, End, Progress};
pub use summary::Verification;
pub use transaction::FinishError;
pub(crate) use transaction::{Callback, Owed, Transaction};
