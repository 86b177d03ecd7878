//! The archive of a verification, and the deletion that may follow it.

use std::path::Path;

use super::download_video::{hosts, max_bytes};
use super::hook::{Hook, Work};
use super::{Arguments, TypedReply, started};
use crate::disk::SystemDisk;
use crate::error::{Error, Result};
use crate::evidence::{Afterwards, Archived, Asked, Deletion, DeletionOutcome, Manifest, Objection, Plan, Wanted};
use crate::map;
use crate::result::Value;
use crate::worker::Worker;

pub(super) struct Archive;

/// The time of a start that nobody noted; a manifest has none then.
const NOT_KNOWN: &str = "1970-01-01T00:00:00Z";

impl Hook for Archive {
    fn validate(&self, arguments: &Arguments) -> Result<()> {
        hosts(arguments)?;
        max_bytes(arguments, "max_video_bytes")?;
        deletion(arguments).map(drop)
    }

    fn work(&self) -> Option<Work> {
        Some(work)
    }
}

fn work(arguments: &Arguments, worker: &dyn Worker) -> Result<TypedReply> {
    let started = started::given_here(arguments, &worker.caller())?;
    let text = |name| started.text(name).map(str::to_owned);
    let of = Manifest {
        transaction_id: text("transaction_id").unwrap_or_default(),
        merchant_biz_id: text("merchant_biz_id").unwrap_or_default(),
        region: text("region"),
        endpoint: text("endpoint"),
        started_at: text("initialized_at").filter(|time| time != NOT_KNOWN),
        library: env!("CARGO_PKG_VERSION").to_owned(),
        ..Manifest::default()
    };
    let into = arguments.text("into").unwrap_or_default();
    let is_wanted = |name| arguments.flag(name).unwrap_or(true);
    let plan = Plan {
        into: Path::new(into),
        of,
        request: started::result_request(&started),
        wanted: Wanted { raw: is_wanted("raw"), images: is_wanted("images"), video: is_wanted("video") },
        expects_video: started.get("doc_video").and_then(Value::as_bool) == Some(true),
        hosts: hosts(arguments)?,
        max_video_bytes: max_bytes(arguments, "max_video_bytes")?,
        deletion: deletion(arguments)?,
    };
    let (archived, deletion) = plan.run(worker, &SystemDisk)?;
    Ok(reply(arguments, into, archived, deletion))
}

fn deletion(arguments: &Arguments) -> Result<Option<Deletion<'_>>> {
    let given = arguments.list("even_so");
    let find = |name: &String| Objection::ALL.into_iter().find(|one| one.name() == name);
    let Some(even_so) = given.iter().map(find).collect() else {
        let [names @ .., last] = &Objection::ALL.map(Objection::name);
        return Err(Error::invalid_argument("even_so", format!("must hold {} or {last} alone", names.join(", "))));
    };
    let Some(delete_type) = arguments.text("then_delete") else {
        let refused = || Error::invalid_argument("even_so", "says nothing without `then_delete`");
        return if given.is_empty() { Ok(None) } else { Err(refused()) };
    };
    if arguments.flag("raw") == Some(false) {
        return Err(Error::invalid_argument("then_delete", "needs the reply in the archive; leave `raw` as it is"));
    }
    Ok(Some(Deletion { delete_type, even_so }))
}

fn reply(arguments: &Arguments, into: &str, archived: Archived, deletion: Option<DeletionOutcome>) -> TypedReply {
    let Archived { manifest, manifest_sha256, result, is_new } = archived;
    let mut reply = TypedReply::empty(arguments.spec());
    reply.request_id = manifest.request_id.unwrap_or_default();
    reply.set("outcome", if is_new { "archived" } else { "unchanged" }.into());
    reply.set("folder", into.into());
    reply.set("archived_at", manifest.archived_at.into());
    reply.set("manifest_sha256", manifest_sha256.into());
    reply.set("missing", Value::Object(map::of(manifest.missing.into_iter().map(|(what, why)| (what, why.into())))));
    reply.set("result", result.into());
    match deletion {
        None => {}
        Some(DeletionOutcome::Withheld(objections)) => {
            reply.set("deletion", "withheld".into());
            reply.set("withheld_for", objections.into_iter().map(Objection::name).collect());
        }
        Some(DeletionOutcome::Asked(receipt, place)) => {
            let text = |name: Option<&str>| Value::from(name.unwrap_or_default());
            reply.set("deletion", text(receipt.asked(place).map(Asked::name)));
            reply.set("afterwards", text(receipt.afterwards(place).map(Afterwards::name)));
            reply.set("receipt", receipt.to_fields().into());
        }
    }
    reply
}
