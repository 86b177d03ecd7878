//! What benchmarks measure with: replies, a server that gives one, and the request that is signed.

mod replies;
mod server;
mod unsigned;

pub use replies::{TINY, image, refusal, success};
pub use server::client_of;
pub use unsigned::{UNSIGNED, credentials};
