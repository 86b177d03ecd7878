//! The service itself says no, or has another time than the client.

use super::argument::{Argument, Rule, time};
use super::catalogue::Definition;
use super::effect::{DateHeader, Effect, Refused};
use super::fault::Strike;
use crate::codes::{
    Code, INTERNAL_ERROR, NONCE_USED, SERVICE_UNAVAILABLE, THROTTLING, THROTTLING_API, THROTTLING_USER, TOKEN_EXPIRED,
};

const RETRY_AFTER: Argument = Argument::new("retry-after", "", Rule::Time);

pub(super) const FAULTS: [Definition; 8] = [
    Definition::new("json-503", "`ServiceUnavailable`, with `x-acs-retry-after` where given", unavailable).takes(&[RETRY_AFTER]),
    Definition::new("json-500", "`InternalError`", internal_error),
    Definition::new("throttle", "that `code`, with `x-acs-retry-after` where given", throttle).takes(&[
        Argument::new("code", "Throttling.Api", Rule::Word(&["Throttling.Api", "Throttling.User", "Throttling"])),
        RETRY_AFTER,
    ]),
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

fn unavailable(strike: &mut Strike<'_>) -> Effect {
    refuse(&SERVICE_UNAVAILABLE, strike)
}

fn internal_error(strike: &mut Strike<'_>) -> Effect {
    refuse(&INTERNAL_ERROR, strike)
}

fn throttle(strike: &mut Strike<'_>) -> Effect {
    let code = match strike.word("code") {
        "Throttling.User" => &THROTTLING_USER,
        "Throttling" => &THROTTLING,
        _ => &THROTTLING_API,
    };
    refuse(code, strike)
}

fn nonce_used(strike: &mut Strike<'_>) -> Effect {
    refuse(&NONCE_USED, strike)
}

fn token_expired(strike: &mut Strike<'_>) -> Effect {
    refuse(&TOKEN_EXPIRED, strike)
}

fn refuse(code: &'static Code, strike: &Strike<'_>) -> Effect {
    let until_new_token = strike.word("until") == "new-token";
    Effect::Refuse(Refused { code, retry_after: time(strike.word("retry-after")), until_new_token })
}

fn clock(strike: &mut Strike<'_>) -> Effect {
    let date = match strike.word("date") {
        "missing" => DateHeader::Missing,
        "garbage" => DateHeader::Garbage,
        _ => DateHeader::Right,
    };
    Effect::Clock(strike.shift("skew"), date)
}

fn date_missing(_: &mut Strike<'_>) -> Effect {
    Effect::Clock(0, DateHeader::Missing)
}

fn date_garbage(_: &mut Strike<'_>) -> Effect {
    Effect::Clock(0, DateHeader::Garbage)
}
