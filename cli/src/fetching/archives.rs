//! A folder for each transaction: result, reply, pictures and video.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use cloudauth_core::CallOptions;
use cloudauth_core::typed::{Archive, ArchiveRequest};
use cloudauth_ledger::{Outcome, Transaction};
use serde_json::Value;

use super::answer::{Answer, verdict};
use super::clients::Clients;
use super::fetch::Fetch;
use super::started::started;

/// Below the run's folder.
const FOLDER: &str = "archives";

/// Archives what there is of a transaction. An archive that is whole is not fetched again.
pub(crate) struct Archives {
    clients: Arc<Clients>,
    /// Of the run.
    out: PathBuf,
    video_hosts: Vec<String>,
}

impl Archives {
    pub(crate) fn new(clients: Arc<Clients>, out: &Path, video_hosts: &[String]) -> Self {
        Self { clients, out: out.to_owned(), video_hosts: video_hosts.to_vec() }
    }
}

impl Fetch for Archives {
    fn fetch(&self, transaction: &Transaction, options: &CallOptions) -> Answer {
        let client = match self.clients.of(transaction.begun.place.as_ref()) {
            Ok(client) => client,
            Err(failure) => return Answer::Stop(failure),
        };
        // Where nobody noted the time, the manifest says none.
        let started = started(transaction, &client, transaction.begun.begun_at.unwrap_or(UNIX_EPOCH));
        let folder = format!("{FOLDER}/{}", name(transaction));
        let into = self.out.join(&folder).to_string_lossy().into_owned();
        let request = ArchiveRequest::new(started, into).video_hosts(&self.video_hosts);
        match client.run(&request, options) {
            Ok(archive) => of(archive, folder),
            Err(error) => Answer::failed(error),
        }
    }
}

fn of(archive: Archive, folder: String) -> Answer {
    let is_pending = archive.missing.as_ref().is_some_and(|missing| !missing["verdict"].is_null());
    if is_pending {
        return Answer::pending();
    }
    let result = archive.result.unwrap_or_default();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let outcome = verdict(result["passed"].as_bool(), text(&result["sub_code"]), result["face"]["comparison_score"].as_f64());
    Answer::Ended(Box::new(Outcome {
        request_id: Some(archive.request_id).filter(|id| !id.is_empty()),
        folder: Some(folder),
        manifest_sha256: archive.manifest_sha256,
        ..outcome
    }))
}

/// Its transaction id, where that can be a folder's name anywhere; else its number, which no such id looks like.
fn name(transaction: &Transaction) -> String {
    let id = &transaction.begun.transaction_id;
    let is_plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if is_plain { id.clone() } else { format!("no.{}", transaction.number) }
}

#[cfg(test)]
mod tests {
    use cloudauth_ledger::Begun;

    use super::*;

    #[test]
    fn a_folder_is_named_for_its_transaction_and_leads_nowhere_else() {
        let named = |id: &str| {
            let begun = Begun { transaction_id: id.to_owned(), ..Begun::default() };
            name(&Transaction { number: 7, begun, added_at: UNIX_EPOCH, callback_at: None, failures: 0 })
        };
        assert_eq!(named("hksb7ba1b28130d24e015d694361bee4"), "hksb7ba1b28130d24e015d694361bee4");
        for id in ["..", "a/b", "../x", "a.b", "~", "a\\b"] {
            assert_eq!(named(id), "no.7", "{id}");
        }
    }
}
