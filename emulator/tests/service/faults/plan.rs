use std::time::Duration;

use cloudauth_emulator::{Emulator, Fault, Options};
use serde_json::{Value, json};

use super::raw::{call, start};
use crate::client::{control, get, send};
use crate::signer::{Call, SCHEMES, Scheme};

fn status(emulator: &Emulator, id: &str) -> u16 {
    call(emulator, id).send().status
}

fn parsed(faults: &[&str]) -> Vec<Fault> {
    faults.iter().map(|fault| fault.parse().unwrap()).collect()
}

#[test]
fn a_fault_is_applied_to_one_transaction_or_one_action() {
    let emulator = start("html-502:transaction=idocr200");
    for scheme in SCHEMES {
        let sent = |id| Call { scheme, ..call(&emulator, id) }.send().status;
        assert_eq!((sent("idocr200"), sent("idocr212")), (502, 200));
    }
    let emulator = start("html-502:action=Initialize");
    for scheme in SCHEMES {
        let initialize = Call::new(&emulator, scheme, "Initialize", &[]).send();
        assert_eq!((initialize.status, status(&emulator, "idocr200")), (502, 200));
    }
}

#[test]
fn the_next_ones_a_time_and_a_share() {
    let emulator = start("empty-503:next=2");
    let statuses: Vec<_> = (0..4).map(|_| status(&emulator, "idocr200")).collect();
    assert_eq!(statuses, [503, 503, 200, 200]);

    let emulator = start("json-503:for=300ms");
    assert_eq!(status(&emulator, "idocr200"), 503);
    std::thread::sleep(Duration::from_millis(310));
    assert_eq!(status(&emulator, "idocr200"), 200);

    let emulator = start("empty-503:rate=0.5");
    let applied = (0..60).filter(|number| status(&emulator, &format!("idocr200-no{number}")) == 503).count();
    assert!((15..=45).contains(&applied), "{applied}");
}

#[test]
fn the_same_seed_chooses_the_same_calls_in_any_order() {
    let run = |seed, order: &mut dyn Iterator<Item = u32>| {
        let options = Options { faults: parsed(&["empty-503", "html-502"]), fault_rate: Some(0.3), seed, ..Options::default() };
        let emulator = Emulator::start(options).unwrap();
        for number in order {
            for _ in 0..2 {
                status(&emulator, &format!("idocr200-no{number}"));
            }
        }
        let mut applied: Vec<_> =
            emulator.attempts().into_iter().map(|attempt| (attempt.transaction_id.to_string(), attempt.fault)).collect();
        // Stable: the two attempts of an id stay in their order.
        applied.sort_by(|one, other| one.0.cmp(&other.0));
        applied
    };
    let first = run(1, &mut (0..40));
    assert_eq!(first, run(1, &mut (0..40).rev()));
    assert_ne!(first, run(2, &mut (0..40)));
    let count = first.iter().filter(|(_, fault)| fault.is_some()).count();
    assert!((8..=40).contains(&count), "{count}");
}

#[test]
fn faults_are_set_and_ended_while_it_runs() {
    let emulator = Emulator::start(Options::default()).unwrap();
    emulator.set_faults(parsed(&["html-502:next=1", "empty-503"]), None, 0).unwrap();
    assert_eq!((status(&emulator, "idocr200"), status(&emulator, "idocr200")), (502, 503));
    let set: Vec<_> = emulator.faults().into_iter().map(|(fault, applied)| (fault.to_string(), applied)).collect();
    assert_eq!(set, [("html-502:next=1".to_owned(), 1), ("empty-503".to_owned(), 1)]);
    emulator.set_faults(Vec::new(), None, 0).unwrap();
    assert_eq!(status(&emulator, "idocr200"), 200);
    let refused = emulator.set_faults(parsed(&["tls-expired"]), None, 0).unwrap_err();
    assert_eq!(refused.to_string(), "faults: tls-expired needs an emulator with TLS");
}

#[test]
fn control_calls_set_and_end_faults_and_suffer_none() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let endpoint = emulator.endpoint();
    let set = control(endpoint, "faults", &json!({"faults": ["empty-503:rate=1", "latency"], "rate": 0.5, "seed": 9})).json();
    let expected = json!({
        "faults": [{"fault": "empty-503:rate=1", "struck": 0}, {"fault": "latency", "struck": 0}],
        "rate": 0.5,
        "seed": 9,
    });
    assert_eq!(set, expected);
    assert_eq!(status(&emulator, "idocr200"), 503);
    assert_eq!(get(&format!("{endpoint}/control/faults")).json()["faults"][0]["struck"], 1);
    let ended = send(endpoint, "DELETE", "/control/faults", &[], b"").json();
    assert_eq!(ended, json!({"faults": [], "rate": null, "seed": 0}));
    assert_eq!(status(&emulator, "idocr200"), 200);
}

#[test]
fn a_control_call_that_is_wrong_changes_nothing() {
    let emulator = start("empty-503");
    let error = |arguments: Value| {
        let reply = control(emulator.endpoint(), "faults", &arguments);
        assert_eq!(reply.status, 400);
        reply.json()["error"].as_str().unwrap().to_owned()
    };
    assert!(error(json!({})).starts_with("faults: must be a list of texts"));
    assert!(error(json!({"faults": [1]})).starts_with("faults: must be a list of texts"));
    assert!(error(json!({"faults": ["nothing"]})).starts_with("nothing: not a fault; they are latency,"));
    assert_eq!(error(json!({"faults": [], "rate": "x"})), "rate: must be a number");
    assert_eq!(error(json!({"faults": [], "rate": 2})), "fault_rate: must be a share from 0 to 1");
    assert_eq!(error(json!({"faults": [], "seed": -1})), "seed: must be a whole number from 0");
    assert_eq!(error(json!({"faults": ["tls-1.1"]})), "faults: tls-1.1 needs an emulator with TLS");
    assert_eq!(status(&emulator, "idocr200"), 503);
}

#[test]
fn initialize_is_done_though_its_reply_is_lost() {
    let emulator = start("reset-before-headers:action=Initialize");
    let parameters = [("ProductCode", "ID_OCR"), ("MerchantBizId", "biz1"), ("MetaInfo", "{}"), ("DocType", "passport")];
    let begin = Call::new(&emulator, Scheme::Acs3, "Initialize", &parameters);
    let mut stream = crate::client::connect(emulator.endpoint());
    super::raw::ask(&mut stream, &begin);
    let known = get(&format!("{}/control/transactions", emulator.endpoint())).json();
    assert_eq!(known["transactions"].as_array().unwrap().len(), 1, "a client that sends it again begins a second one");
}
