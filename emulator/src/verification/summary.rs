use super::interrupt_page::InterruptPage;
use super::progress::Progress;
use super::transaction::Transaction;
use crate::clock::Moment;

/// A verification that `Initialize` began, as a test wants to see it. Holds no callback token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verification {
    /// The id that `Initialize` gave.
    pub transaction_id: String,
    /// The `ProductCode` that it was given.
    pub product_code: &'static str,
    /// `begun`, `expired`, `in_progress`, `abandoned`, `pending`, `finished`, `deleted` or `gone`.
    pub state: &'static str,
    /// When `Initialize` came, by the emulator's clock: `2026-11-22T15:04:05Z`.
    pub begun: String,
    /// Where the person is, or left: a page as `InterruptPageEn` names it.
    pub page: Option<&'static str>,
    /// The client's code with which the person left.
    pub verify_error_code: Option<u16>,
    /// The outcome, once it is finished.
    pub sub_code: Option<&'static str>,
    /// When it was finished.
    pub finished: Option<String>,
    /// How the callback went, or that it is not yet called; absent where none was asked for.
    pub callback: Option<String>,
}

impl Verification {
    pub(crate) fn new(transaction_id: &str, transaction: &Transaction, now: Moment) -> Verification {
        let (page, code) = match transaction.progress {
            Progress::At(page) => (Some(page), None),
            Progress::Abandoned(abandonment) => (Some(abandonment.page), Some(abandonment.code)),
            Progress::NotBegun | Progress::Pending(_) | Progress::Finished(_) => (None, None),
        };
        let end = transaction.progress.end();
        let outcome = |outcome: Option<&String>| outcome.map_or("not yet called", String::as_str).to_owned();
        Verification {
            transaction_id: transaction_id.to_owned(),
            product_code: transaction.product_code,
            state: transaction.state(now),
            begun: transaction.begun.iso(),
            page: page.map(InterruptPage::name),
            verify_error_code: code,
            sub_code: end.map(|end| end.sub_code),
            finished: end.map(|end| end.at.iso()),
            callback: transaction.callback.as_ref().map(|callback| outcome(callback.outcome.as_ref())),
        }
    }
}
