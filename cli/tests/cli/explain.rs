use crate::support::{json, run};

fn row<'a>(table: &'a str, label: &str) -> &'a str {
    let line = table.lines().find_map(|line| line.strip_prefix(label)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {label}: {table}")).trim()
}

#[test]
fn a_sub_code_has_meaning_cause_advice_and_price() {
    let said = run(&["explain", "212"]).fine();
    assert_eq!(row(&said, "SubCode"), "212");
    assert_eq!(row(&said, "action"), "reject");
    assert_eq!(row(&said, "billed"), "yes");
    assert_eq!(row(&said, "products"), "eKYC_PRO, ID_OCR");
    assert!(row(&said, "cause").contains("photocopy"), "{said}");
    assert!(!row(&said, "what to do").is_empty() && row(&said, "retry").starts_with("no"), "{said}");
}

#[test]
fn a_response_code_says_whether_to_retry() {
    let said = run(&["explain", "throttling.api"]).fine();
    assert_eq!(row(&said, "code"), "Throttling.Api");
    assert_eq!(row(&said, "retry"), "yes, after a pause");
    assert_eq!(row(&said, "exit code"), "4");
    assert_eq!(row(&run(&["explain", "Throttling.Whatever"]).fine(), "code"), "Throttling.*");
    assert_eq!(row(&run(&["explain", "Success"]).fine(), "exit code"), "0");
}

#[test]
fn a_code_of_the_client_is_no_verdict() {
    let said = run(&["explain", "A1006_2"]).fine();
    assert_eq!(row(&said, "client code"), "A1006_2");
    assert_eq!(row(&said, "meaning"), "The person left before the end: nothing was done for 15 minutes.");
    assert_eq!(row(&said, "billed"), "no");
    assert!(row(&run(&["explain", "1000"]).fine(), "what to do").contains("No code of the client is a verdict"));
}

#[test]
fn a_kind_lists_its_codes() {
    let said = run(&["explain", "not_completed"]).fine();
    assert_eq!(row(&said, "exit code"), "3");
    assert_eq!(row(&said, "codes"), "ProcessNotCompleted");
}

#[test]
fn json_holds_the_same() {
    let of = |code: &str| json(&run(&["explain", code, "--format", "json"]).fine());
    let sub_code = of("233");
    assert_eq!((&sub_code["type"], &sub_code["billed"]), (&"sub_code".into(), &true.into()));
    assert_eq!(sub_code["products"], serde_json::json!(["FACE_LIVENESS"]));
    let client = of("1001");
    assert_eq!((&client["type"], &client["billed"]), (&"client_code".into(), &true.into()));
    assert_eq!(of("ProcessNotCompleted")["exit_code"], 3);
    assert_eq!(of("network")["retryable"], true);
}

#[test]
fn what_is_not_known_brings_what_is() {
    let unknown = run(&["explain", "nope"]);
    unknown.refused(2, "CODE: ");
    for word in ["233", "Throttling.Api", "not_completed"] {
        unknown.refused(2, word);
    }
}
