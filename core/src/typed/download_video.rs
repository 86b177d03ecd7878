//! The evidence video: where it is, and where it goes.

use std::path::Path;

use super::hook::{Hook, Work};
use super::{Argument, Arguments, TypedReply, started};
use crate::decode;
use crate::disk::SystemDisk;
use crate::error::{Error, Result};
use crate::result::{Fields, Value};
use crate::video::{self, Hosts, Outcome, Retrieval, Retrieved, Target};
use crate::worker::Worker;

pub(super) struct DownloadVideo;

impl Hook for DownloadVideo {
    fn work(&self) -> Option<Work> {
        Some(work)
    }
}

const LARGEST: i64 = 4 << 30;

fn work(arguments: &Arguments, worker: &dyn Worker) -> Result<TypedReply> {
    let request = match arguments.get("started") {
        Some(_) => Some(started::result_request(&started::given_here(arguments, &worker.caller())?)),
        None => None,
    };
    let url = arguments.get("result").map(video_url).transpose()?;
    if request.is_none() && url.is_none() {
        return Err(Error::invalid_argument("started", "must be given, unless `result` is"));
    }
    let path = arguments.text("to").unwrap_or_default();
    let overwrite = arguments.flag("overwrite").unwrap_or(false);
    let to = match arguments.receiver("receiver") {
        Some(receiver) => Target::Receiver(receiver),
        None => Target::File { disk: &SystemDisk, path: Path::new(path), overwrite },
    };
    let retrieval = Retrieval {
        url: url.flatten(),
        request: request.as_ref(),
        hosts: &hosts(arguments)?,
        to,
        progress: arguments.progress("progress"),
        max_bytes: max_bytes(arguments, "max_bytes")?,
        max_name: "max_bytes",
    };
    let Retrieved { outcome, request_id } = video::retrieve(worker, &retrieval)?;
    let mut reply = TypedReply::empty(arguments.spec());
    reply.request_id = request_id;
    reply.set("outcome", outcome.name().into());
    if let Outcome::Fetched { length, sha256 } = outcome {
        if !path.is_empty() {
            reply.set("path", path.into());
        }
        reply.set("length", length.into());
        reply.set("sha256", sha256.into());
    }
    Ok(reply)
}

/// The hosts to fetch from.
pub(super) fn hosts(arguments: &Arguments) -> Result<Hosts> {
    Hosts::new(&arguments.list("video_hosts")).map_err(|rule| Error::invalid_argument("video_hosts", rule))
}

/// The largest video to take, by the argument `name`.
pub(super) fn max_bytes(arguments: &Arguments, name: &str) -> Result<u64> {
    match arguments.get(name) {
        Some(Argument::Integer(number @ 1..=LARGEST)) => Ok(number.unsigned_abs()),
        Some(_) => Err(Error::invalid_argument(name, format!("must be from 1 to {LARGEST}"))),
        None => Ok(video::MAX_BYTES),
    }
}

/// A result's `face.video_url`, whichever JSON of the result's it is.
fn video_url(result: &Argument) -> Result<Option<String>> {
    let parsed = match result {
        Argument::Json(Value::Object(fields)) => Some(fields.clone()),
        Argument::Text(text) => decode::fields(text.as_bytes()).ok().flatten(),
        _ => None,
    };
    let refused = || Error::invalid_argument("result", "must be a result as this library writes it, not a reply of the service");
    let mut fields: Fields = parsed.filter(|fields| fields.contains_key("sub_code")).ok_or_else(refused)?;
    match fields.remove("face") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(mut face)) => match face.remove("video_url") {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(url)) => Ok(Some(url)),
            Some(_) => Err(refused()),
        },
        Some(_) => Err(refused()),
    }
}
