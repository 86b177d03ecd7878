use serde_json::json;

use crate::support::{emulator, finish, json, served};

#[test]
fn a_verification_is_deleted_with_a_receipt() {
    let emulator = emulator();
    let arguments =
        ["call", "Initialize", "ProductCode=eKYC_PRO", "MerchantBizId=b", "MerchantUserId=u", "DocType=GLB03002", "MetaInfo={}"];
    let begun = json(&finish(&mut served(&emulator, &arguments)).fine());
    let transaction = begun["Result"]["TransactionId"].as_str().unwrap();
    let delete = |more: &[&str]| {
        let run = finish(&mut served(&emulator, &[&["delete", transaction, "--delete-type", "All"], more].concat()));
        (run.code, if run.stderr.is_empty() { json(&run.stdout) } else { run.stderr.into() })
    };
    let (code, said) = delete(&[]);
    assert_eq!(code, Some(3), "the person has not finished: {said}");
    emulator.finish(transaction, "200").unwrap();
    let receipt = |deleted: bool, fail_reason: Option<&str>, receipt: &serde_json::Value| {
        let request_id = &receipt["request_id"];
        assert!(request_id.as_str().is_some_and(|id| !id.is_empty()), "{receipt}");
        let expected = json!({
            "request_id": request_id, "transaction_id": transaction, "deleted": deleted, "delete_type": "All",
            "fail_reason": fail_reason, "extra": {},
        });
        assert_eq!(*receipt, expected);
    };
    let (code, said) = delete(&[]);
    assert_eq!(code, Some(1), "the result was not fetched: {said}");
    receipt(false, Some("NEED_QUERY_VERIFY_RESULT"), &said);
    let (code, said) = delete(&["--after-query", "false"]);
    assert_eq!(code, Some(0), "{said}");
    receipt(true, None, &said);
    assert_ne!(finish(&mut served(&emulator, &["check", transaction, "--biz", "b"])).code, Some(0));
}

#[test]
fn nothing_is_sent_where_an_argument_breaks_a_rule() {
    let emulator = emulator();
    let refused = |arguments: &[&str], words| finish(&mut served(&emulator, arguments)).refused(2, words);
    refused(&["delete", "t"], "--delete-type");
    refused(&["delete", "t", "--delete-type", "all"], "--delete-type: must be Img, Text or All");
    refused(&["delete", "a b", "--delete-type", "All"], "TRANSACTION: ");
    refused(&["delete", "t", "--delete-type", "All", "--after-query", "N"], "--after-query");
    assert!(emulator.calls().is_empty());
}
