//! Faults: what the emulator does wrong when it is told to, and when.
//!
//! `fault` is one of them as somebody wrote it, `when` says which requests it is applied to, `plan` holds those
//! that are set and chooses for each request, by `draw` alone, so that the same seed chooses the same. `catalogue` lists all there
//! are; what each does stands in the file of its family, as a `definition`, and comes out as an `effect`.

mod applied;
mod argument;
mod catalogue;
mod content;
mod definition;
mod draw;
mod effect;
mod ending;
mod fault;
mod framing;
mod gzip;
mod handshake;
mod headers;
mod pace;
mod padding;
mod plan;
mod refusal;
mod replacement;
mod when;

pub(crate) use effect::{DateHeader, Effect, Refused, Wiring};
pub use fault::{Fault, FaultError};
pub(crate) use plan::{Call, Faults, OBJECT, VIDEO, check};
