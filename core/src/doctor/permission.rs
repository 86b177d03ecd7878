//! Which operations the keys permit, as far as replies tell.

use super::finding::{Check, Finding};
use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::operations::{PERMISSION, ram_action};
use crate::request::CHECK_RESULT;

/// What is called beside [`CHECK_RESULT`]: for nothing, or about a transaction that does not exist.
pub(super) const ASKED: [&str; 2] = ["CheckVerifyLog", "KeepaliveIntl"];

/// What is not called, and why.
const NOT_ASKED: [(&str, &str); 3] = [
    ("Initialize", "it would begin a verification"),
    ("InitializeV2", "it would begin a verification"),
    ("DeleteVerifyResult", "it would delete a result"),
];

/// What a reply tells of the permission for the operation that was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Permission {
    Permitted,
    Refused,
    NotTold,
}

impl Permission {
    pub(super) fn of(outcome: &Result<()>) -> Self {
        outcome.as_ref().map_or_else(Self::of_error, |()| Self::Permitted)
    }

    pub(super) fn of_error(error: &Error) -> Self {
        match (error.kind(), error.code()) {
            // The service looked at what was asked for, which it does for those who may ask.
            (_, Some("TransactionIdInvalid" | "InvalidParameter" | "ProcessNotCompleted")) => Self::Permitted,
            // The account as a whole; its users' policies were not come to.
            (_, Some("Forbidden.AccountAccessDenied")) => Self::NotTold,
            (Kind::AccessDenied, _) => Self::Refused,
            _ => Self::NotTold,
        }
    }
}

/// What the reply to `action` tells.
pub(super) fn assess(action: &str, outcome: &Result<()>) -> Finding {
    let why = outcome.as_ref().err().map_or("", |error| error.code().unwrap_or(error.kind().name()));
    let what = format!("refused: {why}");
    let lacking = outcome.as_ref().err().and_then(Error::missing_permission).map_or_else(|| ram_action(action), str::to_owned);
    let advice = format!("Add `{lacking}` to the RAM user's policy, or attach the policy {PERMISSION}.");
    let finding = match Permission::of(outcome) {
        Permission::Permitted => Finding::ok(Check::Permission, "permitted"),
        Permission::NotTold => Finding::skipped(Check::Permission, format!("not told: {why}")),
        Permission::Refused if action == CHECK_RESULT => Finding::fail(Check::Permission, Kind::AccessDenied, what, advice),
        // A program that only fetches results needs no other.
        Permission::Refused => Finding::warn(Check::Permission, what, advice),
    };
    finding.about(action)
}

/// What a program may need beside, and only a call with consequences would tell.
pub(super) fn not_asked() -> impl Iterator<Item = Finding> {
    NOT_ASKED.into_iter().map(|(action, since)| {
        let what = format!("not asked, since {since}; needs {}", ram_action(action));
        Finding::skipped(Check::Permission, what).about(action)
    })
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;
    use crate::catalogue;

    fn refused(code: &str) -> Result<()> {
        Err(Error::new(catalogue::kind_of(code), "refused").with_code(code))
    }

    #[test]
    fn a_reply_tells_of_permission_where_it_is_about_that_or_about_what_comes_after() {
        use Permission::{NotTold, Permitted, Refused};
        for (code, permission) in [
            ("TransactionIdInvalid", Permitted),
            ("InvalidParameter", Permitted),
            ("ProcessNotCompleted", Permitted),
            ("Forbidden.RAMUserAccessDenied", Refused),
            ("Forbidden.NoPermission", Refused),
            ("Forbidden.AccountAccessDenied", NotTold),
            // A gateway may say these before it looks at permissions.
            ("MissingParameter", NotTold),
            ("InvalidAction.NotFound", NotTold),
            ("Throttling.Api", NotTold),
            ("SignatureDoesNotMatch", NotTold),
            ("InvalidTimeStamp.Expired", NotTold),
            ("InternalError", NotTold),
            ("ServiceUnavailable", NotTold),
            ("Brand.New", NotTold),
        ] {
            assert_eq!(Permission::of(&refused(code)), permission, "{code}");
        }
        assert_eq!(Permission::of(&Ok(())), Permitted);
        assert_eq!(Permission::of(&Err(Error::new(Kind::Network, "lost"))), NotTold);
        // A proxy's page with 403, too.
        assert_eq!(Permission::of(&Err(Error::new(Kind::Protocol, "HTML"))), NotTold);
    }

    #[test]
    fn what_is_missing_is_named_and_weighs_as_much_as_it_is_needed() {
        let denied = refused("Forbidden.RAMUserAccessDenied");
        for (action, state, kind) in
            [("CheckResult", State::Fail, Some(Kind::AccessDenied)), ("CheckVerifyLog", State::Warn, None)]
        {
            let finding = assess(action, &denied);
            assert_eq!((finding.state, finding.kind, finding.subject.as_deref()), (state, kind, Some(action)));
            assert_eq!(finding.what, "refused: Forbidden.RAMUserAccessDenied");
            let advice = finding.advice.unwrap();
            assert!(advice.starts_with(&format!("Add `antcloudauth:{action}` to the RAM user's policy")), "{advice}");
        }
        let told = denied.map_err(|error| error.with_missing_permission(Some("cloudauth:CheckVerifyLog")));
        assert!(assess("CheckVerifyLog", &told).advice.unwrap().starts_with("Add `cloudauth:CheckVerifyLog` "));
        assert_eq!(assess("KeepaliveIntl", &Ok(())).what, "permitted");
        assert_eq!(assess("KeepaliveIntl", &Err(Error::new(Kind::Timeout, "late"))).what, "not told: timeout");
    }
}
