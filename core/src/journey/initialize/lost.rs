//! An Initialize whose reply never came.

use crate::catalogue::Kind;
use crate::error::{Error, SendState};
use crate::request::validate_biz_id;

const ADVICE: &str = "Start anew: a transaction that nobody uses lapses in 30 minutes, and costs nothing. Store only the newest.";

/// Says of a lost Initialize what may have come of it. A code of the service's is no loss, nor is a request that was never sent.
pub(crate) fn lost(error: Error, biz_id: &str) -> Error {
    let unsent = matches!(error.send_state(), SendState::Unsent | SendState::Nameless) || error.attempts() == 0;
    if unsent || error.code().is_some() || !may_be_lost(error.kind()) {
        return error;
    }
    // It is the caller's own, and shown only if it has the form that the service asks for.
    let id = if validate_biz_id(biz_id).is_ok() { biz_id } else { "…" };
    let note = format!(
        "; a transaction may have begun with MerchantBizId {id}: it cannot be looked up, lapses unused in 30 minutes, and starting \
         anew is safe"
    );
    error.with_note(&note).with_advice(ADVICE)
}

/// Whether an error of this kind leaves open what the service did.
fn may_be_lost(kind: Kind) -> bool {
    use Kind::{Cancelled, Forked, Network, Protocol, Timeout, Tls, TooLarge, Unavailable};
    matches!(kind, Cancelled | Forked | Network | Protocol | Timeout | Tls | TooLarge | Unavailable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_have_begun_is_lost() {
        let error = |kind, state, attempts| Error::new(kind, "x").with_send_state(state).with_attempts(attempts);
        let said = lost(error(Kind::Network, SendState::Sent, 1), "order1");
        assert_eq!(
            said.message(),
            "x; a transaction may have begun with MerchantBizId order1: it cannot be looked up, lapses unused in 30 minutes, and \
             starting anew is safe"
        );
        assert_eq!(said.advice(), ADVICE);
        for state in [SendState::Unanswered, SendState::Damaged] {
            assert!(lost(error(Kind::Protocol, state, 1), "order1").message().contains("may have begun"));
        }
        for kept in [
            error(Kind::Network, SendState::Unsent, 1),
            error(Kind::Network, SendState::Nameless, 1),
            error(Kind::Timeout, SendState::Sent, 0),
            error(Kind::Credentials, SendState::Sent, 1),
            error(Kind::Unavailable, SendState::Sent, 1).with_code("InternalError"),
        ] {
            assert_eq!(lost(kept, "order1").message(), "x");
        }
        assert!(!lost(error(Kind::Timeout, SendState::Sent, 1), "Chan Tai Man").message().contains("Chan"));
    }
}
