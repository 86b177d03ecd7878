//! The service on loopback, from `Initialize` to deletion: real HTTP, real signatures, invented people.
//!
//! ```no_run
//! let emulator = cloudauth_emulator::Emulator::start(cloudauth_emulator::Options::default())?;
//! println!("{}", emulator.endpoint());
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! What falls through it, from the socket up: `server` (listener), `wire` (bytes), `connection` (HTTP),
//! `request` (parameters), `gateway` (the checks that come before any action), `actions`, `reply`, `outgoing`
//! (a reply and its fault). All of them share a `service`. The crate shares no code with the client it is there to
//! test: `verify` is a second implementation of both signatures.
//! `faults` is what goes wrong on the way when it is told to, and `stats` counts what came.

mod access;
mod actions;
mod bounded;
mod bucket;
mod callback;
mod callback_names;
mod clock;
mod cloud;
mod codes;
mod connection;
mod control;
mod document;
mod emulator;
mod faults;
mod gateway;
mod html;
mod ids;
mod objects;
mod options;
mod outgoing;
mod page;
mod people;
mod picture;
mod products;
mod quota;
mod region;
mod replay;
mod reply;
mod request;
mod samples;
mod scenario;
mod server;
mod service;
mod shapes;
mod standard;
mod state;
mod stats;
mod temporary_keys;
mod tls;
mod variant;
mod verification;
mod verify;
mod verify_page;
mod video;
mod video_links;
mod wire;

pub use bucket::StoredObject;
pub use callback_names::{CallbackNames, CallbackNamesError};
pub use cloud::{Cloud, CloudFault, CloudService};
pub use emulator::Emulator;
pub use faults::{Fault, FaultError};
pub use options::Options;
pub use region::{Region, RegionError};
pub use state::Call;
pub use stats::{Attempt, Stats};
pub use verification::{FinishError, Verification};
