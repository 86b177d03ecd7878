use crate::support::{emulator, finish, json, run, run_with_stdin, served};

#[test]
fn any_operation_answers_in_json() {
    let emulator = emulator();
    let folder = tempfile::tempdir().unwrap();
    let meta = folder.path().join("meta.json");
    std::fs::write(&meta, "{\"zimVer\":\"1.0=@\"}\n").unwrap();
    let meta = format!("MetaInfo=@{}", meta.display());
    let said = finish(&mut served(&emulator, &["call", "Initialize", "ProductCode=ID_OCR", "MerchantBizId=b", &meta])).fine();
    assert_eq!(said.lines().count(), 1, "{said}");
    let reply = json(&said);
    assert_eq!(reply["Code"], "Success");
    let transaction = reply["Result"]["TransactionId"].as_str().unwrap();
    finish(&mut served(&emulator, &["check", transaction, "--biz", "b"])).refused(3, "ProcessNotCompleted");
    emulator.finish(transaction, "212").unwrap();
    assert_eq!(finish(&mut served(&emulator, &["check", transaction, "--biz", "b"])).code, Some(1));
}

#[test]
fn values_come_from_stdin_and_with_an_at_sign_too() {
    let emulator = emulator();
    let arguments = ["call", "CheckResult", "MerchantBizId=b", "TransactionId=@-", "--format", "pretty"];
    let said = run_with_stdin(&mut served(&emulator, &arguments), b"idocr200\n").fine();
    assert!(said.starts_with("{\n  \"Code\": \"Success\",\n"), "{said}");
    let at = served(&emulator, &["call", "CheckResult", "MerchantBizId=b", "TransactionId=@@idocr200"]).output().unwrap();
    assert_eq!(at.status.code(), Some(4), "@idocr200 is no transaction");
}

#[test]
fn bad_parameters_are_named_and_their_values_are_not_shown() {
    let emulator = emulator();
    let refused = |arguments: &[&str], code, words| {
        let run = finish(&mut served(&emulator, arguments));
        run.refused(code, words);
        assert!(!run.stderr.contains("canary"), "{run:?}");
    };
    refused(&["call", "Initialize", "A=1", "canary"], 2, "parameter 2: must be Name=Value");
    refused(&["call", "Initialize", "=canary"], 2, "parameter 1");
    refused(&["call", "Initialize", "MetaInfo=@"], 2, "MetaInfo: ");
    refused(&["call", "Initialize", "MetaInfo=@/does/not/exist"], 6, "/does/not/exist");
    refused(&["call", "Initialize", "A=canary", "A=canary"], 2, "A");
    refused(&["call", "Initialize", "Signature=canary"], 2, "Signature: ");
    refused(&["call", "not an action"], 2, "ACTION: ");
    assert!(emulator.calls().is_empty());
    refused(&["call", "NoSuchAction", "--unchecked"], 4, "HTTP status 501");
}

#[test]
fn the_table_of_operations_is_shown_and_holds() {
    let emulator = emulator();
    let list = finish(&mut served(&emulator, &["call", "--list"])).fine();
    assert_eq!(list.lines().count(), 50, "{list}");
    assert!(list.contains("\nInitialize "), "{list}");
    let help = run(&["help", "call", "QueryFaceGroup"]).fine();
    assert!(
        help.starts_with("QueryFaceGroup: ") && help.contains("PageSize (integer)") && help.contains("Items[].Id (integer)"),
        "{help}"
    );
    run(&["help", "call", "Initalize"]).refused(2, "did you mean Initialize?");
    let unknown = ["call", "Initalize", "ProductCode=x"];
    finish(&mut served(&emulator, &unknown)).refused(2, "did you mean Initialize?");
    finish(&mut served(&emulator, &["call", "Initialize", "ProductCod=x"])).refused(2, "did you mean ProductCode?");
    assert!(emulator.calls().is_empty());
}
