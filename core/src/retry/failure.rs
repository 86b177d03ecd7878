//! What a failed request means for the next one.

use std::time::Duration;

use crate::catalogue::{self, Kind, Retry};
use crate::error::{Error, Fate};

/// Whether the same request may be sent a second time, by what its operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resend {
    /// It only reads.
    Always,
    /// It begins or changes something: only where it is known that the service never saw it.
    Unseen,
    Never,
}

impl Resend {
    pub(crate) fn of(action: &str) -> Self {
        const READING: [&str; 5] = ["Check", "Describe", "Get", "List", "Query"];
        if action == "DeleteVerifyResult" {
            Self::Never
        } else if READING.iter().any(|verb| action.starts_with(verb)) {
            Self::Always
        } else {
            Self::Unseen
        }
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
        let fate = error.fate();
        let may = match resend {
            Resend::Always => true,
            Resend::Unseen => matches!(fate, Fate::Unsent | Fate::Nameless),
            Resend::Never => false,
        };
        if !may || matches!(error.kind(), Kind::Tls | Kind::Credentials | Kind::NotCompleted) {
            return Self::Final;
        }
        match fate {
            Fate::Unanswered => return Self::Once(Once::Connection),
            Fate::Damaged => return Self::Once(Once::Reply),
            Fate::Nameless => return Self::Once(Once::Name),
            Fate::Unsent | Fate::Sent => {}
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

    fn lost(kind: Kind, fate: Fate) -> Error {
        Error::new(kind, "lost").with_fate(fate)
    }

    const PAUSE: Failure = Failure::Pause { throttled: false, retry_after: None };

    #[test]
    fn codes_decide_before_kinds() {
        for (error, expected) in [
            (refused(Kind::Throttled, "Throttling.Api", 403), Failure::Pause { throttled: true, retry_after: None }),
            (refused(Kind::Unavailable, "ServiceUnavailable", 503), PAUSE),
            (refused(Kind::Service, "Brand.New", 500), PAUSE),
            (refused(Kind::Service, "Brand.New", 429), Failure::Pause { throttled: true, retry_after: None }),
            (refused(Kind::Service, "Brand.New", 400), Failure::Final),
            (refused(Kind::NotCompleted, "ProcessNotCompleted", 404), Failure::Final),
            (refused(Kind::Authentication, "SignatureNonceUsed", 400), Failure::Once(Once::Nonce)),
            (refused(Kind::Authentication, "InvalidTimeStamp.Expired", 400), Failure::Once(Once::Time)),
            (refused(Kind::Authentication, "InvalidSecurityToken.Expired", 400), Failure::Once(Once::Token)),
            (refused(Kind::Authentication, "SignatureDoesNotMatch", 403), Failure::Final),
            (lost(Kind::Network, Fate::Sent), PAUSE),
            (lost(Kind::Timeout, Fate::Sent), PAUSE),
            (lost(Kind::Network, Fate::Unanswered), Failure::Once(Once::Connection)),
            (lost(Kind::Protocol, Fate::Damaged), Failure::Once(Once::Reply)),
            // Finding G1: a name that is not there is asked for once more, a name server that fails as often as any server.
            (lost(Kind::Network, Fate::Nameless), Failure::Once(Once::Name)),
            (lost(Kind::Network, Fate::Unsent), PAUSE),
            (lost(Kind::Io, Fate::Unsent).transient(), PAUSE),
            (lost(Kind::Io, Fate::Unsent), Failure::Final),
            (lost(Kind::Protocol, Fate::Sent), Failure::Final),
            (lost(Kind::TooLarge, Fate::Sent), Failure::Final),
            (lost(Kind::Tls, Fate::Unsent), Failure::Final),
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
            ("DeleteVerifyResult", Failure::Final, Failure::Final),
        ] {
            let resend = Resend::of(action);
            assert_eq!(Failure::of(&lost(Kind::Network, Fate::Unsent), resend), unsent, "{action}");
            assert_eq!(Failure::of(&lost(Kind::Network, Fate::Sent), resend), sent, "{action}");
            assert_eq!(
                Failure::of(&refused(Kind::Unavailable, "ServiceUnavailable", 503), resend) == Failure::Final,
                sent == Failure::Final
            );
        }
    }
}
