use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use cloudauth_emulator::{CallbackNames, Emulator, FinishError, Options};
use serde_json::{Value, json};

use crate::client::{control, get};
use crate::signer::{Call, SCHEMES, Scheme};

fn start(finish_after: Option<Duration>) -> Emulator {
    Emulator::start(Options { finish_after, ..Options::default() }).unwrap()
}

fn initialize(emulator: &Emulator, more: &[(&str, &str)]) -> String {
    let mut call = Call::new(
        emulator,
        Scheme::Acs3,
        "Initialize",
        &[("ProductCode", "eKYC_PRO"), ("MerchantBizId", "biz1"), ("MetaInfo", "{}")],
    );
    call.parameters.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let reply = call.send();
    assert_eq!(reply.code(), "Success", "{}", reply.text());
    reply.json()["Result"]["TransactionId"].as_str().unwrap().to_owned()
}

/// A merchant's server for one callback: gives the request line's target.
fn merchant() -> (String, std::thread::JoinHandle<String>) {
    let (url, waiting) = merchant_answering(&["204 No Content"]);
    (url, std::thread::spawn(move || waiting.join().unwrap().remove(0)))
}

/// A merchant's server for as many callbacks as it has answers: gives the targets of the request lines.
fn merchant_answering(answers: &[&'static str]) -> (String, std::thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answers = answers.to_vec();
    let answer = move |status: &str| {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            request.push(byte[0]);
        }
        stream.write_all(format!("HTTP/1.1 {status}\r\n\r\n").as_bytes()).unwrap();
        let request = String::from_utf8(request).unwrap();
        let target = request.strip_prefix("GET ").and_then(|rest| rest.split(' ').next());
        target.unwrap_or_else(|| panic!("{request}")).to_owned()
    };
    (url, std::thread::spawn(move || answers.into_iter().map(answer).collect()))
}

/// How the callback of a verification went, once it went.
fn callback_outcome(emulator: &Emulator, id: &str) -> String {
    let since = Instant::now();
    loop {
        let list = get(&format!("{}/control/transactions", emulator.endpoint())).json();
        let one = list["transactions"].as_array().unwrap().iter().find(|one| one["transaction_id"] == id).unwrap().clone();
        let outcome = one["callback"].as_str().unwrap_or("none").to_owned();
        if outcome != "not yet called" {
            return outcome;
        }
        assert!(since.elapsed() < Duration::from_secs(10), "no callback");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_verification_is_open_until_it_is_ended() {
    let emulator = start(None);
    let begun = Call::new(
        &emulator,
        Scheme::Rpc1,
        "Initialize",
        &[("ProductCode", "FACE_VERIFY"), ("MerchantBizId", "biz1"), ("MetaInfo", "{}")],
    );
    let result = begun.send().json()["Result"].clone();
    let id = result["TransactionId"].as_str().unwrap();
    assert!(id.len() == 32 && id.starts_with("hks") && id[3..].bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)));
    assert_eq!(result["TransactionUrl"], format!("{}/verify/{id}", emulator.endpoint()));
    assert!(!result["Protocol"].as_str().unwrap().is_empty());
    for scheme in SCHEMES {
        let reply = Call::check(&emulator, scheme, id).send();
        assert_eq!((reply.status, reply.code().as_str()), (404, "ProcessNotCompleted"));
    }
    let page = get(result["TransactionUrl"].as_str().unwrap());
    assert!(page.text().contains("data-code=\"204\"") && !page.text().contains("data-code=\"212\""));
    assert_eq!(emulator.finish(id, "212"), Err(FinishError::UnknownSubCode));
    assert_eq!(emulator.finish(id, "204"), Ok(()));
    assert_eq!(emulator.finish(id, "200"), Err(FinishError::AlreadyFinished));
    assert_eq!(emulator.finish("hks", "200"), Err(FinishError::UnknownTransaction));
    let result = Call::check(&emulator, Scheme::Acs3, id).send().json()["Result"].clone();
    assert_eq!((&result["Passed"], &result["SubCode"]), (&"N".into(), &"204".into()));
    assert!(get(&format!("{}/verify/{id}", emulator.endpoint())).text().contains("ended with 204"));
}

#[test]
fn each_product_gives_its_variant() {
    let emulator = start(None);
    for (product, parts) in [
        ("eKYC_PRO", vec!["ExtFaceInfo", "ExtIdInfo", "ExtSourceInfo"]),
        ("FACE_LIVENESS", vec!["ExtFaceInfo"]),
        ("ID_OCR", vec!["ExtIdInfo"]),
        ("FACE_VERIFY", vec!["ExtFaceInfo"]),
        ("eKYC", vec!["ExtFaceInfo", "ExtIdInfo"]),
    ] {
        let id = initialize(&emulator, &[("ProductCode", product)]);
        emulator.finish(&id, "200").unwrap();
        let body = Call::check(&emulator, Scheme::Acs3, &id).send().json();
        let found: Vec<&str> =
            body["Result"].as_object().unwrap().keys().map(String::as_str).filter(|name| name.starts_with("Ext")).collect();
        assert_eq!(found, parts, "{product}");
    }
    let chinese = initialize(&emulator, &[("DocType", "CHN01001")]);
    emulator.finish(&chinese, "200").unwrap();
    let info = Call::check(&emulator, Scheme::Acs3, &chinese).send().json()["Result"]["ExtIdInfo"].clone();
    let info: Value = serde_json::from_str(info.as_str().unwrap()).unwrap();
    assert!(info["ocrIdInfoData"]["02"].is_object());
}

#[test]
fn bad_parameters_are_refused_by_name() {
    let emulator = start(None);
    let good = [("ProductCode", "ID_OCR"), ("MerchantBizId", "biz1"), ("MetaInfo", "{}")];
    for (change, code) in [
        (("ProductCode", ""), "MissingParameter"),
        (("ProductCode", "KYC"), "InvalidParameter"),
        (("MerchantBizId", ""), "MissingParameter"),
        (("MerchantBizId", "a b"), "InvalidParameter"),
        (("MetaInfo", ""), "MissingParameter"),
        (("DocType", "nonsense"), "InvalidParameter"),
        (("CallbackUrl", "http://merchant.example/"), "InvalidParameter"),
        (("CallbackUrl", "nonsense"), "InvalidParameter"),
    ] {
        let mut call = Call::new(&emulator, Scheme::Acs3, "Initialize", &good);
        call.parameters.insert(change.0.into(), change.1.into());
        let body = call.send().json();
        assert_eq!(body["Code"], code, "{change:?}");
        assert!(body["Message"].as_str().unwrap().contains(change.0), "{body}");
    }
    initialize(&emulator, &[("ProductCode", "ID_OCR"), ("DocType", "01000000")]);
}

#[test]
fn the_merchant_is_called_back_when_it_ends() {
    let emulator = start(None);
    let (url, waiting) = merchant();
    let url = format!("{url}/done?order=7");
    let id = initialize(&emulator, &[("CallbackUrl", &url), ("CallbackToken", "to&ken")]);
    let reply = control(emulator.endpoint(), "finish", &json!({"transaction_id": id, "sub_code": "205"}));
    assert_eq!(reply.status, 200, "{}", reply.text());
    let target = waiting.join().unwrap();
    assert_eq!(target, format!("/done?order=7&transactionId={id}&passed=N&subcode=205&callbackToken=to%26ken"));
    assert_eq!(callback_outcome(&emulator, &id), "answered: 204");
}

#[test]
fn names_are_spelled_as_asked_for() {
    for (names, spelled) in
        [(CallbackNames::Prose, "subcode=200&CallbackToken=t"), (CallbackNames::Sample, "subCode=200&callbackToken=t")]
    {
        let emulator = Emulator::start(Options { callback_names: names, ..Options::default() }).unwrap();
        let (url, waiting) = merchant();
        let id = initialize(&emulator, &[("CallbackUrl", &url), ("CallbackToken", "t")]);
        emulator.finish(&id, "200").unwrap();
        assert_eq!(waiting.join().unwrap(), format!("/?transactionId={id}&passed=Y&{spelled}"));
    }
}

#[test]
fn a_merchant_who_does_not_answer_200_is_called_again_where_asked_for() {
    let emulator = Emulator::start(Options { callback_retry: true, ..Options::default() }).unwrap();
    let (url, waiting) = merchant_answering(&["503 Service Unavailable", "200 OK"]);
    let id = initialize(&emulator, &[("CallbackUrl", &url)]);
    emulator.finish(&id, "200").unwrap();
    let targets = waiting.join().unwrap();
    let target = format!("/?transactionId={id}&passed=Y&subcode=200");
    assert_eq!(targets, [target.clone(), target]);
    assert_eq!(callback_outcome(&emulator, &id), "answered: 503, then answered: 200");
    let (url, waiting) = merchant_answering(&["200 OK"]);
    let id = initialize(&emulator, &[("CallbackUrl", &url)]);
    emulator.finish(&id, "200").unwrap();
    waiting.join().unwrap();
    assert_eq!(callback_outcome(&emulator, &id), "answered: 200");
}

#[test]
fn nobody_beyond_this_machine_is_called() {
    let emulator = start(None);
    let id = initialize(&emulator, &[("CallbackUrl", "https://merchant.example/done")]);
    emulator.finish(&id, "200").unwrap();
    assert_eq!(callback_outcome(&emulator, &id), "refused: the host is not loopback");
    let id = initialize(&emulator, &[("CallbackUrl", "http://127.0.0.1:1/done")]);
    emulator.finish(&id, "200").unwrap();
    assert!(callback_outcome(&emulator, &id).starts_with("failed: "));
}

#[test]
fn a_verification_ends_by_itself_after_the_given_time() {
    let emulator = start(Some(Duration::from_mins(10)));
    let (url, waiting) = merchant();
    let id = initialize(&emulator, &[("CallbackUrl", &url)]);
    assert_eq!(Call::check(&emulator, Scheme::Acs3, &id).send().code(), "ProcessNotCompleted");
    emulator.advance(Duration::from_mins(11));
    assert_eq!(waiting.join().unwrap(), format!("/?transactionId={id}&passed=Y&subcode=200"));
    let mut call = Call::check(&emulator, Scheme::Acs3, &id);
    call.timestamp = crate::signer::timestamp(Duration::from_mins(11));
    assert_eq!(call.send().json()["Result"]["SubCode"], "200");

    let soon = start(Some(Duration::from_millis(150)));
    let (url, waiting) = merchant();
    initialize(&soon, &[("CallbackUrl", &url)]);
    assert!(waiting.join().unwrap().contains("subcode=200"), "without a moved clock, in real time");
}

#[test]
fn what_a_moved_clock_made_due_has_ended_at_once() {
    let emulator = start(Some(Duration::from_hours(1)));
    let ids: Vec<_> = (0..500).map(|_| initialize(&emulator, &[])).collect();
    emulator.advance(Duration::from_hours(2));
    for id in &ids {
        // One that has ended cannot be ended again.
        assert_eq!(emulator.finish(id, "212"), Err(FinishError::AlreadyFinished));
    }
}
