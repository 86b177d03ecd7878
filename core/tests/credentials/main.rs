//! Every source of credentials against its service, over real sockets; the chain of them, and what it keeps.

#[path = "../support/server.rs"]
mod server;
mod support;

mod cache;
mod chain;
mod files;
mod host;
mod network;
