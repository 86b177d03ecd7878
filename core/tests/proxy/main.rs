//! Calls through proxies: which one, what is said to it, and what comes of its answers.

#[path = "../support/proxy.rs"]
mod proxy;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/ways.rs"]
mod ways;

mod calls;
mod refusals;
mod socks;
mod table;
