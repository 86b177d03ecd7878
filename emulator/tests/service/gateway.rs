use std::time::Duration;

use cloudauth_emulator::{Emulator, Options};

use crate::client::{read, send, write};
use crate::signer::{Call, SCHEMES, Scheme, timestamp, timestamp_before};

fn start() -> Emulator {
    Emulator::start(Options::default()).unwrap()
}

/// Sends the call after a change; gives status and code.
fn outcome(emulator: &Emulator, scheme: Scheme, change: impl FnOnce(&mut Call)) -> (u16, String) {
    let mut call = Call::check(emulator, scheme, "idocr200");
    change(&mut call);
    let reply = call.send();
    (reply.status, reply.code())
}

#[test]
fn a_signed_call_succeeds_in_query_and_form_by_post_and_get() {
    let emulator = start();
    for scheme in SCHEMES {
        assert_eq!(outcome(&emulator, scheme, |_| {}), (200, "Success".into()));
        assert_eq!(outcome(&emulator, scheme, |call| call.method = "GET"), (200, "Success".into()));
        let in_form = |call: &mut Call| call.form = std::mem::take(&mut call.parameters);
        assert_eq!(outcome(&emulator, scheme, in_form), (200, "Success".into()));
        let odd = |call: &mut Call| drop(call.parameters.insert("Odd".into(), "a b+c*d~e/é中文%26\"'()!".into()));
        assert_eq!(outcome(&emulator, scheme, odd), (200, "Success".into()));
        let empty = |call: &mut Call| drop(call.parameters.insert("Empty".into(), String::new()));
        assert_eq!(outcome(&emulator, scheme, empty), (200, "Success".into()));
    }
}

#[test]
fn each_refusal_has_its_status_and_code() {
    let emulator = start();
    for scheme in SCHEMES {
        let check = |change: &dyn Fn(&mut Call), status: u16, code: &str| {
            assert_eq!(outcome(&emulator, scheme, change), (status, code.to_owned()), "{scheme:?}");
        };
        check(&|call| call.version = "2014-05-26".into(), 400, "InvalidVersion");
        check(&|call| call.version = String::new(), 400, "InvalidVersion");
        check(&|call| call.action = String::new(), 400, "MissingAction");
        check(&|call| call.action = "DescribeRegions".into(), 501, "InvalidAction.NotFound");
        check(&|call| call.action = "checkresult".into(), 501, "InvalidAction.NotFound");
        check(&|call| call.key = "another".into(), 400, "InvalidAccessKeyId.NotFound");
        check(&|call| call.timestamp = "2026-11-22 10:00:00".into(), 400, "InvalidTimeStamp.Format");
        check(&|call| call.timestamp = String::new(), 400, "InvalidTimeStamp.Format");
        check(&|call| call.nonce = String::new(), 400, "IncompleteSignature");
        check(&|call| call.nonce = "n".repeat(257), 400, "IncompleteSignature");
        check(&|call| call.secret = "another".into(), 403, "SignatureDoesNotMatch");
        check(&|call| call.token = Some("a-token".into()), 400, "InvalidSecurityToken.MismatchWithAccessKey");
        check(&|call| drop(call.parameters.remove("MerchantBizId")), 400, "MissingParameter");
        check(&|call| drop(call.parameters.insert("MerchantBizId".into(), String::new())), 400, "MissingParameter");
        check(&|call| drop(call.parameters.insert("MerchantBizId".into(), "a-b".into())), 400, "InvalidParameter");
        check(&|call| drop(call.parameters.insert("MerchantBizId".into(), "a".repeat(33))), 400, "InvalidParameter");
        check(&|call| drop(call.parameters.remove("TransactionId")), 400, "MissingParameter");
        check(&|call| drop(call.parameters.insert("IsReturnImage".into(), "yes".into())), 400, "InvalidParameter");
        check(&|call| drop(call.parameters.insert("TransactionId".into(), "nothing".into())), 400, "TransactionIdInvalid");
        check(
            &|call| drop(call.form.insert("TransactionId".into(), "idocr200".into())),
            400,
            match scheme {
                Scheme::Acs3 => "InvalidParameter",
                Scheme::Rpc1 => "IncompleteSignature",
            },
        );
    }
}

#[test]
fn the_checks_come_in_the_gateways_order() {
    let emulator = start();
    for scheme in SCHEMES {
        let mut call = Call::check(&emulator, scheme, "nothing");
        call.version = "1".into();
        call.action = "Nope".into();
        call.key = "another".into();
        call.timestamp = "now".into();
        call.secret = "wrong".into();
        call.token = Some("wrong".into());
        assert_eq!(call.send().code(), "InvalidVersion");
        call.version = "2022-08-09".into();
        assert_eq!(call.send().code(), "InvalidAction.NotFound");
        call.action = "CheckResult".into();
        assert_eq!(call.send().code(), "InvalidAccessKeyId.NotFound");
        call.key = emulator.access_key_id().into();
        assert_eq!(call.send().code(), "InvalidTimeStamp.Format");
        call.timestamp = timestamp_before(Duration::from_mins(16));
        assert_eq!(call.send().code(), "InvalidTimeStamp.Expired");
        call.timestamp = timestamp(Duration::ZERO);
        assert_eq!(call.send().code(), "SignatureDoesNotMatch");
        call.secret = emulator.access_key_secret().into();
        assert_eq!(call.send().code(), "InvalidSecurityToken.MismatchWithAccessKey");
        call.token = None;
        assert_eq!(call.send().code(), "SignatureNonceUsed", "the last call's signature held, so its nonce is spent");
        call.nonce.push('x');
        assert_eq!(call.send().code(), "TransactionIdInvalid");
    }
}

#[test]
fn timestamps_may_be_fifteen_minutes_off_by_the_emulators_clock() {
    let emulator = start();
    for scheme in SCHEMES {
        let at = |timestamp: String| outcome(&emulator, scheme, |call| call.timestamp = timestamp).1;
        assert_eq!(at(timestamp(Duration::from_secs(14 * 60 + 50))), "Success");
        assert_eq!(at(timestamp(Duration::from_secs(15 * 60 + 10))), "InvalidTimeStamp.Expired");
        assert_eq!(at(timestamp_before(Duration::from_secs(14 * 60 + 50))), "Success");
        assert_eq!(at(timestamp_before(Duration::from_secs(15 * 60 + 10))), "InvalidTimeStamp.Expired");
    }
    emulator.advance(Duration::from_hours(1));
    for scheme in SCHEMES {
        let at = |timestamp: String| outcome(&emulator, scheme, |call| call.timestamp = timestamp).1;
        assert_eq!(at(timestamp(Duration::ZERO)), "InvalidTimeStamp.Expired");
        assert_eq!(at(timestamp(Duration::from_hours(1))), "Success");
    }
}

#[test]
fn a_nonce_works_once_in_fifteen_minutes() {
    let emulator = start();
    for scheme in SCHEMES {
        let mut call = Call::check(&emulator, scheme, "idocr200");
        call.secret = "wrong".into();
        assert_eq!(call.send().code(), "SignatureDoesNotMatch");
        call.secret = emulator.access_key_secret().into();
        assert_eq!(call.send().code(), "Success", "a forged call does not spend the nonce");
        assert_eq!(call.send().code(), "SignatureNonceUsed");
    }
    let old = Call::check(&emulator, Scheme::Acs3, "idocr200");
    assert_eq!(old.send().code(), "Success");
    emulator.advance(Duration::from_mins(16));
    let mut again = old.clone();
    again.timestamp = timestamp(Duration::from_mins(16));
    assert_eq!(again.send().code(), "Success", "the nonce left the window");
}

#[test]
fn a_mismatch_shows_the_servers_string_to_sign() {
    let emulator = start();
    for (scheme, beginning) in [(Scheme::Acs3, "ACS3-HMAC-SHA256\n"), (Scheme::Rpc1, "POST&%2F&AccessKeyId%3D")] {
        let mut call = Call::check(&emulator, scheme, "idocr200");
        call.secret = "wrong".into();
        let reply = call.send();
        let body = reply.json();
        let message = body["Message"].as_str().unwrap();
        let (_, string_to_sign) = message.split_once("server string to sign is:").unwrap();
        assert!(string_to_sign.starts_with(beginning), "{string_to_sign}");
        assert_eq!(body["HostId"], emulator.endpoint().split("://").nth(1).unwrap());
        assert!(body["Recommend"].as_str().unwrap().ends_with("SignatureDoesNotMatch"));
        assert_eq!(body["RequestId"].as_str().unwrap().len(), 36);
        assert_eq!(body.as_object().unwrap().len(), 5);
    }
}

/// Sends a call whose finished request was changed.
fn spoilt(
    emulator: &Emulator,
    scheme: Scheme,
    spoil: impl FnOnce(&mut String, &mut Vec<(String, String)>, &mut Vec<u8>),
) -> String {
    let call = Call::check(emulator, scheme, "idocr200");
    let (mut target, mut headers, mut body) = call.signed();
    spoil(&mut target, &mut headers, &mut body);
    send(&call.endpoint, call.method, &target, &headers, &body).code()
}

#[test]
fn what_was_signed_cannot_be_changed() {
    let emulator = start();
    let change_target = |scheme| spoilt(&emulator, scheme, |target, _, _| *target = target.replace("idocr200", "idocr212"));
    assert_eq!(change_target(Scheme::Acs3), "SignatureDoesNotMatch");
    assert_eq!(change_target(Scheme::Rpc1), "SignatureDoesNotMatch");
    let set = |name: &'static str, value: &'static str| {
        spoilt(&emulator, Scheme::Acs3, move |_, headers, _| {
            headers.retain(|(known, _)| known != name);
            headers.push((name.into(), value.into()));
        })
    };
    assert_eq!(set("host", "elsewhere.example"), "SignatureDoesNotMatch");
    assert_eq!(set("x-acs-signature-nonce", "swapped"), "SignatureDoesNotMatch");
    let other_body = spoilt(&emulator, Scheme::Acs3, |_, _, body| body.extend(b"more"));
    assert_eq!(other_body, "SignatureDoesNotMatch");
    let method = Call::check(&emulator, Scheme::Acs3, "idocr200");
    let (target, headers, body) = method.signed();
    assert_eq!(send(&method.endpoint, "GET", &target, &headers, &body).code(), "SignatureDoesNotMatch");
}

#[test]
fn what_the_gateway_reads_must_be_signed() {
    let emulator = start();
    let add = |name: &'static str, value: &'static str| {
        spoilt(&emulator, Scheme::Acs3, move |_, headers, _| headers.push((name.into(), value.into())))
    };
    assert_eq!(add("x-acs-security-token", "unsigned"), "IncompleteSignature");
    assert_eq!(add("user-agent", "any"), "Success", "other headers need not be");
    let edit = |from: &'static str, to: &'static str| {
        spoilt(&emulator, Scheme::Acs3, move |_, headers, _| {
            let authorization = headers.iter_mut().find(|(name, _)| name == "authorization").unwrap();
            assert!(authorization.1.contains(from));
            authorization.1 = authorization.1.replace(from, to);
        })
    };
    assert_eq!(edit("SignedHeaders=host;", "SignedHeaders="), "IncompleteSignature");
    assert_eq!(edit("SignedHeaders=host;", "SignedHeaders=host;x-absent;"), "IncompleteSignature");
    assert_eq!(edit(",Signature=", ",Seal="), "IncompleteSignature");
    assert_eq!(edit("ACS3-HMAC-SHA256", "ACS3-HMAC-SM3"), "IncompleteSignature");
    let drop_hash = spoilt(&emulator, Scheme::Acs3, |_, headers, _| {
        headers.retain(|(name, _)| name != "x-acs-content-sha256");
        for (_, value) in headers {
            *value = value.replace("x-acs-content-sha256;", "");
        }
    });
    assert_eq!(drop_hash, "IncompleteSignature");
    let method = spoilt(&emulator, Scheme::Rpc1, |target, _, _| *target = target.replace("HMAC-SHA1", "HMAC-SHA256"));
    assert_eq!(method, "IncompleteSignature");
    let unsigned = send(emulator.endpoint(), "POST", "/?Action=CheckResult&Version=2022-08-09", &[], b"");
    assert_eq!((unsigned.status, unsigned.code().as_str()), (400, "IncompleteSignature"));
}

#[test]
fn an_sts_token_is_asked_for_where_there_is_one() {
    let emulator = Emulator::start(Options { security_token: Some("token".into()), ..Options::default() }).unwrap();
    for scheme in SCHEMES {
        let with = |token: Option<&str>| outcome(&emulator, scheme, |call| call.token = token.map(str::to_owned));
        assert_eq!(with(Some("token")), (200, "Success".into()));
        assert_eq!(with(Some("other")).1, "InvalidSecurityToken.MismatchWithAccessKey");
        assert_eq!(with(None).1, "InvalidSecurityToken.MismatchWithAccessKey");
    }
}

#[test]
fn the_quota_counts_a_second_and_an_action() {
    let emulator = Emulator::start(Options { qps: Some(3), ..Options::default() }).unwrap();
    let check = || Call::check(&emulator, Scheme::Acs3, "nothing").send();
    for _ in 0..3 {
        assert_eq!(check().code(), "TransactionIdInvalid");
    }
    let reply = check();
    assert_eq!((reply.status, reply.code().as_str()), (403, "Throttling.Api"));
    let initialize = Call::new(&emulator, Scheme::Acs3, "Initialize", &[]).send();
    assert_eq!(initialize.code(), "MissingParameter", "another action has its own quota");
    emulator.advance(Duration::from_secs(2));
    assert_eq!(check().code(), "TransactionIdInvalid");
}

#[test]
fn the_date_header_is_the_emulators_clock() {
    let emulator = start();
    emulator.advance(Duration::from_hours(30 * 365 * 24));
    let reply = Call::check(&emulator, Scheme::Acs3, "idocr200").send();
    assert_eq!(reply.code(), "InvalidTimeStamp.Expired");
    let year: u32 = reply.header("date").unwrap().split(' ').nth(3).unwrap().parse().unwrap();
    assert!(year >= 2055, "{year}");
}

#[test]
fn recent_calls_name_action_signature_status_code_and_connection() {
    let emulator = start();
    let mut stream = crate::client::connect(emulator.endpoint());
    for call in [Call::check(&emulator, Scheme::Acs3, "idocr200"), Call::check(&emulator, Scheme::Rpc1, "errorInternalError")] {
        let (target, headers, body) = call.signed();
        write(&mut stream, call.method, &target, &headers, &body).unwrap();
        read(&mut stream).unwrap();
    }
    send(emulator.endpoint(), "POST", "/?Action=Nope&Version=2022-08-09", &[], b"");
    let calls = emulator.calls();
    let seen: Vec<_> =
        calls.iter().map(|call| (call.action, call.signature, call.http_status, call.code.as_str(), call.connection)).collect();
    assert_eq!(
        seen,
        [
            ("CheckResult", "ACS3-HMAC-SHA256", 200, "Success", 1),
            ("CheckResult", "HMAC-SHA1", 500, "InternalError", 1),
            ("?", "", 501, "InvalidAction.NotFound", 2),
        ]
    );
}
