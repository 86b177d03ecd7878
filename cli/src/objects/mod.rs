//! Object storage: archives in S3 and OSS.

mod archives;
mod content;
mod encryption;
mod exchange;
mod oss_signer;
mod place;
mod published;
mod store;
mod transport;
mod trouble;
mod url;
mod workplace;

pub(crate) use archives::{ObjectArchives, Pulled};
pub(crate) use encryption::Encryption;
pub(crate) use url::ObjectUrl;
