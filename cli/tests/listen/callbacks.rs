use std::fs;
use std::os::unix::fs::PermissionsExt;

use cloudauth_ledger::Ledger;

use crate::flows::{begin, note};
use crate::service::{World, until};

#[test]
fn a_callback_is_noted_and_its_verification_archived_once() {
    let world = World::new();
    let flows = begin(&world.emulator, 2, |number| number == 0);
    note(&world, &flows);
    let service = world.listen(&[]);
    assert_eq!(service.get("/healthz"), (200, "ok\n".to_owned()));
    assert_eq!(service.get(&format!("/callback?{}", flows[0].query())), (200, "noted\n".to_owned()));
    world.until_results(1);
    // The service may call again.
    assert_eq!(service.get(&format!("/callback?{}", flows[0].query())).0, 200);
    assert_eq!(service.metric("cloudauth_callbacks_total{outcome=\"noted\"}"), 1);
    assert_eq!(service.metric("cloudauth_callbacks_total{outcome=\"repeated\"}"), 1);
    assert_eq!(service.metric("cloudauth_fetches_total{outcome=\"fetched\"}"), 1);
    assert_eq!(service.metric("cloudauth_transactions_open"), 1);
    service.stop_in_order();
    assert_eq!(world.results()[&flows[0].id], (1, "fetched".to_owned()));
    assert_eq!(world.asked(), [(flows[0].id.clone(), 1)].into());
    let archive = world.folder.path().join("out/archives").join(&flows[0].id);
    let report = cloudauth_core::evidence::verify_archive(&archive).unwrap();
    assert!(report.problems.is_empty() && archive.join("face.jpg").exists(), "{report:?}");
    for file in fs::read_dir(world.folder.path()).unwrap().map(Result::unwrap).filter(|file| file.file_type().unwrap().is_file())
    {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
    }
}

#[test]
fn what_is_forged_changes_nothing_and_learns_nothing() {
    let world = World::new();
    let flows = begin(&world.emulator, 2, |_| true);
    note(&world, &flows);
    let all = || {
        let ledger = Ledger::open(&world.ledger()).unwrap();
        flows.iter().map(|flow| ledger.find(&flow.id).unwrap()).collect::<Vec<_>>()
    };
    let (before, service) = (all(), world.listen(&[]));
    let (own, other) = (&flows[0], &flows[1]);
    let id = &own.id;
    for (query, status) in [
        (format!("transactionId={id}&passed=Y&subcode=200"), 403),
        (format!("transactionId={id}&callbackToken="), 403),
        (format!("transactionId={id}&callbackToken=guess"), 403),
        (format!("transactionId={id}&callbackToken={}", other.token), 403),
        (format!("transactionId={id}&callbackToken={}x", own.token), 403),
        (format!("transactionId={id}&callbackToken=guess&callbackToken={}", own.token), 403),
        (format!("transactionId=hks1&callbackToken={}", own.token), 403),
        (format!("transactionId={id}&transactionId={}&callbackToken={}", other.id, own.token), 400),
        (format!("transactionId=%&callbackToken={}", own.token), 400),
        (String::new(), 400),
    ] {
        assert_eq!(service.get(&format!("/callback?{query}")), (status, String::new()), "{query}");
    }
    let post = format!("POST /callback?{} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n", own.query());
    assert_eq!(service.send(&post).0, 405);
    assert_eq!(service.get(&format!("/elsewhere?{}", own.query())).0, 404);
    assert_eq!(service.get(&format!("/callback?x={}", "y".repeat(200_000))).0, 431);
    assert_eq!(service.metric("cloudauth_callbacks_total{outcome=\"noted\"}"), 0);
    service.stop_in_order();
    assert_eq!((all(), world.asked().len(), world.results().len()), (before, 0, 0));
}

#[test]
fn a_result_that_is_late_is_asked_for_again_and_one_that_is_gone_is_final() {
    let world = World::new();
    let mut flows = begin(&world.emulator, 2, |_| false);
    // The service knows no such transaction.
    let id = "hks00000000000000000000000000000";
    flows[1].json = flows[1].json.replace(&flows[1].id, id);
    id.clone_into(&mut flows[1].id);
    note(&world, &flows);
    let service = world.listen(&[]);
    // The order of the callback and the result is promised nowhere.
    for flow in &flows {
        assert_eq!(service.get(&format!("/callback?{}", flow.query())).0, 200);
    }
    until(|| world.asked().len() == 2);
    world.emulator.finish(&flows[0].id, "205").unwrap();
    world.until_results(2);
    service.stop_in_order();
    let results = world.results();
    assert_eq!((&*results[&flows[0].id].1, &*results[id].1), ("fetched", "gone"));
    assert!(world.asked()[&flows[0].id] >= 2 && world.asked()[id] == 1);
}
