//! What the operations around `CheckResult` say of one verification, in each of its states.

use std::time::Duration;

use cloudauth_emulator::{Emulator, FinishError, Options};
use serde_json::{Value, json};

use crate::client::{Reply, control, get};
use crate::signer::{Call, SCHEMES, Scheme, timestamp};

const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

/// An emulator and how far its clock was moved.
struct Journey {
    emulator: Emulator,
    ahead: Duration,
}

impl Journey {
    fn start() -> Journey {
        Journey { emulator: Emulator::start(Options::default()).unwrap(), ahead: Duration::ZERO }
    }

    fn advance(&mut self, by: Duration) {
        self.emulator.advance(by);
        self.ahead += by;
    }

    fn call(&self, action: &str, parameters: &[(&str, &str)]) -> Reply {
        let mut call = Call::new(&self.emulator, Scheme::Acs3, action, parameters);
        call.timestamp = timestamp(self.ahead);
        call.send()
    }

    fn begin(&self, product: &str) -> String {
        let reply = self.call("InitializeV2", &[("ProductCode", product), ("MerchantBizId", "biz1"), ("MetaInfo", "{}")]);
        reply.json()["Result"]["TransactionId"].as_str().unwrap().to_owned()
    }

    fn check(&self, id: &str) -> Reply {
        self.call("CheckResult", &[("MerchantBizId", "biz1"), ("TransactionId", id), ("IsReturnImage", "Y")])
    }

    fn log(&self, id: &str) -> Value {
        let reply = self.call("CheckVerifyLog", &[("MerchantBizId", "biz1"), ("TransactionId", id)]);
        assert_eq!(reply.code(), "Success", "{}", reply.text());
        reply.json()["Result"].clone()
    }

    fn delete(&self, id: &str, after_query: &str, what: &str) -> (String, Value) {
        let reply =
            self.call("DeleteVerifyResult", &[("TransactionId", id), ("DeleteAfterQuery", after_query), ("DeleteType", what)]);
        (reply.code(), reply.json()["Result"].clone())
    }

    fn state(&self, id: &str) -> String {
        let list = get(&format!("{}/control/transactions", self.emulator.endpoint())).json();
        let one = list["transactions"].as_array().unwrap().iter().find(|one| one["transaction_id"] == id).unwrap().clone();
        one["state"].as_str().unwrap().to_owned()
    }
}

/// `VerifyStatus`, `Passed`, `SubCode`, `VerifyErrorCode` and `InterruptPageEn`; `-` where there is none.
fn summary(log: &Value) -> [&str; 5] {
    ["VerifyStatus", "Passed", "SubCode", "VerifyErrorCode", "InterruptPageEn"].map(|name| log[name].as_str().unwrap_or("-"))
}

#[test]
fn one_that_nobody_opened_lapses_after_thirty_minutes() {
    let mut journey = Journey::start();
    let id = journey.begin("eKYC_PRO");
    assert_eq!(journey.state(&id), "begun");
    for minutes in [30, 1] {
        assert_eq!(journey.check(&id).code(), "ProcessNotCompleted");
        let log = journey.log(&id);
        assert_eq!(summary(&log), ["2", "-", "-", "-", "LOADING"]);
        assert_eq!(log["LogInfoEn"], json!(["[]"]));
        journey.advance(minutes * MINUTE);
    }
    assert_eq!(journey.state(&id), "expired");
    assert_eq!(journey.check(&id).code(), "ProcessNotCompleted", "it goes on saying so");
    assert_eq!(journey.emulator.finish(&id, "200"), Err(FinishError::Lapsed));
    assert_eq!(journey.emulator.enter(&id, "GUIDE"), Err(FinishError::Lapsed));
    assert_eq!(journey.emulator.abandon(&id, "GUIDE", "1006"), Err(FinishError::Lapsed));
    journey.advance(30 * DAY);
    assert_eq!(journey.state(&id), "gone");
    assert_eq!(journey.check(&id).code(), "TransactionIdInvalid");
}

#[test]
fn one_in_progress_is_suspected_to_be_broken_off_after_thirty_minutes() {
    let mut journey = Journey::start();
    let id = journey.begin("eKYC_PRO");
    get(&format!("{}/verify/{id}", journey.emulator.endpoint()));
    assert_eq!((journey.state(&id).as_str(), summary(&journey.log(&id))), ("in_progress", ["1", "-", "-", "-", "LOADING"]));
    journey.emulator.enter(&id, "OCR_SCAN").unwrap();
    assert_eq!(summary(&journey.log(&id)), ["1", "-", "-", "-", "OCR_SCAN"]);
    journey.advance(31 * MINUTE);
    let log = journey.log(&id);
    assert_eq!(summary(&log), ["1", "-", "-", "9999", "OCR_SCAN"]);
    assert_eq!(log["InterruptPage"], "OCR拍摄证件页面");
    assert_eq!(journey.check(&id).code(), "ProcessNotCompleted");
    assert_eq!(journey.emulator.finish(&id, "200"), Ok(()), "an attempt that began in time may end late");
}

#[test]
fn a_person_who_leaves_is_found_in_the_log_with_page_and_code() {
    let mut journey = Journey::start();
    let pages = ["LOADING", "GUIDE", "OCR_SCAN", "OCR_RESULT", "NFC_INPUT", "NFC_READ", "FACE"];
    let left = pages.map(|page| (page, journey.begin("eKYC_PRO")));
    for (page, id) in &left {
        assert_eq!(journey.emulator.abandon(id, page, "1006"), Ok(()));
        assert_eq!(summary(&journey.log(id)), ["1", "-", "-", "1006", page]);
        assert_eq!(journey.check(id).code(), "ProcessNotCompleted");
        assert_eq!(journey.state(id), "abandoned");
        assert_eq!(journey.emulator.finish(id, "200"), Err(FinishError::AlreadyFinished));
        assert_eq!(journey.emulator.abandon(id, page, "1006"), Err(FinishError::AlreadyFinished));
    }
    let id = journey.begin("FACE_LIVENESS");
    assert_eq!(journey.emulator.abandon(&id, "face", "1006"), Err(FinishError::UnknownPage));
    assert_eq!(journey.emulator.abandon(&id, "FACE", "1001"), Err(FinishError::UnknownCode));
    assert_eq!(journey.emulator.abandon("hks", "FACE", "1006"), Err(FinishError::UnknownTransaction));
    let refused = control(journey.emulator.endpoint(), "abandon", &json!({"transaction_id": id, "page": "FACE", "code": "1"}));
    assert_eq!((refused.status, refused.json()["error"].clone()), (400, "code: must be 1002 to 1016, or 9999".into()));
    let arguments = json!({"transaction_id": id, "page": "FACE", "code": "1004"});
    assert_eq!(control(journey.emulator.endpoint(), "abandon", &arguments).status, 200);
    assert_eq!(summary(&journey.log(&id)), ["1", "-", "-", "1004", "FACE"]);
    let listed = journey.emulator.verifications();
    let last = listed.last().unwrap();
    assert_eq!((last.transaction_id.as_str(), last.product_code, last.state), (id.as_str(), "FACE_LIVENESS", "abandoned"));
    assert_eq!((last.page, last.verify_error_code, last.sub_code), (Some("FACE"), Some(1004), None));
    assert_eq!(listed.len(), left.len() + 1);
    journey.advance(31 * DAY);
    assert_eq!(journey.check(&id).code(), "TransactionIdInvalid");
}

#[test]
fn the_page_lets_a_person_leave_at_each_page() {
    let journey = Journey::start();
    let id = journey.begin("ID_NFC");
    let page = || get(&format!("{}/verify/{id}", journey.emulator.endpoint()));
    let text = page().text().to_owned();
    for name in ["LOADING", "GUIDE", "OCR_SCAN", "OCR_RESULT", "NFC_INPUT", "NFC_READ"] {
        assert!(text.contains(&format!("data-leave=\"{id}\" data-page=\"{name}\"")), "{name}");
    }
    assert!(!text.contains("data-page=\"FACE\"") && text.contains(&format!("data-pend=\"{id}\"")));
    journey.emulator.pend(&id).unwrap();
    assert!(!page().text().contains("data-leave=") && page().text().contains("data-finish="), "only the verdict is open");
    journey.emulator.finish(&id, "212").unwrap();
    assert!(!page().text().contains("data-finish=\""));
    let left = journey.begin("ID_OCR");
    journey.emulator.abandon(&left, "GUIDE", "1006").unwrap();
    let page = get(&format!("{}/verify/{left}", journey.emulator.endpoint()));
    assert!(page.text().contains("The person left at GUIDE, with code 1006."));
}

#[test]
fn the_page_ends_at_the_return_url() {
    let journey = Journey::start();
    let page = |url: &str| {
        let begin = [("ProductCode", "ID_OCR"), ("MerchantBizId", "b"), ("MetaInfo", "{}"), ("ReturnUrl", url)];
        let result = journey.call("Initialize", &begin).json()["Result"].clone();
        get(result["TransactionUrl"].as_str().unwrap()).text().to_owned()
    };
    assert!(page("https://shop.example/back?a=1&b='").contains("data-return=\"https://shop.example/back?a=1&amp;b=&#39;\""));
    assert!(page("http://127.0.0.1:8080/back").contains("data-return=\"http://127.0.0.1:8080/back\""));
    assert!(page("https://shop.example/\"").contains("data-return=\"https://shop.example/&quot;\""));
    for none in ["", "javascript:alert(1)", "shop://back", "http://shop.example/"] {
        assert!(page(none).contains("data-return=\"\""), "{none}");
    }
    let id = &journey.emulator.verifications()[0].transaction_id;
    journey.emulator.abandon(id, "GUIDE", "1006").unwrap();
    let left = get(&format!("{}/verify/{id}", journey.emulator.endpoint()));
    assert!(left.text().contains("href=\"https://shop.example/back?a=1&amp;b=&#39;\""), "whoever left finds back");
}

#[test]
fn a_pending_verdict_turns_into_yes_or_no() {
    let journey = Journey::start();
    for (sub_code, passed, code) in [("200", "Y", "1000"), ("206", "N", "1001")] {
        let id = journey.begin("eKYC_PRO");
        journey.emulator.enter(&id, "FACE").unwrap();
        let reply = control(journey.emulator.endpoint(), "pend", &json!({"transaction_id": id}));
        assert_eq!(reply.status, 200, "{}", reply.text());
        let result = journey.check(&id).json()["Result"].clone();
        assert_eq!((&result["Passed"], result.get("SubCode")), (&"P".into(), None));
        assert_eq!(summary(&journey.log(&id)), ["0", "P", "-", "1000", "FACE"]);
        assert_eq!(journey.state(&id), "pending");
        assert_eq!(journey.delete(&id, "N", "All").0, "ProcessNotCompleted");
        assert_eq!(journey.emulator.enter(&id, "FACE"), Err(FinishError::AlreadyFinished));
        journey.emulator.finish(&id, sub_code).unwrap();
        let result = journey.check(&id).json()["Result"].clone();
        assert_eq!((&result["Passed"], &result["SubCode"]), (&passed.into(), &sub_code.into()));
        assert_eq!(summary(&journey.log(&id)), ["0", passed, sub_code, code, "FACE"]);
    }
}

#[test]
fn the_log_has_the_form_of_the_sample() {
    let journey = Journey::start();
    let id = journey.begin("ID_OCR");
    journey.emulator.finish(&id, "200").unwrap();
    let log = journey.log(&id);
    assert_eq!(summary(&log), ["0", "Y", "200", "1000", "OCR_RESULT"]);
    for (name, first) in [("LogInfoEn", "LOADING_ENTER"), ("LogInfo", "进入未开始认证")] {
        let list = log[name].as_array().unwrap();
        assert_eq!(list.len(), 1, "one text, which is the JSON of a list");
        let lines: Vec<String> = serde_json::from_str(list[0].as_str().unwrap()).unwrap();
        assert_eq!(lines.len(), 8, "four pages, each entered and left");
        let (time, text) = lines[0].split_at("yyyy-MM-dd HH:mm:ss".len());
        assert!(time.as_bytes()[10] == b' ' && time.as_bytes()[13] == b':', "{time}");
        assert_eq!(text.trim_start(), first);
    }
    let statistics: Value = serde_json::from_str(log["LogStatisticsInfo"].as_str().unwrap()).unwrap();
    assert!(statistics["faceOverTimes"].is_number() && statistics["hasOcrEdit"].is_boolean());
    assert_eq!(statistics["pageStayTimeInfo"]["OCR_SCAN"], "2000");
    assert_eq!(log["ExtInfo"], "{}");
}

#[test]
fn pictures_and_text_are_deleted_apart() {
    let journey = Journey::start();
    for scenario in [false, true] {
        let id = |number: u8| {
            if scenario {
                format!("ekycpro200-no{number}")
            } else {
                let id = journey.begin("eKYC_PRO");
                journey.emulator.finish(&id, "200").unwrap();
                id
            }
        };
        let done = |id: &str| ("200".to_owned(), json!({"TransactionId": id, "DeleteResult": "Y"}));
        let refused =
            |id: &str, why: &str| ("200".to_owned(), json!({"TransactionId": id, "DeleteResult": "N", "FailReason": why}));
        let face = |id: &str| {
            let text = journey.check(id).json()["Result"]["ExtFaceInfo"].clone();
            text.as_str().map_or(Value::Null, |text| serde_json::from_str(text).unwrap())
        };

        let one = id(1);
        assert_eq!(journey.delete(&one, "Y", "Img"), refused(&one, "NEED_QUERY_VERIFY_RESULT"));
        let video = face(&one)["docVideoUrl"].as_str().unwrap().to_owned();
        assert!(face(&one)["faceImg"].is_string());
        assert_eq!(journey.delete(&one, "Y", "Img"), done(&one));
        assert!(face(&one)["faceImg"].is_null() && face(&one)["faceAge"].is_string() && face(&one)["docVideoUrl"].is_null());
        assert!(!journey.check(&one).text().contains("idImage"));
        assert_eq!(get(&video).status, 404);
        assert_eq!(journey.delete(&one, "Y", "Img"), refused(&one, "NOT_DELETE_REPEATEDLY"));
        assert_eq!(journey.delete(&one, "N", "Text"), done(&one));
        assert_eq!(journey.check(&one).code(), "TransactionIdInvalid", "both parts are gone");

        let two = id(2);
        assert_eq!(journey.delete(&two, "N", "Text"), done(&two));
        assert_eq!(face(&two).as_object().unwrap().keys().collect::<Vec<_>>(), ["faceImg"]);
        let result = journey.check(&two).json()["Result"].clone();
        assert!(result["ExtSourceInfo"].is_null() && !result.to_string().contains("SPECIMEN"), "{result}");
        let without = journey.call("CheckResult", &[("MerchantBizId", "biz1"), ("TransactionId", &two)]);
        assert_eq!(without.json()["Result"], json!({"Passed": "Y", "SubCode": "200"}));

        let three = id(3);
        assert_eq!(journey.delete(&three, "N", "All"), done(&three));
        assert_eq!(journey.check(&three).code(), "TransactionIdInvalid");
        assert_eq!(journey.delete(&three, "N", "All"), refused(&three, "NOT_DELETE_REPEATEDLY"));
        assert_eq!(summary(&journey.log(&three))[..2], ["0", "Y"], "the log stays");
        assert!(scenario || journey.state(&three) == "deleted");
    }
}

#[test]
fn scenarios_have_a_log_and_codes_too() {
    let journey = Journey::start();
    assert_eq!(summary(&journey.log("ekycpro206")), ["0", "N", "206", "1001", "FACE"]);
    for _ in 0..3 {
        assert_eq!(summary(&journey.log("pending1")), ["1", "-", "-", "-", "FACE"], "a look at the log does not count");
    }
    assert_eq!(journey.check("pending1").code(), "ProcessNotCompleted");
    assert_eq!(summary(&journey.log("pending1")), ["0", "Y", "200", "1000", "FACE"]);
    let parameters = [("MerchantBizId", "biz1"), ("TransactionId", "errorInternalError")];
    assert_eq!(journey.call("CheckVerifyLog", &parameters).code(), "InternalError");
    assert_eq!(journey.delete("errorThrottlingApi", "Y", "All").0, "Throttling.Api");
}

#[test]
fn a_connection_is_kept_by_doing_nothing() {
    let emulator = Emulator::start(Options::default()).unwrap();
    for scheme in SCHEMES {
        for method in ["GET", "POST"] {
            let mut call = Call::new(&emulator, scheme, "KeepaliveIntl", &[]);
            call.method = method;
            let body = call.send().json();
            assert_eq!((&body["Code"], &body["Result"]), (&"Success".into(), &json!({"Result": "SUCCESS"})));
        }
    }
}

#[test]
fn wrong_parameters_get_the_documented_code_wherever_they_stand() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let log = [("MerchantBizId", "biz1"), ("TransactionId", "ekycpro200-no9")];
    let delete = [("TransactionId", "ekycpro200-no9"), ("DeleteAfterQuery", "N"), ("DeleteType", "Img")];
    let begin = [("ProductCode", "eKYC_PRO"), ("MerchantBizId", "biz1"), ("MetaInfo", "{}")];
    for (action, good, changes) in [
        (
            "CheckVerifyLog",
            &log[..],
            &[
                ("MerchantBizId", "", "MissingParameter"),
                ("MerchantBizId", "a-b", "InvalidParameter"),
                ("TransactionId", "", "MissingParameter"),
                ("TransactionId", "nothing", "TransactionIdInvalid"),
            ][..],
        ),
        (
            "DeleteVerifyResult",
            &delete[..],
            &[
                ("TransactionId", "", "MissingParameter"),
                ("TransactionId", "nothing", "TransactionIdInvalid"),
                ("TransactionId", "pending9", "ProcessNotCompleted"),
                ("DeleteType", "", "MissingParameter"),
                ("DeleteType", "img", "InvalidParameter"),
                ("DeleteAfterQuery", "T", "InvalidParameter"),
            ][..],
        ),
        (
            "InitializeV2",
            &begin[..],
            &[
                ("ProductCode", "", "MissingParameter"),
                ("MetaInfo", "", "MissingParameter"),
                ("MerchantBizId", "123456789012345678901234567890123", "InvalidParameter"),
            ][..],
        ),
    ] {
        for scheme in SCHEMES {
            for in_form in [false, true] {
                let mut call = Call::new(&emulator, scheme, action, good);
                if in_form {
                    call.form = std::mem::take(&mut call.parameters);
                }
                for (name, value, code) in changes {
                    let mut call = call.clone();
                    call.nonce = format!("{}-{name}-{value}", call.nonce);
                    if in_form { &mut call.form } else { &mut call.parameters }.insert((*name).into(), (*value).into());
                    let reply = call.send();
                    assert_eq!(reply.code(), *code, "{action} {name}={value}");
                    assert!(reply.status >= 400 && !reply.text().contains("a-b"));
                }
                assert!(matches!(call.send().code().as_str(), "Success" | "200"), "{action}");
            }
        }
    }
}
