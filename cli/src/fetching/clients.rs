//! Clients by where a transaction's data is.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use cloudauth_core::journey::validate_origin;
use cloudauth_core::spelling::Language;
use cloudauth_core::{blocking, options};
use cloudauth_ledger::{Begun, Ledger, Place};

use super::pace::Limits;
use crate::client::{self, ClientArgs};
use crate::exit::Failure;

/// A client for each region or endpoint, made when it is first needed. They share one rate where it is the same server.
pub(crate) struct Clients {
    args: ClientArgs,
    limits: Limits,
    made: Mutex<HashMap<Option<Place>, blocking::Client>>,
}

impl Clients {
    pub(crate) fn new(args: ClientArgs, limits: Limits) -> Self {
        Self { args, limits, made: Mutex::default() }
    }

    /// The client of a place: the options' own where it is none, or where they name one.
    pub(crate) fn of(&self, place: Option<&Place>) -> Result<blocking::Client, Failure> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let place = place.cloned();
        if let Some(client) = made.get(&place) {
            return Ok(client.clone());
        }
        let (region, endpoint) = match &place {
            Some(Place::Region(region)) => (Some(region.as_str()), None),
            Some(Place::Endpoint(endpoint)) => (None, Some(endpoint.as_str())),
            None => (None, None),
        };
        let mut builder = self.args.builder_at(region, endpoint)?;
        builder.set("qps", self.limits.rate.map(within))?;
        builder.set("max_connections", self.limits.concurrency().max(options::MAX_CONNECTIONS) as u64)?;
        let client = client::build(builder)?;
        let same = made.values().find(|other| other.endpoint() == client.endpoint()).cloned();
        let client = same.unwrap_or(client);
        made.insert(place, client.clone());
        Ok(client)
    }

    /// Makes the clients of all that is open, so that what options or keys lack is said before anything is sent.
    pub(crate) fn prepare(&self, ledger: &Ledger) -> Result<(), Failure> {
        ledger.places()?.iter().try_for_each(|place| self.of(place.as_ref()).map(drop))
    }

    /// Whether the service that is asked has the data of what was begun; else the rule that this breaks. Of a region that was merely
    /// named, an endpoint takes the place, as it does for other commands.
    ///
    /// # Errors
    /// There can be no client.
    pub(crate) fn validate(&self, begun: &Begun) -> Result<Result<(), String>, Failure> {
        let client = self.of(begun.place.as_ref())?;
        let endpoint = client.endpoint();
        let valid = match &begun.place {
            Some(Place::Region(region)) if begun.started.is_some() || endpoint.region().is_some() => {
                validate_origin(Some(region), None, endpoint)
            }
            Some(Place::Endpoint(at)) => validate_origin(None, Some(at), endpoint),
            _ => Ok(()),
        };
        Ok(valid.map_err(|error| error.message_in(Language::Command).into_owned()))
    }
}

/// What to send at, so that no second of the service's holds more than the rate: requests of a busy machine bunch up on their way.
fn within(rate: u32) -> u64 {
    u64::from(rate - rate / 50)
}
