use base64::prelude::{BASE64_STANDARD, Engine as _};
use cloudauth_emulator::{Emulator, Options};
use serde_json::Value;

use crate::signer::{Call, SCHEMES, Scheme};

const RESULTS: [(&str, &[&str]); 4] = [
    ("ekycpro", &["200", "202", "204", "205", "206", "207", "209", "212", "214", "215", "216", "217", "218"]),
    ("faceliveness", &["200", "204", "205", "206", "233"]),
    ("idocr", &["200", "212"]),
    ("faceverification", &["200", "204", "205", "206"]),
];

/// OCR fields of a flat document, in camelCase.
const FLAT: [(&str, &[&str]); 7] = [
    ("passport", &["surname", "givenname", "sex", "birthDate", "passportNo", "nationality", "expiryDate", "countryCode"]),
    (
        "hkid",
        &[
            "name",
            "englishName",
            "nameCode",
            "sex",
            "birthDate",
            "idNumber",
            "currentIssueDate",
            "firstIssueDate",
            "isPermanent",
            "symbols",
        ],
    ),
    (
        "macaoid",
        &["surnameCN", "givennameCN", "surname", "givenname", "sex", "birthDate", "idNumber", "expiryDate", "placeOfBirth"],
    ),
    ("eep", &["name", "englishName", "sex", "birthDate", "idNumber", "issueDate", "expiryDate", "placeOfIssue", "originOfIssue"]),
    ("mtp", &["name", "englishName", "sex", "birthDate", "idNumber", "issueDate", "expiryDate", "originOfIssue"]),
    (
        "taiwan",
        &["name", "englishName", "sex", "birthDate", "idNumber", "issueDate", "expiryDate", "originOfIssue", "placeOfIssue"],
    ),
    ("mainlandid", &["name", "sex", "ethnicity", "birthDate", "idNumber", "address"]),
];

/// OCR fields of each page of a paged document, in `snake_case`.
const PAGED: [(&str, &[&[&str]]); 4] = [
    (
        "GLB03002",
        &[&[
            "surname",
            "given_names",
            "sex",
            "date_of_birth",
            "passport_number",
            "nationality",
            "date_of_expiry",
            "country_code",
        ]],
    ),
    (
        "GLB03001",
        &[&[
            "name",
            "passport_number",
            "nationality",
            "date_of_birth",
            "place_of_birth",
            "date_of_issue",
            "date_of_expiry",
            "place_of_issue",
            "sex",
            "type",
        ]],
    ),
    (
        "CHN01001",
        &[
            &["name", "id_number", "date_of_birth", "sex", "address", "ethnicity"],
            &["origin_of_issue", "date_of_issue", "date_of_expiry"],
        ],
    ),
    (
        "CHN02001",
        &[&[
            "name",
            "id_number",
            "sex",
            "date_of_birth",
            "address",
            "class",
            "date_of_first_issue",
            "date_of_issue",
            "date_of_expiry",
        ]],
    ),
];

fn start() -> Emulator {
    Emulator::start(Options::default()).unwrap()
}

fn result(emulator: &Emulator, id: &str, images: &str) -> Value {
    let mut call = Call::check(emulator, Scheme::Acs3, id);
    call.parameters.insert("IsReturnImage".into(), images.into());
    let reply = call.send();
    assert_eq!(reply.status, 200, "{id}: {}", reply.text());
    let body = reply.json();
    assert_eq!((&body["Code"], &body["Message"]), (&"Success".into(), &"success".into()));
    body["Result"].clone()
}

/// A value that may be JSON text, decoded where it is.
fn open(value: &Value) -> Value {
    value.as_str().map_or_else(|| value.clone(), |text| serde_json::from_str(text).unwrap())
}

/// The image in that field, decoded to its last pixel; its format and base64 length.
fn picture(value: &Value) -> (image::ImageFormat, usize) {
    let text = value.as_str().unwrap().replace("\r\n", "");
    let bytes = BASE64_STANDARD.decode(&text).unwrap();
    let format = image::guess_format(&bytes).unwrap();
    let decoded = image::load_from_memory_with_format(&bytes, format).unwrap();
    assert!(decoded.width() >= 16 && decoded.height() >= 16);
    (format, text.len())
}

/// Every image in a result, wherever it stands.
fn pictures(result: &Value) -> Vec<(image::ImageFormat, usize)> {
    let mut found = Vec::new();
    if let Some(image) = open(&result["ExtFaceInfo"]).get("faceImg") {
        found.push(picture(image));
    }
    let id = open(&result["ExtIdInfo"]);
    found.extend(id.get("idImage").map(picture));
    if let Some(pages) = id.get("ocrIdInfoData") {
        found.extend(open(pages).as_object().unwrap().values().map(|page| picture(&open(page)["idImage"])));
    }
    found
}

#[test]
fn every_sub_code_of_every_variant_has_its_shape_and_real_pictures() {
    let emulator = start();
    for (variant, codes) in RESULTS {
        for code in codes {
            let id = format!("{variant}{code}");
            let result = result(&emulator, &id, "Y");
            assert_eq!(result["SubCode"], **code);
            assert_eq!(result["Passed"], if matches!(*code, "200" | "218") { "Y" } else { "N" }, "{id}");
            let expected = if variant == "ekycpro" { 2 } else { 1 };
            assert_eq!(pictures(&result).len(), expected, "{id}");
            assert_eq!(result.get("ExtFaceInfo").is_some(), variant != "idocr", "{id}");
            assert_eq!(result.get("ExtIdInfo").is_some(), matches!(variant, "idocr" | "ekycpro"), "{id}");
            for part in ["ExtFaceInfo", "ExtIdInfo", "ExtSourceInfo"] {
                assert!(result.get(part).is_none_or(|part| part.is_string() && open(part).is_object()), "{id} {part}");
            }
        }
    }
}

#[test]
fn the_fields_are_each_variants_own() {
    let emulator = start();
    let face = |id: &str| open(&result(&emulator, id, "N")["ExtFaceInfo"]);
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let common = ["docVideoUrl", "faceAge", "faceAttack", "faceAttackScore", "faceGender", "guardRiskScore"];
    let with = |more: &[&str]| {
        let mut all: Vec<String> = common.iter().chain(more).map(|name| (*name).to_owned()).collect();
        all.sort();
        all
    };
    assert_eq!(names(&face("ekycpro200")), with(&["facePassed", "faceComparisonScore"]));
    assert_eq!(names(&face("faceverification200")), with(&["facePassed", "faceComparisonScore", "faceQuality", "faceOcclusion"]));
    let registered = ["faceComparisonScore", "faceRegistrationResult", "faceRegistrationID", "deviceToken"];
    assert_eq!(names(&face("faceliveness200")), with(&registered));
    let duplicate = face("faceliveness233");
    assert_eq!(names(&duplicate), with(&["faceRegistrationResult", "duplicateFace", "deviceToken"]));
    assert_eq!(names(&duplicate["duplicateFace"][0]), ["faceGroupCode", "faceId", "merchantUserId", "score"]);
    assert_eq!(duplicate["faceRegistrationResult"], "0");
    assert_eq!(face("faceverification205")["faceAttack"], "Y");
    assert_eq!(face("faceverification204")["facePassed"], "N");

    let flat = open(&result(&emulator, "idocr212-edited", "N")["ExtIdInfo"]);
    assert_eq!(names(&flat), ["ocrIdEditInfo", "ocrIdInfo", "ocrIdPassed", "spoofInfo"]);
    assert!(flat["ocrIdInfo"].is_object() && flat["ocrIdEditInfo"].is_object());
    assert_eq!(flat["spoofInfo"], serde_json::json!({"spoofResult": "Y", "spoofType": ["SCREEN_REMARK"]}));

    let paged = open(&result(&emulator, "ekycpro200-CHN01001-edited", "N")["ExtIdInfo"]);
    assert_eq!(names(&paged), ["ocrIdEditInfo", "ocrIdInfoData", "ocrIdPassed"]);
    assert_eq!(names(&paged["ocrIdInfoData"]), ["01", "02"]);
    let page = &paged["ocrIdInfoData"]["02"];
    assert!(page["ocrIdInfo"].is_string() && page["spoofInfo"].is_string() && paged["ocrIdEditInfo"].is_string());
    assert_eq!(names(&open(&page["ocrIdInfo"])), ["date_of_expiry", "date_of_issue", "origin_of_issue"]);

    let source = open(&result(&emulator, "ekycpro207", "N")["ExtSourceInfo"]);
    assert!(source["selfiePhoto"].as_f64().unwrap() < 0.8);
    assert!(result(&emulator, "ekycpro209", "N").get("ExtSourceInfo").is_none());
}

#[test]
fn each_document_has_the_fields_of_the_table() {
    let emulator = start();
    let same = |fields: &Value, want: &[&str], name: &str| {
        let mut want = want.to_vec();
        want.sort_unstable();
        let fields = fields.as_object().unwrap();
        assert_eq!(fields.keys().collect::<Vec<_>>(), want, "{name}");
        assert!(fields.values().all(|value| value.as_str().is_some_and(|text| !text.is_empty())), "{name}");
    };
    for (name, want) in FLAT {
        let result = result(&emulator, &format!("idocr200-{name}"), "Y");
        same(&open(&result["ExtIdInfo"])["ocrIdInfo"], want, name);
        assert_eq!(pictures(&result).len(), 1);
    }
    for (name, pages) in PAGED {
        let result = result(&emulator, &format!("ekycpro200-{name}"), "Y");
        let data = open(&result["ExtIdInfo"])["ocrIdInfoData"].clone();
        for (number, want) in pages.iter().enumerate() {
            same(&open(&data[format!("{:02}", number + 1)]["ocrIdInfo"]), want, name);
        }
        assert_eq!(pictures(&result).len(), 1 + pages.len());
    }
}

#[test]
fn images_come_only_when_asked_for_and_in_the_asked_format_and_size() {
    let emulator = start();
    assert_eq!(pictures(&result(&emulator, "faceverification200", "N")), []);
    let mut call = Call::check(&emulator, Scheme::Acs3, "faceverification200");
    call.parameters.remove("IsReturnImage");
    assert_eq!(pictures(&call.send().json()["Result"]), [], "the default is N");
    assert!(pictures(&result(&emulator, "ekycpro200", "Y")).iter().all(|(format, _)| *format == image::ImageFormat::Jpeg));
    for (suffix, wanted) in
        [("4KiB", 4 << 10), ("20KiB", 20 << 10), ("64KiB", 64 << 10), ("300KiB", 300 << 10), ("4MiB", 4_usize << 20)]
    {
        for (png, want_format) in [("", image::ImageFormat::Jpeg), ("-png", image::ImageFormat::Png)] {
            for id in ["faceverification200", "idocr200-hkid"] {
                let (format, length) = pictures(&result(&emulator, &format!("{id}-{suffix}{png}"), "Y"))[0];
                assert_eq!(format, want_format);
                assert!(length.abs_diff(wanted) < wanted / 10, "{id}-{suffix}{png}: {length}");
            }
        }
    }
}

#[test]
fn styles_change_the_writing_and_nothing_else() {
    let emulator = start();
    let body = |id: &str| Call::check(&emulator, Scheme::Acs3, id).send();
    let decoded = |id: &str| {
        let result = body(id).json()["Result"].clone();
        let mut id_info = open(&result["ExtIdInfo"]);
        let mut pages = open(&id_info["ocrIdInfoData"]);
        for page in pages.as_object_mut().unwrap().values_mut() {
            *page = open(page);
            for name in ["ocrIdInfo", "spoofInfo"] {
                page[name] = open(&page[name]);
            }
            page["idImage"] = page["idImage"].as_str().unwrap().replace("\r\n", "").into();
        }
        id_info["ocrIdInfoData"] = pages;
        id_info
    };
    let plain = decoded("ekycpro200");
    for style in ["escaped", "crlf", "objects", "text", "escaped-crlf-text", "no42"] {
        assert_eq!(decoded(&format!("ekycpro200-{style}")), plain, "{style}");
    }
    let escaped = body("ekycpro200-escaped");
    assert!(escaped.text().contains(r"\\\/9j\\\/"), "the slash of base64, escaped at both levels");
    assert!(!escaped.text().replace(r"\/", "").contains('/'));
    assert!(body("ekycpro200-crlf").text().contains(r"\\r\\n"));
    let objects = body("ekycpro200-objects").json()["Result"].clone();
    assert!(objects["ExtIdInfo"]["ocrIdInfoData"]["01"]["ocrIdInfo"].is_object());
    let text = body("ekycpro200-text").json()["Result"].clone();
    assert!(open(&open(&text["ExtIdInfo"])["ocrIdInfoData"])["01"].is_string());
    let duplicates = body("faceliveness233-text").json()["Result"]["ExtFaceInfo"].clone();
    assert!(open(&open(&duplicates)["duplicateFace"]).is_array());
}

#[test]
fn errors_come_by_their_code() {
    let emulator = start();
    for (id, status, code) in [
        ("errorMissingParameter", 400, "MissingParameter"),
        ("errorInvalidParameter", 400, "InvalidParameter"),
        ("errorTransactionIdInvalid", 400, "TransactionIdInvalid"),
        ("errorForbiddenRAMUserAccessDenied", 403, "Forbidden.RAMUserAccessDenied"),
        ("errorForbiddenAccountAccessDenied", 403, "Forbidden.AccountAccessDenied"),
        ("errorThrottlingApi", 403, "Throttling.Api"),
        ("errorProcessNotCompleted", 404, "ProcessNotCompleted"),
        ("errorInternalError", 500, "InternalError"),
        ("errorServiceUnavailable", 503, "ServiceUnavailable"),
        ("errorUnknownError", 500, "UnknownError"),
        ("errorThrottling", 400, "Throttling"),
        ("errorThrottlingUser", 400, "Throttling.User"),
        ("errorInvalidTimeStampExpired", 400, "InvalidTimeStamp.Expired"),
        ("errorInvalidTimeStampFormat", 400, "InvalidTimeStamp.Format"),
        ("errorIllegalTimestamp", 400, "IllegalTimestamp"),
        ("errorSignatureNonceUsed", 400, "SignatureNonceUsed"),
        ("errorIncompleteSignature", 400, "IncompleteSignature"),
        ("errorSignatureDoesNotMatch", 403, "SignatureDoesNotMatch"),
        ("errorInvalidAccessKeyIdNotFound", 400, "InvalidAccessKeyId.NotFound"),
        ("errorInvalidAccessKeyIdInactive", 400, "InvalidAccessKeyId.Inactive"),
        ("errorInvalidSecurityTokenExpired", 400, "InvalidSecurityToken.Expired"),
        ("errorInvalidSecurityTokenMalformed", 400, "InvalidSecurityToken.Malformed"),
        ("errorInvalidSecurityTokenMismatchWithAccessKey", 400, "InvalidSecurityToken.MismatchWithAccessKey"),
        ("errorNothingKnown", 400, "TransactionIdInvalid"),
        ("idocr205", 400, "TransactionIdInvalid"),
    ] {
        for scheme in SCHEMES {
            let reply = Call::check(&emulator, scheme, id).send();
            assert_eq!((reply.status, reply.code().as_str()), (status, code), "{id}");
        }
    }
}

#[test]
fn pending_counts_down_for_each_emulator() {
    for _ in 0..2 {
        let emulator = start();
        let check = |id: &str| Call::check(&emulator, Scheme::Rpc1, id).send();
        for _ in 0..3 {
            let reply = check("pending3");
            assert_eq!((reply.status, reply.code().as_str()), (404, "ProcessNotCompleted"));
        }
        assert_eq!(check("pending3").json()["Result"]["SubCode"], "200");
        assert_eq!(check("pending3").code(), "Success");
        assert_eq!(check("pending1").code(), "ProcessNotCompleted", "each id has its own count");
        assert_eq!(check("pending0").code(), "Success");
    }
}
