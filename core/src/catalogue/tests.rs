//! The catalogue held against the service's documents, typed here a second time by hand.

use super::Variant::{EkycPro, FaceLiveness, FaceVerification, IdOcr};
use super::*;

const EVERY: &[Variant] = &[EkycPro, FaceLiveness, IdOcr, FaceVerification];
const FACES: &[Variant] = &[EkycPro, FaceLiveness, FaceVerification];

#[test]
fn kinds_are_the_documented_ones_in_order() {
    let expected = [
        ("invalid_argument", 2, false),
        ("credentials", 2, false),
        ("authentication", 4, false),
        ("access_denied", 4, false),
        ("invalid_request", 4, false),
        // Finding G2
        ("not_completed", 3, true),
        ("throttled", 4, true),
        ("unavailable", 4, true),
        ("service", 4, false),
        ("network", 5, true),
        ("tls", 5, false),
        ("timeout", 5, true),
        ("cancelled", 5, false),
        ("protocol", 7, false),
        ("too_large", 7, false),
        ("blocked", 7, false),
        ("io", 6, false),
        ("internal", 7, false),
        ("forked", 5, false),
    ];
    assert_eq!(Kind::ALL.len(), expected.len());
    for ((number, kind), (name, exit, retryable)) in (1..).zip(Kind::ALL).zip(expected) {
        assert_eq!(kind.name(), name);
        assert_eq!(kind.number(), number, "{name}");
        assert_eq!(kind.exit_code(), exit, "{name}");
        assert_eq!(kind.retryable(), retryable, "{name}");
        assert_eq!(Kind::from_name(name), Some(*kind));
        assert_eq!(kind.to_string(), name);
    }
    assert_eq!(Kind::from_name("Throttled"), None);
    assert_eq!(Kind::from_name(""), None);
}

#[test]
fn response_codes_have_the_documented_kind_status_and_variants() {
    let documented: [(&str, u16, Kind, &[Variant]); 10] = [
        ("Success", 200, Kind::Protocol, EVERY),
        ("MissingParameter", 400, Kind::InvalidRequest, EVERY),
        ("InvalidParameter", 400, Kind::InvalidRequest, EVERY),
        ("TransactionIdInvalid", 400, Kind::InvalidRequest, EVERY),
        ("Forbidden.RAMUserAccessDenied", 403, Kind::AccessDenied, EVERY),
        ("Forbidden.AccountAccessDenied", 403, Kind::AccessDenied, EVERY),
        ("Throttling.Api", 403, Kind::Throttled, EVERY),
        ("ProcessNotCompleted", 404, Kind::NotCompleted, EVERY),
        ("InternalError", 500, Kind::Unavailable, EVERY),
        ("ServiceUnavailable", 503, Kind::Unavailable, &[EkycPro, FaceLiveness]),
    ];
    for (code, http, kind, variants) in documented {
        let entry = response_code(code).expect(code);
        assert_eq!(entry.code, code);
        assert_eq!(entry.http_status, Some(http), "{code}");
        assert_eq!(entry.kind, kind, "{code}");
        assert_eq!(entry.variants, variants, "{code}");
    }
    let from_documents = response_codes().iter().filter(|entry| !entry.variants.is_empty());
    assert_eq!(from_documents.count(), documented.len());
}

#[test]
fn gateway_codes_have_their_kind_and_retry() {
    use super::Retry::{AfterPause, Never, OnceNewNonce, OnceNewTime, OnceNewToken};
    for (code, kind, retry) in [
        ("Throttling", Kind::Throttled, AfterPause),
        ("Throttling.User", Kind::Throttled, AfterPause),
        ("Throttling.Anything.Else", Kind::Throttled, AfterPause),
        ("UnknownError", Kind::Unavailable, AfterPause),
        ("ProcessNotCompleted", Kind::NotCompleted, AfterPause),
        ("SignatureDoesNotMatch", Kind::Authentication, Never),
        ("IncompleteSignature", Kind::Authentication, Never),
        ("SignatureNonceUsed", Kind::Authentication, OnceNewNonce),
        ("InvalidTimeStamp.Expired", Kind::Authentication, OnceNewTime),
        ("InvalidTimeStamp.Format", Kind::Authentication, Never),
        ("InvalidTimeStamp.Other", Kind::Authentication, OnceNewTime),
        ("IllegalTimestamp", Kind::Authentication, OnceNewTime),
        ("InvalidAccessKeyId.NotFound", Kind::Authentication, Never),
        ("InvalidAccessKeyId.Inactive", Kind::Authentication, Never),
        ("InvalidAccessKeyId.Other", Kind::Authentication, Never),
        ("InvalidSecurityToken.Expired", Kind::Authentication, OnceNewToken),
        ("InvalidSecurityToken.Malformed", Kind::Authentication, Never),
        ("InvalidSecurityToken.MismatchWithAccessKey", Kind::Authentication, Never),
        ("InvalidSecurityToken.Other", Kind::Authentication, Never),
        ("Forbidden.RAM", Kind::AccessDenied, Never),
    ] {
        assert_eq!(kind_of(code), kind, "{code}");
        assert_eq!(response_code(code).expect(code).retry, retry, "{code}");
    }
}

#[test]
fn an_unknown_code_is_of_kind_service() {
    for code in ["", "Throttling.", "ThrottlingApi", "throttling", "Forbidden", "Odd", "*", "一"] {
        assert_eq!(kind_of(code), Kind::Service, "{code}");
        assert_eq!(response_code(code), None, "{code}");
    }
}

#[test]
fn sub_codes_are_the_documented_ones() {
    let expected: [(&str, Action, &[Variant]); 14] = [
        ("200", Action::Accept, EVERY),
        ("202", Action::Reject, &[EkycPro]),
        ("204", Action::Retry, FACES),
        ("205", Action::Reject, FACES),
        ("206", Action::Retry, FACES),
        ("207", Action::Reject, &[EkycPro]),
        ("209", Action::Review, &[EkycPro]),
        ("212", Action::Reject, &[EkycPro, IdOcr]),
        ("214", Action::Reject, &[EkycPro]),
        ("215", Action::Reject, &[EkycPro]),
        ("216", Action::Reject, &[EkycPro]),
        ("217", Action::Retry, &[EkycPro]),
        ("218", Action::Review, &[EkycPro]),
        ("233", Action::Review, &[FaceLiveness]),
    ];
    assert_eq!(sub_codes().len(), expected.len());
    for (code, action, variants) in expected {
        let entry = sub_code(code).expect(code);
        assert_eq!(entry.action, action, "{code}");
        assert_eq!(entry.variants, variants, "{code}");
        assert!(entry.billed, "{code}");
    }
    assert_eq!(sub_code("201"), None);
}

#[test]
fn client_codes_are_the_documented_ones() {
    let documented = [
        ("1000", 0),
        ("1001", 0),
        ("1002", 4),
        ("1003", 8),
        ("1004", 3),
        ("1005", 3),
        ("1006", 2),
        ("1007", 0),
        ("1008", 3),
        ("1009", 0),
        ("1010", 0),
        ("1011", 0),
        ("1012", 0),
        ("1013", 0),
        ("1014", 0),
        ("1015", 0),
        ("1016", 0),
        ("1017", 0),
        ("2000", 0),
        ("2002", 0),
        ("9999", 0),
    ];
    let mut expected = Vec::new();
    for (code, details) in documented {
        expected.push(code.to_owned());
        expected.extend((1..=details).map(|number| format!("A{code}_{number}")));
    }
    assert_eq!(client_codes().iter().map(|entry| entry.code).collect::<Vec<_>>(), expected);
    for entry in client_codes() {
        assert!(entry.advice.contains("No code of the client is a verdict") && entry.advice.contains("CheckResult"));
        assert_eq!(entry.billed, matches!(entry.code, "1000" | "1001"), "{}", entry.code);
    }
    let meaning = |code| client_code(code).expect(code).meaning;
    assert_eq!(meaning("A1006_2"), "The person left before the end: nothing was done for 15 minutes.");
    assert_eq!(meaning("a1004_3"), "The camera does not work: the rear camera.");
    // What adds nothing, or is newer, is its code.
    for (sub_code, code) in [("A1000_1", "1000"), ("A1007_1", "1007"), ("A2002_1", "2002"), ("A1006_17", "1006")] {
        assert_eq!(client_code(sub_code).expect(sub_code).code, code);
    }
    for unknown in
        ["", "A", "A1006", "A1006_", "1006_1", "A1006_x", "A1006_2000", "AA1006_1_1", "1018", "A1018_1", "2001", "AA_1"]
    {
        assert_eq!(client_code(unknown), None, "{unknown}");
    }
}

#[test]
fn a_transaction_that_is_not_known_gets_the_three_usual_reasons() {
    let advice = response_code("TransactionIdInvalid").unwrap().advice;
    for part in ["30 days", "region", "endpoint", "Initialize"] {
        assert!(advice.contains(part), "{part}: {advice}");
    }
}

#[test]
fn texts_are_one_line_and_end() {
    let kinds = Kind::ALL.iter().flat_map(|kind| [kind.meaning(), kind.advice()]);
    let responses = response_codes().iter().flat_map(|code| [code.meaning, code.advice, code.cause.unwrap_or(".")]);
    let subs = sub_codes().iter().flat_map(|code| [code.meaning, code.advice, code.cause.unwrap_or(".")]);
    let client = client_codes().iter().flat_map(|code| [code.meaning, code.advice, code.cause.unwrap_or(".")]);
    for text in kinds.chain(responses).chain(subs).chain(client) {
        assert!(text.ends_with('.'), "{text}");
        assert!(!text.contains('\n'), "{text}");
        assert_eq!(text.trim(), text);
    }
}

#[test]
fn explain_finds_every_sort_of_name() {
    let response = |text| match explain(text) {
        Some(Explanation::Response(entry)) => entry.code,
        other => panic!("{text}: {other:?}"),
    };
    assert!(matches!(explain(" 212 "), Some(Explanation::SubCode(entry)) if entry.code == "212"));
    assert_eq!(response("Throttling.Api"), "Throttling.Api");
    assert_eq!(response("throttling.api"), "Throttling.Api");
    assert_eq!(response("throttling.odd\n"), "Throttling.*");
    assert_eq!(response("Throttling.*"), "Throttling.*");
    assert_eq!(response("SUCCESS"), "Success");
    assert!(matches!(explain("1006"), Some(Explanation::Client(entry)) if entry.code == "1006"));
    assert!(matches!(explain(" a1006_2 "), Some(Explanation::Client(entry)) if entry.code == "A1006_2"));
    assert_eq!(explain("throttled"), Some(Explanation::Kind(Kind::Throttled)));
    assert_eq!(explain("Too_Large"), Some(Explanation::Kind(Kind::TooLarge)));
    for unknown in ["", " ", "201", "Odd", "一", "Throttling."] {
        assert_eq!(explain(unknown), None, "{unknown}");
    }
}

#[test]
fn variants_name_their_product() {
    let products: Vec<_> = Variant::ALL.iter().map(|variant| (variant.name(), variant.product_code())).collect();
    assert_eq!(
        products,
        [("EkycPro", "eKYC_PRO"), ("FaceLiveness", "FACE_LIVENESS"), ("IdOcr", "ID_OCR"), ("FaceVerification", "FACE_VERIFY"),]
    );
}

#[test]
fn names_in_messages_begin_with_a_capital() {
    let codes = super::table::RESPONSE_CODES.iter().map(|entry| entry.code);
    for name in super::words::NAMES.split_whitespace().chain(codes) {
        assert!(super::is_message_name(name), "{name}");
    }
}
