use std::time::Duration;

use crate::codes::Code;
use crate::reply::Reply;
use crate::tls::Certificate;
use crate::wire::{Message, Script};

/// What a fault does to a request, or to a connection.
pub(crate) enum Effect {
    /// The service answers later.
    Late(Duration),
    /// The service's clock is another, by so many milliseconds.
    Clock(i64, DateHeader),
    /// The service refuses, once the gateway's checks hold. The action is not done.
    Refuse(Refused),
    /// Something in front of the service answers. The service is not asked.
    Instead(Reply),
    /// The service's reply, altered.
    Alter(Box<dyn FnOnce(&mut Reply) + Send>),
    /// The service's reply, written by hand.
    Wire(Wiring),
    /// Nothing that the service has a part in.
    Sever(Script),
    /// Another certificate.
    Certificate(Certificate),
    /// Something else than a handshake.
    Handshake(Script),
}

/// How a reply is put on the wire where HTTP's rules are not kept.
pub(crate) type Wiring = Box<dyn FnOnce(&Message) -> Script + Send>;

/// The refusal of a fault.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) code: &'static Code,
    /// For the header `x-acs-retry-after`.
    pub(crate) retry_after: Option<Duration>,
    /// Only calls with the security token that the emulator was started with are refused; another one is let through.
    pub(crate) until_new_token: bool,
}

/// What the `Date` header says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DateHeader {
    #[default]
    Right,
    Missing,
    Garbage,
}

impl Effect {
    pub(crate) fn wire(wiring: impl FnOnce(&Message) -> Script + Send + 'static) -> Effect {
        Effect::Wire(Box::new(wiring))
    }

    pub(crate) fn alter(change: impl FnOnce(&mut Reply) + Send + 'static) -> Effect {
        Effect::Alter(Box::new(change))
    }
}
