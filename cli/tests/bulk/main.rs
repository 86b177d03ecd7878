//! `cloudauth bulk`: the real binary, against an emulator. `CLOUDAUTH_BULK_TRANSACTIONS` and others make the long form of the run
//! that is killed again and again; `make soak-bulk` does.

mod archives;
#[path = "../clock/mod.rs"]
mod clock;
mod clocks;
mod deletions;
mod endings;
mod input;
mod kills;
mod long;
mod rate;
#[path = "../cli/support.rs"]
#[allow(dead_code, reason = "shared with the other tests of the command")]
mod support;
mod videos;
mod world;
