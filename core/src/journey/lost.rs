//! Requests that change something, and whose reply never came.

use crate::catalogue::Kind;
use crate::error::{Error, SendState};
use crate::request::validate_biz_id;

const START_ANEW: &str =
    "Start anew: a transaction that nobody uses lapses in 30 minutes, and costs nothing. Store only the newest.";
const ASK: &str = "Ask for its status: `gone` says that it was deleted.";

/// Says of a lost Initialize what may have come of it.
pub(crate) fn lost_start(error: Error, biz_id: &str) -> Error {
    if !is_lost(&error) {
        return error;
    }
    // It is the caller's own, and shown only if it has the form that the service asks for.
    let id = if validate_biz_id(biz_id).is_ok() { biz_id } else { "…" };
    let note = format!(
        "; a transaction may have begun with MerchantBizId {id}: it cannot be looked up, lapses unused in 30 minutes, and starting \
         anew is safe"
    );
    error.with_note(&note).with_advice(START_ANEW)
}

/// The same of a lost `DeleteVerifyResult`.
pub(crate) fn lost_deletion(error: Error) -> Error {
    if is_lost(&error) { error.with_note("; it may be deleted all the same").with_advice(ASK) } else { error }
}

/// Whether nobody knows what the service did. A code of the service's is no loss, nor is a request that was never sent.
pub(crate) fn is_lost(error: &Error) -> bool {
    use Kind::{Cancelled, Forked, Network, Protocol, Timeout, Tls, TooLarge, Unavailable};
    let unsent = matches!(error.send_state(), SendState::Unsent | SendState::Nameless) || error.attempts() == 0;
    let open = matches!(error.kind(), Cancelled | Forked | Network | Protocol | Timeout | Tls | TooLarge | Unavailable);
    !unsent && error.code().is_none() && open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_have_begun_is_lost() {
        let error = |kind, state, attempts| Error::new(kind, "x").with_send_state(state).with_attempts(attempts);
        let said = lost_start(error(Kind::Network, SendState::Sent, 1), "order1");
        assert_eq!(
            said.message(),
            "x; a transaction may have begun with MerchantBizId order1: it cannot be looked up, lapses unused in 30 minutes, and \
             starting anew is safe"
        );
        assert_eq!(said.advice(), START_ANEW);
        for state in [SendState::Unanswered, SendState::Damaged] {
            assert!(lost_start(error(Kind::Protocol, state, 1), "order1").message().contains("may have begun"));
        }
        let deletion = lost_deletion(error(Kind::Timeout, SendState::Sent, 1));
        assert_eq!((deletion.message(), deletion.advice()), ("x; it may be deleted all the same", ASK));
        for kept in [
            error(Kind::Network, SendState::Unsent, 1),
            error(Kind::Network, SendState::Nameless, 1),
            error(Kind::Timeout, SendState::Sent, 0),
            error(Kind::Credentials, SendState::Sent, 1),
            error(Kind::Unavailable, SendState::Sent, 1).with_code("InternalError"),
        ] {
            assert_eq!(lost_start(kept.clone(), "order1").message(), "x");
            assert_eq!(lost_deletion(kept).message(), "x");
        }
        assert!(!lost_start(error(Kind::Timeout, SendState::Sent, 1), "Chan Tai Man").message().contains("Chan"));
    }
}
