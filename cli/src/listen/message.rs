//! What other threads send to the keeper.

use std::sync::mpsc::SyncSender;

use cloudauth_core::Callback;
use cloudauth_ledger::{Begun, Transaction};
use tokio::sync::oneshot;

use super::metrics::Noted;
use crate::fetching::Answer;

pub(super) enum Message {
    Callback(Box<Callback>, oneshot::Sender<Noted>),
    Metrics(oneshot::Sender<String>),
    /// Who sent them wants to know when they are in the ledger.
    Starts(Vec<Begun>, SyncSender<()>),
    Answer(Box<(Transaction, Answer)>),
    /// Somebody asked for a stop.
    Wake,
}
