//! One quota for a fleet, on Redis.
//!
//! A script on the server hands out permits, evenly spaced by the server's clock: [`Worker`] asks for them, one at a time or a
//! tenth of a second's worth, and knows by itself when each may be used. Where the server does not answer, a worker lives on its
//! share of the rate: it takes turns with the workers that it last knew of, by the clock of the server that they share.
//!
//! [`Worker`], [`Target`], [`keys`] and the protocol are pure. [`Driver`] alone waits and sends, over streams that its caller
//! makes.

mod connection;
mod driver;
mod handle;
mod inspection;
mod keys;
mod queue;
mod refusal;
mod resp;
mod script;
mod target;
mod times;
mod wish;
mod worker;

pub use connection::{Dial, Dialled, Stream};
pub use driver::{Driver, Watcher};
pub use handle::{Handle, open};
pub use inspection::{Inspection, inspect};
pub use keys::keys;
pub use refusal::Refusal;
pub use script::{Ask, Granted, SCRIPT};
pub use target::Target;
pub use wish::Denied;
pub use worker::{Permit, Worker};
