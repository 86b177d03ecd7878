//! The start of a verification: what is made, kept and said beside what the lists of `tests/calls` show.

use crate::server;
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::recorder::{Parameters, sent};
use crate::server::server;
use crate::support::{builder, request};
use cloudauth_core::typed::{InitializeRequest, Started, started_from_json, started_to_json};
use cloudauth_core::{Clock, Kind, Result};
use cloudauth_emulator::{Emulator, Options};
use serde_json::{Value, json};

/// 2026-03-01T10:00:00Z, and random bytes that count up.
#[derive(Debug, Default)]
struct Fixed(AtomicUsize);

impl Clock for Fixed {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_hours(492_322)
    }

    fn random(&self) -> Result<[u8; 16]> {
        Ok((self.0.fetch_add(1, Ordering::Relaxed) as u128).to_be_bytes())
    }
}

/// What a request sends, the endpoint that it goes to, and what comes of a reply with these fields.
fn started(request: &InitializeRequest, result: &Value) -> (Parameters, String, Started) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let client = builder(&endpoint).clock(Arc::new(Fixed::default())).build_blocking().unwrap();
    let body = json!({"Code": "Success", "RequestId": "R-1", "Result": result}).to_string();
    let mut outcome = None;
    let (query, form) = sent(&listener, 200, &body, || outcome = Some(client.initialize(request)));
    assert_eq!(form.len(), 0);
    (query, endpoint, outcome.unwrap().unwrap())
}

fn reply() -> Value {
    json!({"TransactionId": "hks1", "TransactionUrl": "https://h5.example/?t=1", "Protocol": "p", "ClientCfg": "{\"c\":1}"})
}

#[test]
fn what_the_caller_leaves_out_is_made_and_kept() {
    let request = InitializeRequest::new("eKYC_PRO", "{}")
        .doc_type("GLB03002")
        .callback_url("https://merchant.example/callback")
        .id_spoof(true)
        .doc_video(false)
        .authorize("T");
    let (query, endpoint, started) = started(&request, &reply());
    // The time, by ULID's digits, and then chance.
    assert_eq!(query["MerchantBizId"], "01KJMDEB800000000000000000000001");
    assert_eq!(query["CallbackToken"], "00000000000000000000000000000002");
    assert_eq!(started.merchant_biz_id.as_deref(), Some(query["MerchantBizId"].as_str()));
    assert_eq!(started.callback_token.as_deref(), Some(query["CallbackToken"].as_str()));
    assert_eq!((started.region.as_deref(), started.endpoint.as_deref()), (None, Some(endpoint.as_str())));
    assert_eq!((started.transaction_id.as_deref(), started.protocol.as_deref()), (Some("hks1"), Some("p")));
    assert_eq!(started.transaction_url.as_deref(), Some("https://h5.example/?t=1"));
    assert_eq!((started.id_spoof, started.doc_video, started.authorize.as_deref()), (Some(true), Some(false), Some("T")));
    assert_eq!((started.product_code.as_deref(), started.request_id.as_str()), (Some("eKYC_PRO"), "R-1"));
    assert_eq!(started.initialized_at.as_deref(), Some("2026-03-01T10:00:00Z"));
}

#[test]
fn what_the_caller_gives_is_taken() {
    let request = InitializeRequest::new("FACE_LIVENESS", "{}").merchant_biz_id("order1").callback_token("s3cr3t");
    let (query, _, started) = started(&request, &reply());
    assert_eq!((query["MerchantBizId"].as_str(), query["CallbackToken"].as_str()), ("order1", "s3cr3t"));
    assert_eq!((started.merchant_biz_id.as_deref(), started.callback_token.as_deref()), (Some("order1"), Some("s3cr3t")));
    assert_eq!((started.id_spoof, started.doc_video, started.authorize), (None, None, None));
    // Without a callback there is no token.
    let (query, _, started) = self::started(&InitializeRequest::new("FACE_LIVENESS", "{}"), &reply());
    assert_eq!((query.get("CallbackToken"), started.callback_token), (None, None));
}

#[test]
fn the_operation_is_the_one_that_the_product_has() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let endpoint = {
        let seen = seen.clone();
        server(move |stream, head| {
            let action = head.lines().find_map(|line| line.strip_prefix("x-acs-action: ").map(str::to_owned));
            seen.lock().unwrap().push(action.unwrap());
            server::say(stream, r#"{"Code":"Success","Result":{"TransactionId":"hks1"}}"#);
        })
    };
    let client = builder(&endpoint).build_blocking().unwrap();
    for (product, expected) in [
        ("eKYC_PRO", "InitializeV2"),
        ("ID_OCR_PRO", "InitializeV2"),
        ("ID_NFC", "InitializeV2"),
        ("FACE_IDU", "InitializeV2"),
        ("FACE_LIVENESS_PRO", "InitializeV2"),
        ("eKYC", "Initialize"),
        ("eKYC_NDI", "Initialize"),
        ("ID_OCR", "Initialize"),
        ("FACE_LIVENESS", "Initialize"),
        ("FACE_VERIFY", "Initialize"),
        ("FACE_NEWER", "Initialize"),
    ] {
        let request = InitializeRequest::new(product, "{}").unchecked();
        client.initialize(&request).unwrap();
        client.initialize(&request.clone().operation("Initialize")).unwrap();
        client.initialize(&request.operation("InitializeV2")).unwrap();
        let actions = std::mem::take(&mut *seen.lock().unwrap());
        assert_eq!(actions, [expected, "Initialize", "InitializeV2"], "{product}");
    }
}

#[test]
fn a_start_that_is_lost_says_so_and_is_not_sent_again() {
    let arrived = Arc::new(AtomicUsize::new(0));
    let endpoint = {
        let arrived = arrived.clone();
        server(move |stream, _| {
            arrived.fetch_add(1, Ordering::SeqCst);
            let _ = stream.shutdown(std::net::Shutdown::Both);
        })
    };
    let client = builder(&endpoint).build_blocking().unwrap();
    let error = client.initialize(&InitializeRequest::new("FACE_LIVENESS", "{}").merchant_biz_id("order1")).unwrap_err();
    assert_eq!(error.kind(), Kind::Network);
    let said = "a transaction may have begun with MerchantBizId order1: it cannot be looked up, lapses unused in 30 minutes, and \
                starting anew is safe";
    assert!(error.message().contains(said), "{error}");
    assert!(error.advice().starts_with("Start anew"), "{}", error.advice());
    assert_eq!(arrived.load(Ordering::SeqCst), 1);
}

#[test]
fn a_start_that_was_refused_is_not_lost() {
    let endpoint = server(|stream, _| server::say(stream, r#"{"Code":"MissingParameter","Message":"x"}"#));
    let client = builder(&endpoint).build_blocking().unwrap();
    let error = client.initialize(&InitializeRequest::new("FACE_LIVENESS", "{}")).unwrap_err();
    assert!(error.kind() == Kind::InvalidRequest && !error.message().contains("may have begun"), "{error}");
}

#[test]
fn it_is_stored_as_json_and_read_again() {
    let request = InitializeRequest::new("FACE_LIVENESS", "{}").merchant_biz_id("order1").callback_token("s3cr3t");
    let (_, endpoint, started) = started(&request, &reply());
    let text = started.to_json().unwrap();
    let expected = format!(
        r#"{{"version":1,"region":null,"endpoint":"{endpoint}","transaction_id":"hks1","transaction_url":"https://h5.example/?t=1","protocol":"p","client_cfg":"{{\"c\":1}}","merchant_biz_id":"order1","callback_token":"s3cr3t","product_code":"FACE_LIVENESS","id_spoof":null,"doc_video":null,"authorize":null,"initialized_at":"2026-03-01T10:00:00Z"}}"#
    );
    assert_eq!(text, expected);
    let mut read = Started::from_json(text.as_bytes()).unwrap();
    // It is the call's, not the transaction's.
    read.request_id = "R-1".to_owned();
    assert_eq!(read, started);
    let shown = format!("{started:?}");
    for hidden in ["s3cr3t", "h5.example", "hks1", "order1", "\"p\""] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
}

/// One that is as it should be, with `change` made.
fn stored(change: impl FnOnce(&mut serde_json::Map<String, Value>)) -> Vec<u8> {
    let mut started = json!({
        "version": 1, "region": "cn-hongkong", "transaction_id": "hks1", "merchant_biz_id": "order1",
        "product_code": "eKYC", "id_spoof": true, "initialized_at": "2026-03-01T10:00:00Z",
    });
    change(started.as_object_mut().unwrap());
    started.to_string().into_bytes()
}

#[test]
fn what_is_no_start_is_refused_with_its_place() {
    assert_eq!(Started::from_json(&stored(|_| {})).unwrap().id_spoof, Some(true));
    let with = |name: &'static str, value: Value| {
        stored(|started| {
            started.insert(name.to_owned(), value);
        })
    };
    let without = |name: &'static str| {
        stored(|started| {
            started.remove(name);
        })
    };
    for (json, rule) in [
        (b"[]".to_vec(), "must be an object"),
        (b"{".to_vec(), "is not JSON"),
        (without("version"), "must be what Started::to_json gives; it has no version"),
        (with("version", json!(2)), "has a version that is not known here; a newer libcloudauth may read it"),
        (with("version", json!("1")), "has a version that is not known here; a newer libcloudauth may read it"),
        (with("newer", json!(1)), "has a field that is not known here; a newer libcloudauth may read it"),
        (with("request_id", json!("R-1")), "has a field that is not known here; a newer libcloudauth may read it"),
        (without("transaction_id"), "transaction_id: must not be empty"),
        (with("transaction_id", json!(7)), "transaction_id: must be text"),
        (with("transaction_id", json!("a b")), "transaction_id: must be printable ASCII without blanks"),
        (with("merchant_biz_id", json!("a-b")), "merchant_biz_id: must hold letters and digits only"),
        (with("product_code", json!("")), "product_code: must not be empty"),
        (with("id_spoof", json!("Y")), "id_spoof: must be true or false"),
        (without("region"), "must have one of region and endpoint"),
        (with("endpoint", json!("http://127.0.0.1:1")), "must have one of region and endpoint"),
        (with("initialized_at", json!("yesterday")), "initialized_at: must be a time in UTC such as 2026-03-01T10:00:00Z"),
    ] {
        let error = Started::from_json(&json).unwrap_err();
        assert_eq!((error.message(), error.kind()), (format!("json: {rule}").as_str(), Kind::InvalidArgument));
    }
}

#[test]
fn bindings_write_and_read_it_by_names() {
    let reply = started_from_json(&stored(|_| {})).unwrap();
    let fields = reply.fields().filter_map(|(field, value)| Some((field.name.to_owned(), value?.clone()))).collect();
    let text = started_to_json(fields).unwrap();
    assert_eq!(started_from_json(text.as_bytes()).unwrap(), reply);
    let error = started_to_json(serde_json::Map::new()).unwrap_err();
    assert_eq!(error.message(), "started: transaction_id: must not be empty");
}

#[test]
fn what_the_service_has_cleaned_goes_before_what_it_read() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let client = builder(emulator.endpoint()).build_blocking().unwrap();
    let person = |standard: bool| {
        let begin = InitializeRequest::new("eKYC_PRO", "{}").doc_type("TWN01001").ocr_value_standard(standard);
        let id = client.initialize(&begin).unwrap().transaction_id.unwrap();
        emulator.finish(&id, "200").unwrap();
        let page = client.check_result(&request(&id)).unwrap().document.unwrap().pages.remove("01").unwrap();
        (page.identity.unwrap(), page.fields.unwrap())
    };
    let (read, _) = person(false);
    assert_eq!((read.birth_date.as_deref(), read.surname.as_deref()), (Some("民國79年1月1日"), None));
    let (cleaned, fields) = person(true);
    assert_eq!((cleaned.birth_date.as_deref(), cleaned.surname.as_deref()), (Some("1990-01-01"), Some("SPECIMEN")));
    assert_eq!(cleaned.full_name, read.full_name);
    for (name, value) in [("date_of_birth", "民國79年1月1日"), ("date_of_birth_s", "1990-01-01"), ("sex", "女"), ("sex_s", "F")]
    {
        assert_eq!(fields[name], value);
    }
}
