//! What `cloudauth start` keeps, read again, and a client that may ask for it.

use std::path::Path;

use cloudauth_core::blocking;
use cloudauth_core::journey::validate_origin;
use cloudauth_core::spelling::Language;
use cloudauth_core::typed::Started;

use crate::client::ClientArgs;
use crate::exit::Failure;
use crate::input;

const LARGEST: u64 = 1 << 20;

pub(crate) fn read(path: &Path) -> Result<Started, Failure> {
    Started::from_json(&input::read(path, LARGEST)?).map_err(|error| {
        let message = error.message_in(Language::Command);
        Failure::usage(&input::name(path), message.strip_prefix("json: ").unwrap_or(&message))
    })
}

/// A client of the region or endpoint that has the data: the options' own, where they name one.
pub(crate) fn client(args: &ClientArgs, started: &Started) -> Result<blocking::Client, Failure> {
    let client = args.client_at(started.region.as_deref(), started.endpoint.as_deref())?;
    validate_origin(started.region.as_deref(), started.endpoint.as_deref(), client.endpoint())?;
    Ok(client)
}
