//! What a failed request means for the next one.

use std::time::Duration;

use crate::catalogue::{self, Kind, Retry};
use crate::error::{Error, SendState};
use crate::operations::operation;

/// Whether the same request may be sent a second time, by what its operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resend {
    /// It only reads.
    Always,
    /// It begins or changes something: only where it is known that the service never saw it.
    Unseen,
}

impl Resend {
    pub(crate) fn of(action: &str) -> Self {
        if operation(action).is_some_and(|spec| spec.resend) { Self::Always } else { Self::Unseen }
    }
}

/// Another request at once, for a reason that counts once in a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Once {
    /// The nonce was used before.
    Nonce,
    /// The time was wrong, and the service has told its own.
    Time,
    /// The security token has expired.
    Token,
    /// The server had closed the connection before it saw the request.
    Connection,
    /// The reply was damaged on its way.
    Reply,
    /// There was no such name.
    Name,
}

/// What a failure means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    Final,
    Once(Once),
    Pause { throttled: bool, retry_after: Option<Duration> },
}

impl Failure {
    /// By the service's code first, then by the kind.
    pub(crate) fn of(error: &Error, resend: Resend) -> Self {
        let state = error.send_state();
        let may = match resend {
            Resend::Always => true,
            Resend::Unseen => matches!(state, SendState::Unsent | SendState::Nameless),
        };
        if !may || matches!(error.kind(), Kind::Tls | Kind::Credentials | Kind::NotCompleted) {
            return Self::Final;
        }
        match state {
            SendState::Unanswered => return Self::Once(Once::Connection),
            SendState::Damaged => return Self::Once(Once::Reply),
            SendState::Nameless => return Self::Once(Once::Name),
            SendState::Unsent | SendState::Sent => {}
        }
        let throttled = error.kind() == Kind::Throttled || error.http_status() == Some(429);
        let pause = Self::Pause { throttled, retry_after: error.retry_after() };
        match error.code().and_then(catalogue::response_code).map(|known| known.retry) {
            Some(Retry::AfterPause) => pause,
            Some(Retry::OnceNewNonce) => Self::Once(Once::Nonce),
            Some(Retry::OnceNewTime) => Self::Once(Once::Time),
            Some(Retry::OnceNewToken) => Self::Once(Once::Token),
            None if error.retryable() => pause,
            Some(Retry::Never) | None => Self::Final,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(kind: Kind, code: &str, status: u16) -> Error {
        Error::new(kind, "refused").with_code(code).with_reply(Some(status), None, None)
    }

    fn lost(kind: Kind, state: SendState) -> Error {
        Error::new(kind, "lost").with_send_state(state)
    }

    const PAUSE: Failure = Failure::Pause { throttled: false, retry_after: None };

    #[test]
    fn codes_decide_before_kinds() {
        for (error, expected) in [
            (refused(Kind::Throttled, "Throttling.Api", 403), Failure::Pause { throttled: true, retry_after: None }),
            // Finding A9: a gateway's page has no code.
            (
                Error::new(Kind::Throttled, "a page").with_reply(Some(429), None, Some(Duration::from_secs(1))),
                Failure::Pause { throttled: true, retry_after: Some(Duration::from_secs(1)) },
            ),
            (refused(Kind::Unavailable, "ServiceUnavailable", 503), PAUSE),
            (refused(Kind::Service, "Brand.New", 500), PAUSE),
            (refused(Kind::Service, "Brand.New", 429), Failure::Pause { throttled: true, retry_after: None }),
            (refused(Kind::Service, "Brand.New", 400), Failure::Final),
            (refused(Kind::NotCompleted, "ProcessNotCompleted", 404), Failure::Final),
            (refused(Kind::Authentication, "SignatureNonceUsed", 400), Failure::Once(Once::Nonce)),
            (refused(Kind::Authentication, "InvalidTimeStamp.Expired", 400), Failure::Once(Once::Time)),
            (refused(Kind::Authentication, "InvalidSecurityToken.Expired", 400), Failure::Once(Once::Token)),
            (refused(Kind::Authentication, "SignatureDoesNotMatch", 403), Failure::Final),
            (lost(Kind::Network, SendState::Sent), PAUSE),
            (lost(Kind::Timeout, SendState::Sent), PAUSE),
            (lost(Kind::Network, SendState::Unanswered), Failure::Once(Once::Connection)),
            (lost(Kind::Protocol, SendState::Damaged), Failure::Once(Once::Reply)),
            // Finding G1: a name that is not there is asked for once more, a name server that fails as often as any server.
            (lost(Kind::Network, SendState::Nameless), Failure::Once(Once::Name)),
            (lost(Kind::Network, SendState::Unsent), PAUSE),
            (lost(Kind::Io, SendState::Unsent).transient(), PAUSE),
            (lost(Kind::Io, SendState::Unsent), Failure::Final),
            (lost(Kind::Protocol, SendState::Sent), Failure::Final),
            (lost(Kind::TooLarge, SendState::Sent), Failure::Final),
            (lost(Kind::Tls, SendState::Unsent), Failure::Final),
        ] {
            assert_eq!(Failure::of(&error, Resend::of("CheckResult")), expected, "{error:?}");
        }
    }

    #[test]
    fn what_changes_something_is_repeated_only_where_nobody_saw_it() {
        for (action, unsent, sent) in [
            ("CheckResult", PAUSE, PAUSE),
            ("Initialize", PAUSE, Failure::Final),
            ("InitializeV2", PAUSE, Failure::Final),
            ("FaceCompare", PAUSE, Failure::Final),
            ("DeleteVerifyResult", PAUSE, Failure::Final),
            ("KeepaliveIntl", PAUSE, PAUSE),
            ("NewerOperation", PAUSE, Failure::Final),
        ] {
            let resend = Resend::of(action);
            assert_eq!(Failure::of(&lost(Kind::Network, SendState::Unsent), resend), unsent, "{action}");
            assert_eq!(Failure::of(&lost(Kind::Network, SendState::Sent), resend), sent, "{action}");
            assert_eq!(
                Failure::of(&refused(Kind::Unavailable, "ServiceUnavailable", 503), resend) == Failure::Final,
                sent == Failure::Final
            );
        }
    }
}
