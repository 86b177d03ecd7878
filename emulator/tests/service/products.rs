//! Products, regions, documents and quotas.

use cloudauth_emulator::{Emulator, Options, Region};
use serde_json::Value;

use crate::signer::{Call, Scheme};

fn start(region: Option<Region>) -> Emulator {
    Emulator::start(Options { region, ..Options::default() }).unwrap()
}

fn begin(emulator: &Emulator, product: &str, more: &[(&str, &str)]) -> Result<String, String> {
    let good = [("ProductCode", product), ("MerchantBizId", "biz1"), ("MetaInfo", "{}")];
    let mut call = Call::new(emulator, Scheme::Acs3, "InitializeV2", &good);
    call.parameters.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let body = call.send().json();
    let message = || format!("{} {}", body["Code"].as_str().unwrap(), body["Message"].as_str().unwrap());
    body["Result"]["TransactionId"].as_str().map(str::to_owned).ok_or_else(message)
}

fn result(emulator: &Emulator, id: &str) -> Value {
    emulator.finish(id, "200").unwrap();
    Call::check(emulator, Scheme::Acs3, id).send().json()["Result"].clone()
}

fn nested(result: &Value, name: &str) -> Value {
    serde_json::from_str(result[name].as_str().unwrap()).unwrap()
}

#[test]
fn every_product_gives_its_parts() {
    let emulator = start(None);
    for (product, face, document, source) in [
        ("eKYC_PRO", true, "ocrIdInfoData", true),
        ("eKYC", true, "ocrIdInfo", false),
        ("eKYC_NDI", true, "", false),
        ("ID_OCR", false, "ocrIdInfo", false),
        ("ID_OCR_PRO", false, "ocrIdInfoData", false),
        ("ID_NFC", false, "ocrIdInfoData", false),
        ("FACE_LIVENESS", true, "", false),
        ("FACE_LIVENESS_PRO", true, "", false),
        ("FACE_IDU", true, "", false),
        ("FACE_VERIFY", true, "", false),
        ("KYC_GLOBAL", true, "ocrIdInfo", false),
        ("FV_GLOBAL", true, "", false),
        ("FL_GLOBAL", true, "", false),
        ("IDR_GLOBAL", false, "ocrIdInfo", false),
        ("OCR_GLOBAL", false, "ocrIdInfo", false),
    ] {
        let result = result(&emulator, &begin(&emulator, product, &[]).unwrap());
        assert_eq!(result["ExtFaceInfo"].is_string(), face, "{product}");
        assert_eq!(result["ExtIdInfo"].is_string(), !document.is_empty(), "{product}");
        assert_eq!(result["ExtSourceInfo"].is_string(), source, "{product}");
        if !document.is_empty() {
            assert!(nested(&result, "ExtIdInfo")[document].is_object(), "{product}");
        }
        if product == "FACE_IDU" {
            assert_eq!(nested(&result, "ExtFaceInfo")["faceRegistrationResult"], "1");
        }
        if product.contains("KYC") && product != "eKYC_PRO" {
            assert_eq!(nested(&result, "ExtFaceInfo")["faceQuality"], 95.45, "{product}");
        }
    }
    // By API alone; not one of those that CheckResult knows.
    for product in ["eKYC_MIN", "ID_OCR_MAX", "FACE_COMPARE", "ekyc_pro"] {
        assert!(begin(&emulator, product, &[]).unwrap_err().starts_with("InvalidParameter "), "{product}");
    }
}

#[test]
fn a_region_has_its_products_and_documents() {
    let jakarta = start(Some(Region::Jakarta));
    let id = begin(&jakarta, "eKYC_PRO", &[("DocType", "IDN01001")]).unwrap();
    assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    begin(&jakarta, "FACE_IDU", &[]).unwrap();
    begin(&jakarta, "FACE_LIVENESS_PRO", &[]).unwrap();
    let refused = "InvalidParameter The parameter DocType is invalid: this region reads IDN01001 and GLB03002 only.";
    assert_eq!(begin(&jakarta, "eKYC_PRO", &[("DocType", "MYS01001")]), Err(refused.to_owned()));
    for product in ["eKYC", "ID_OCR", "FACE_LIVENESS", "FACE_VERIFY", "eKYC_NDI"] {
        let refused = "InvalidParameter The parameter ProductCode is invalid: this region does not offer the product.";
        assert_eq!(begin(&jakarta, product, &[]), Err(refused.to_owned()), "{product}");
    }
    let kuala_lumpur = start(Some(Region::KualaLumpur));
    begin(&kuala_lumpur, "ID_OCR_PRO", &[("DocType", "MYS01001")]).unwrap();
    assert!(begin(&kuala_lumpur, "ID_OCR_PRO", &[("DocType", "IDN01001")]).is_err());
    let hong_kong = start(Some(Region::HongKong));
    assert!(begin(&hong_kong, "FACE_VERIFY", &[]).unwrap().starts_with("hks"));
    let singapore = start(Some(Region::Singapore));
    begin(&singapore, "eKYC", &[]).expect("one copy of the documents has it");
    begin(&singapore, "eKYC_PRO", &[("DocType", "PHL07005")]).unwrap();
}

#[test]
fn every_document_code_gives_a_card() {
    let emulator = start(None);
    for (product, code, field, pages) in [
        ("eKYC_PRO", "GLB03002", "given_names", 1),
        ("eKYC_PRO", "CHN03001", "name_cn", 1),
        ("eKYC_PRO", "CHN01001", "ethnicity", 2),
        ("ID_OCR_PRO", "MYS01001", "englishName", 2),
        ("ID_NFC", "KOR02001", "id_number", 1),
        ("eKYC_PRO", "TWN01001", "id_number", 2),
    ] {
        let result = result(&emulator, &begin(&emulator, product, &[("DocType", code)]).unwrap());
        let data = nested(&result, "ExtIdInfo")["ocrIdInfoData"].clone();
        assert_eq!(data.as_object().unwrap().len(), pages, "{code}");
        let fields: Value = serde_json::from_str(data["01"]["ocrIdInfo"].as_str().unwrap()).unwrap();
        assert!(fields[field].is_string() && data["01"]["idImage"].is_string(), "{code}: {fields}");
    }
    for (product, code, field) in [
        ("ID_OCR", "00000006", "nameCode"),
        ("ID_OCR", "00000008", "nameCode"),
        ("eKYC", "00000007", "placeOfIssue"),
        ("eKYC", "00000009", "englishName"),
        ("ID_OCR", "000000012", "placeOfIssue"),
        ("ID_OCR", "01000000", "passportNo"),
        ("eKYC", "01560001", "ethnicity"),
        ("ID_OCR", "00009999", "idNumber"),
    ] {
        let result = result(&emulator, &begin(&emulator, product, &[("DocType", code)]).unwrap());
        let info = nested(&result, "ExtIdInfo");
        assert!(info["ocrIdInfo"][field].is_string() && info["idImage"].is_string(), "{code}: {info}");
    }
    for (product, code) in [("eKYC_PRO", "01000000"), ("eKYC", "GLB03002"), ("ID_OCR_PRO", "GLB3"), ("eKYC_PRO", "passport")] {
        let refused = begin(&emulator, product, &[("DocType", code)]).unwrap_err();
        assert!(refused.starts_with("InvalidParameter The parameter DocType is invalid"), "{refused}");
    }
}

#[test]
fn parameters_follow_the_documented_rules() {
    let emulator = start(None);
    for (name, value) in [
        ("SecurityLevel", "1"),
        ("ProcedurePriority", "none"),
        ("ShowGuidePage", "Y"),
        ("IdSpoof", "1"),
        ("IdThreshold", "4"),
        ("DocVideo", "y"),
        ("OcrValueStandard", "2"),
        ("MRTDInput", "3"),
        ("TemplateType", "Random"),
        ("SceneCode", "elevenchars"),
        ("SceneCode", "a-b"),
    ] {
        let refused = begin(&emulator, "eKYC_PRO", &[(name, value)]).unwrap_err();
        assert!(refused.starts_with(&format!("InvalidParameter The parameter {name} is invalid")), "{refused}");
        assert!(!refused.contains("elevenchars"), "the value is not repeated");
    }
    for (given, missing) in [(("Model", "TEMPLATE"), "TemplateConfig"), (("MRTDInput", "2"), "DocumentNumber")] {
        let refused = begin(&emulator, "eKYC_PRO", &[given]).unwrap_err();
        assert_eq!(refused, format!("MissingParameter The parameter {missing} is missing."));
    }
    let fine = [
        ("Model", "TEMPLATE"),
        ("TemplateConfig", "01,02"),
        ("TemplateType", "Ran"),
        ("SecurityLevel", "02"),
        ("SceneCode", "a_1"),
        ("IdSpoof", "Y"),
        ("DocVideo", "N"),
        ("Authorize", "T"),
        ("Pages", "01,02"),
        ("DocPageConfig", "[\"OCR_ID_BACK\"]"),
        ("ShowAlbumIcon", ""),
        ("MRTDInput", "1"),
    ];
    begin(&emulator, "eKYC_PRO", &fine).unwrap();
    begin(&emulator, "eKYC_PRO", &[("Model", "A_MODEL_OF_TOMORROW")]).expect("the list of models goes on growing");
}

#[test]
fn the_documented_quota_is_the_region_s_for_each_operation() {
    for (region, quota) in [(Region::Jakarta, 3), (Region::Singapore, 10)] {
        let options = Options { region: Some(region), documented_quota: true, ..Options::default() };
        let emulator = Emulator::start(options).unwrap();
        let codes = |action: &str, parameters: &[(&str, &str)], number: usize| -> Vec<String> {
            (0..number).map(|_| Call::new(&emulator, Scheme::Acs3, action, parameters).send().code()).collect()
        };
        let began = std::time::Instant::now();
        let kept = codes("KeepaliveIntl", &[], quota + 1);
        let log = [("MerchantBizId", "biz1"), ("TransactionId", "ekycpro200")];
        let logs = codes("CheckVerifyLog", &log, quota);
        if began.elapsed() < std::time::Duration::from_secs(1) {
            assert!(kept[..quota].iter().all(|code| code == "Success"), "{region} {kept:?}");
            assert_eq!(kept[quota], "Throttling.Api", "{region}");
            assert!(logs.iter().all(|code| code == "Success"), "{region}: a counter of its own");
        } else {
            eprintln!("not judged: this machine took more than a second for {} calls", 2 * quota + 1);
        }
    }
}

#[test]
fn cleaned_fields_come_where_they_are_asked_for_and_the_document_has_them() {
    let emulator = start(None);
    let cleaned = |code: &str, wanted: &str| -> Vec<String> {
        let more = [("DocType", code), ("OcrValueStandard", wanted)];
        let result = result(&emulator, &begin(&emulator, "eKYC_PRO", &more).unwrap());
        let pages = nested(&result, "ExtIdInfo")["ocrIdInfoData"].clone();
        let fields = |page: &Value| serde_json::from_str::<Value>(page["ocrIdInfo"].as_str().unwrap()).unwrap();
        let names = pages.as_object().unwrap().values().map(fields);
        let names = names.flat_map(|fields| fields.as_object().unwrap().keys().cloned().collect::<Vec<_>>());
        let mut names: Vec<String> = names.filter(|name| name.ends_with("_s")).collect();
        names.sort();
        names
    };
    let of_page_one = ["date_of_birth_s", "given_name_s", "sex_s", "surname_s"];
    assert_eq!(cleaned("CHN01001", "1"), ["date_of_birth_s", "date_of_expiry_s", "given_name_s", "sex_s", "surname_s"]);
    assert_eq!(cleaned("TWN01001", "1"), of_page_one);
    assert_eq!(cleaned("KOR02001", "1"), of_page_one);
    assert_eq!(cleaned("PHL01002", "1"), ["date_of_birth_s", "given_name_s", "surname_s"]);
    for (code, wanted) in [("GLB03002", "1"), ("CHN03001", "1"), ("MYS01001", "1"), ("TWN01001", "0"), ("TWN01001", "")] {
        assert_eq!(cleaned(code, wanted), Vec::<String>::new(), "{code} {wanted}");
    }
}
