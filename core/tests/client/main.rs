//! A client against servers on loopback: each module holds one thing that it must do.

mod archive;
mod callback;
mod calls;
mod conformance;
mod connections;
mod doctor;
mod events;
mod faults;
mod initialize;
mod lengths;
mod limiter;
mod limits;
mod many;
mod once;
mod operations;
mod options;
mod receivers;
mod replies;
mod status;
mod status_calls;
mod typed;
mod vectors;
mod video;
mod waits;

#[path = "../support/proxy.rs"]
mod proxy;
#[path = "../support/recorder.rs"]
mod recorder;
#[path = "../support/relay.rs"]
mod relay;
#[path = "../support/server.rs"]
mod server;
#[path = "../support/statuses.rs"]
mod statuses;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/table.rs"]
mod table;
#[path = "../support/transfers.rs"]
mod transfers;
#[path = "../support/ways.rs"]
mod ways;
