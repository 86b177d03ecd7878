//! The evidence video: where it is, and into which file it goes.

use std::path::Path;

use super::hook::{Hook, Work};
use super::{Argument, Arguments, TypedReply, started};
use crate::decode;
use crate::error::{Error, Result};
use crate::journey::validate_origin;
use crate::request::CheckResultRequest;
use crate::result::{Fields, Value};
use crate::video::{self, Download, Fetched, Hosts, Link};
use crate::worker::Worker;

pub(super) struct DownloadVideo;

impl Hook for DownloadVideo {
    fn work(&self) -> Option<Work> {
        Some(work)
    }
}

const MAX_BYTES: i64 = 256 << 20;
const LARGEST: i64 = 4 << 30;

fn work(arguments: &Arguments, worker: &dyn Worker) -> Result<TypedReply> {
    let given = Given::read(arguments, worker)?;
    let mut reply = TypedReply::empty(arguments.spec());
    let mut url = given.url.clone();
    // A link that was stored may be too old, and a fresh one is not.
    let mut stored = url.is_some();
    let outcome = loop {
        if url.is_none() {
            url = match given.ask(worker) {
                Ok((request_id, found)) => {
                    reply.request_id = request_id;
                    found
                }
                // It is deleted, video and all.
                Err(error) if given.url.is_some() && error.code() == Some("TransactionIdInvalid") => break "gone",
                Err(error) => return Err(error),
            };
        }
        let Some(found) = url.take() else {
            break if given.url.is_some() { "gone" } else { "none_offered" };
        };
        let link = Link::parse(&found, &given.hosts)?;
        let download = Download { link: &link, to: given.to, overwrite: given.overwrite, max_bytes: given.max_bytes };
        match video::fetch(worker, &download)? {
            Fetched::Whole { length, sha256 } => {
                reply.set("path", arguments.text("to").into());
                reply.set("length", length.into());
                reply.set("sha256", sha256.into());
                break "fetched";
            }
            Fetched::Expired if stored && given.request.is_some() => stored = false,
            Fetched::Expired => break "gone",
        }
    };
    reply.set("outcome", outcome.into());
    Ok(reply)
}

/// The arguments, checked.
struct Given<'a> {
    to: &'a Path,
    overwrite: bool,
    max_bytes: u64,
    hosts: Hosts,
    /// Asks where the video is.
    request: Option<CheckResultRequest>,
    /// Where a result says that it is.
    url: Option<String>,
}

impl<'a> Given<'a> {
    fn read(arguments: &'a Arguments, worker: &dyn Worker) -> Result<Self> {
        let request = match arguments.get("started") {
            Some(_) => Some(request(arguments, worker)?),
            None => None,
        };
        let url = arguments.get("result").map(video_url).transpose()?;
        if request.is_none() && url.is_none() {
            return Err(Error::invalid_argument("started", "must be given, unless `result` is"));
        }
        let max_bytes = match arguments.get("max_bytes") {
            Some(Argument::Integer(number @ 1..=LARGEST)) => *number,
            Some(_) => return Err(Error::invalid_argument("max_bytes", format!("must be from 1 to {LARGEST}"))),
            None => MAX_BYTES,
        };
        Ok(Self {
            to: Path::new(arguments.text("to").unwrap_or_default()),
            overwrite: arguments.get("overwrite") == Some(&Argument::Flag(true)),
            max_bytes: max_bytes.unsigned_abs(),
            hosts: Hosts::new(&list(arguments.get("video_hosts")))
                .map_err(|rule| Error::invalid_argument("video_hosts", rule))?,
            request,
            url: url.flatten(),
        })
    }

    /// The request id of the reply, and where the video is.
    fn ask(&self, worker: &dyn Worker) -> Result<(String, Option<String>)> {
        let Some(request) = &self.request else { return Ok((String::new(), None)) };
        let result = worker.check_result(request)?;
        Ok((result.request_id, result.face.and_then(|face| face.video_url)))
    }
}

fn request(arguments: &Arguments, worker: &dyn Worker) -> Result<CheckResultRequest> {
    let started = started::given(arguments)?;
    let text = |name| started.get(name).and_then(Value::as_str);
    if !arguments.is_unchecked() {
        validate_origin(text("region"), text("endpoint"), worker.caller().endpoint)?;
    }
    let [biz_id, transaction_id] = ["merchant_biz_id", "transaction_id"].map(|name| text(name).unwrap_or_default());
    Ok(CheckResultRequest::new(biz_id, transaction_id))
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

fn list(given: Option<&Argument>) -> Vec<String> {
    match given {
        Some(Argument::List(list)) => list.clone(),
        Some(Argument::Json(Value::Array(items))) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}
