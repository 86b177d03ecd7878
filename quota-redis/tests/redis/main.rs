//! The crate and a real Redis.

mod driver;
#[path = "../support/model.rs"]
mod model;
mod script;
#[path = "../support/server.rs"]
mod server;
