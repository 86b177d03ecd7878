//! Signed links to the evidence video, and when it is there.

use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::clock::Moment;
use crate::verification::VIDEO_LIFE;
use crate::verify::hex;

/// A link works this long.
pub(crate) const LINK_LIFE: Duration = Duration::from_mins(15);

/// Makes and checks links under a key of this run.
#[derive(Debug)]
pub(crate) struct VideoLinks {
    key: [u8; 32],
}

impl VideoLinks {
    pub(crate) fn new(key: [u8; 32]) -> VideoLinks {
        VideoLinks { key }
    }

    /// An absolute URL that works for [`LINK_LIFE`] from `now`.
    pub(crate) fn link(&self, endpoint: &str, transaction_id: &str, now: Moment) -> String {
        let expires = now.plus(LINK_LIFE).unix_seconds();
        let signature = hex(&self.mac(transaction_id, expires).finalize().into_bytes());
        format!("{endpoint}/video/{transaction_id}.webm?Expires={expires}&Signature={signature}")
    }

    fn mac(&self, transaction_id: &str, expires: i64) -> Hmac<Sha256> {
        // HMAC takes a key of any length, so this cannot fail.
        let mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("a key of any length");
        mac.chain_update(format!("{transaction_id}\n{expires}"))
    }

    pub(crate) fn holds(&self, transaction_id: &str, expires: i64, signature: &str) -> bool {
        hex(&self.mac(transaction_id, expires).finalize().into_bytes()) == signature
    }
}

/// Whether a verification that ended then still has its video.
pub(crate) fn there(ended: Option<Moment>, now: Moment) -> bool {
    ended.is_some_and(|ended| now <= ended.plus(VIDEO_LIFE))
}
