//! Who carries an operation out.

use crate::clock::Clock;
use crate::endpoint::Endpoint;

/// A client, as far as operations see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller<'a> {
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) clock: &'a dyn Clock,
}
