//! The service itself says no, or has another time than the client.

use super::applied::Applied;
use super::argument::{Argument, Rule, time};
use super::definition::Definition;
use super::effect::{DateHeader, Effect, Refused};
use crate::codes::{
    ACCOUNT_DENIED, Code, INTERNAL_ERROR, NONCE_USED, RAM_USER_DENIED, SERVICE_UNAVAILABLE, THROTTLING, THROTTLING_API,
    THROTTLING_USER, TOKEN_EXPIRED,
};

const RETRY_AFTER: Argument = Argument::new("retry-after", "", Rule::Time);

pub(super) const FAULTS: [Definition; 9] = [
    Definition::new("json-503", "`ServiceUnavailable`, with `x-acs-retry-after` where given", unavailable).takes(&[RETRY_AFTER]),
    Definition::new("json-500", "`InternalError`", internal_error),
    Definition::new("throttle", "that `code`, with `x-acs-retry-after` where given", throttle).takes(&[
        Argument::new("code", "Throttling.Api", Rule::Word(&["Throttling.Api", "Throttling.User", "Throttling"])),
        RETRY_AFTER,
    ]),
    Definition::new(
        "access-denied",
        "that `code`; with `action`, to one operation: the RAM user's policy lacks it",
        access_denied,
    )
    .takes(&[Argument::new(
        "code",
        "Forbidden.RAMUserAccessDenied",
        Rule::Word(&["Forbidden.RAMUserAccessDenied", "Forbidden.AccountAccessDenied"]),
    )]),
    Definition::new("nonce-used", "`SignatureNonceUsed`, whatever the nonce", nonce_used),
    Definition::new(
        "token-expired",
        "`InvalidSecurityToken.Expired`, to every call or `until` one carries another token, which is let through",
        token_expired,
    )
    .takes(&[Argument::new("until", "always", Rule::Word(&["always", "new-token"]))]),
    Definition::new(
        "clock",
        "the service's clock is off by `skew`, in what it accepts and in its `Date`, or a `date` that is none",
        clock,
    )
    .takes(&[
        Argument::new("skew", "3600s", Rule::Shift),
        Argument::new("date", "right", Rule::Word(&["right", "missing", "garbage"])),
    ]),
    Definition::new("date-missing", "a reply without `Date`", date_missing),
    Definition::new("date-garbage", "a `Date` that is none", date_garbage),
];

fn unavailable(applied: &mut Applied<'_>) -> Effect {
    refuse(&SERVICE_UNAVAILABLE, applied)
}

fn internal_error(applied: &mut Applied<'_>) -> Effect {
    refuse(&INTERNAL_ERROR, applied)
}

fn throttle(applied: &mut Applied<'_>) -> Effect {
    let code = match applied.word("code") {
        "Throttling.User" => &THROTTLING_USER,
        "Throttling" => &THROTTLING,
        _ => &THROTTLING_API,
    };
    refuse(code, applied)
}

fn access_denied(applied: &mut Applied<'_>) -> Effect {
    let code = if applied.word("code") == ACCOUNT_DENIED.name { &ACCOUNT_DENIED } else { &RAM_USER_DENIED };
    refuse(code, applied)
}

fn nonce_used(applied: &mut Applied<'_>) -> Effect {
    refuse(&NONCE_USED, applied)
}

fn token_expired(applied: &mut Applied<'_>) -> Effect {
    refuse(&TOKEN_EXPIRED, applied)
}

fn refuse(code: &'static Code, applied: &Applied<'_>) -> Effect {
    let until_new_token = applied.word("until") == "new-token";
    Effect::Refuse(Refused { code, retry_after: time(applied.word("retry-after")), until_new_token })
}

fn clock(applied: &mut Applied<'_>) -> Effect {
    let date = match applied.word("date") {
        "missing" => DateHeader::Missing,
        "garbage" => DateHeader::Garbage,
        _ => DateHeader::Right,
    };
    Effect::Clock(applied.shift("skew"), date)
}

fn date_missing(_: &mut Applied<'_>) -> Effect {
    Effect::Clock(0, DateHeader::Missing)
}

fn date_garbage(_: &mut Applied<'_>) -> Effect {
    Effect::Clock(0, DateHeader::Garbage)
}
