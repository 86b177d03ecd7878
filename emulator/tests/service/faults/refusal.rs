use std::time::Duration;

use cloudauth_emulator::{Emulator, Options};

use super::raw::{call, start};
use crate::client::Reply;
use crate::signer::{Call, SCHEMES, timestamp, timestamp_before};

const HOUR: Duration = Duration::from_hours(1);

fn sent(emulator: &Emulator) -> Reply {
    call(emulator, "idocr200").send()
}

#[test]
fn each_refusal_has_its_code_and_status() {
    for (fault, status, code) in [
        ("json-503", 503, "ServiceUnavailable"),
        ("json-500", 500, "InternalError"),
        ("throttle", 403, "Throttling.Api"),
        ("throttle:code=Throttling.User", 400, "Throttling.User"),
        ("throttle:code=Throttling", 400, "Throttling"),
        ("access-denied", 403, "Forbidden.RAMUserAccessDenied"),
        ("access-denied:code=Forbidden.AccountAccessDenied", 403, "Forbidden.AccountAccessDenied"),
        ("nonce-used", 400, "SignatureNonceUsed"),
        ("token-expired", 400, "InvalidSecurityToken.Expired"),
    ] {
        let emulator = start(&format!("{fault}{}next=2", if fault.contains(':') { "," } else { ":" }));
        for _ in 0..2 {
            let reply = sent(&emulator);
            assert_eq!((reply.status, reply.code().as_str()), (status, code), "{fault}");
            assert_eq!(reply.header("x-acs-retry-after"), None, "{fault}");
            assert!(reply.json()["RequestId"].is_string());
        }
        assert_eq!(sent(&emulator).code(), "Success", "{fault}: only the next two");
    }
}

#[test]
fn the_service_may_say_when_to_come_again() {
    for fault in ["throttle:retry-after=1500ms", "json-503:retry-after=2s"] {
        let reply = sent(&start(fault));
        let milliseconds = if fault.starts_with("throttle") { "1500" } else { "2000" };
        assert_eq!(reply.header("x-acs-retry-after"), Some(milliseconds), "{fault}");
    }
}

#[test]
fn a_wrong_signature_is_refused_first_and_the_action_is_not_done() {
    let emulator = start("json-503:next=2");
    let mut forged = call(&emulator, "idocr200");
    forged.secret = "other".to_owned();
    let reply = forged.send();
    assert_eq!(reply.code(), "SignatureDoesNotMatch");
    assert_eq!(emulator.stats().faults.len(), 0, "the fault had no part in it");
    assert_eq!(call(&emulator, "pending1").send().code(), "ServiceUnavailable");
    assert_eq!(call(&emulator, "pending1").send().code(), "ProcessNotCompleted");
}

#[test]
fn a_token_is_expired_until_a_new_one_comes() {
    let options = Options {
        security_token: Some("old".to_owned()),
        faults: vec!["token-expired:until=new-token".parse().unwrap()],
        ..Options::default()
    };
    let emulator = Emulator::start(options).unwrap();
    for scheme in SCHEMES {
        let with = |token: Option<&str>| {
            let mut call = Call { scheme, ..call(&emulator, "idocr200") };
            call.token = token.map(str::to_owned);
            call.send().code()
        };
        assert_eq!(with(Some("old")), "InvalidSecurityToken.Expired");
        assert_eq!(with(Some("new")), "Success");
        assert_eq!(with(Some("old")), "InvalidSecurityToken.Expired");
        assert_eq!(with(None), "InvalidSecurityToken.MismatchWithAccessKey");
    }
    assert_eq!(emulator.stats().faults, [("token-expired", 4)].into(), "what was let through was not counted");
}

#[test]
fn a_wrong_clock_accepts_its_own_time_and_shows_it() {
    for (fault, right, wrong) in [
        ("clock:skew=3600s", timestamp(HOUR), timestamp_before(HOUR)),
        ("clock:skew=-3600s", timestamp_before(HOUR), timestamp(HOUR)),
    ] {
        let emulator = start(fault);
        for scheme in SCHEMES {
            let at = |timestamp: &str| Call { scheme, timestamp: timestamp.to_owned(), ..call(&emulator, "idocr200") }.send();
            assert_eq!(at(&timestamp(Duration::ZERO)).code(), "InvalidTimeStamp.Expired", "{fault}");
            assert_eq!(at(&wrong).code(), "InvalidTimeStamp.Expired", "{fault}");
            let reply = at(&right);
            assert_eq!(reply.code(), "Success", "{fault}");
            // The hour and minute of `Thu, 26 Oct 2023 10:22:32 GMT` and of `2023-10-26T10:22:32Z`.
            let minute = |text: &str, at: usize| {
                text[at..at + 2].parse::<u32>().unwrap() * 60 + text[at + 3..at + 5].parse::<u32>().unwrap()
            };
            let apart = minute(reply.header("date").unwrap(), 17).abs_diff(minute(&right, 11));
            assert!(apart <= 1 || apart == 24 * 60 - 1, "{fault}: {:?} {right}", reply.header("date"));
        }
    }
    let far = start("clock:skew=14s,date=garbage");
    let reply = sent(&far);
    assert_eq!(reply.code(), "Success");
    assert_eq!(reply.header("date"), Some("the day before yesterday"));
}

#[test]
fn a_date_may_be_missing_or_none() {
    assert_eq!(sent(&start("date-missing")).header("date"), None);
    assert_eq!(sent(&start("clock:date=missing")).header("date"), None);
    assert_eq!(sent(&start("date-garbage")).header("date"), Some("the day before yesterday"));
    assert_eq!(sent(&start("date-missing")).code(), "Success");
}
