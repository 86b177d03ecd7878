use std::collections::HashSet;
use std::time::Duration;

use cloudauth_ledger::{Addition, Begun, Ending, Error, Ledger, Outcome, Pass, Place};

use crate::support::{Folder, add, at, begun, ids};

fn end(ledger: &mut Ledger, id: &str, outcome: &Outcome) -> Option<i64> {
    let number = ledger.find(id).unwrap().unwrap().number;
    let mut batch = ledger.batch().unwrap();
    let place = batch.end(number, outcome, at(7)).unwrap();
    batch.commit().unwrap();
    place
}

#[test]
fn a_transaction_comes_back_as_it_was_and_is_there_once() {
    let folder = Folder::new();
    let whole = Begun {
        transaction_id: "a".to_owned(),
        merchant_biz_id: "order1".to_owned(),
        place: Some(Place::Endpoint("http://127.0.0.1:8080".to_owned())),
        product_code: Some("eKYC_PRO".to_owned()),
        begun_at: Some(at(0)),
        has_video: true,
        started: Some("{\"callback_token\":\"canary\"}".to_owned()),
    };
    let mut ledger = folder.ledger();
    assert!(add(&mut ledger, whole.clone(), at(5)));
    let other = Begun { merchant_biz_id: "order2".to_owned(), ..whole.clone() };
    let mut batch = ledger.batch().unwrap();
    assert_eq!(batch.add(whole.clone(), at(6)).unwrap(), Addition::Known);
    assert_eq!(batch.add(other, at(6)).unwrap(), Addition::Clash);
    batch.commit().unwrap();
    assert!(add(&mut ledger, Begun { place: Some(Place::Region("cn-hongkong".to_owned())), ..begun("b") }, at(5)));
    drop(ledger);
    let found = folder.ledger().find("a").unwrap().unwrap();
    assert_eq!((&found.begun, found.added_at, found.callback_at, found.failures), (&whole, at(5), None, 0));
    let other = folder.ledger().find("b").unwrap().unwrap();
    assert_eq!((other.begun.place, other.begun.begun_at), (Some(Place::Region("cn-hongkong".to_owned())), None));
    assert_eq!(folder.ledger().find("c").unwrap(), None);
    assert!(!format!("{found:?}").contains("canary") && !format!("{found:?}").contains("order1"), "{found:?}");
}

#[test]
fn outcomes_are_final_and_come_in_the_order_they_were_noted() {
    let folder = Folder::new();
    let mut ledger = folder.ledger();
    for id in ["a", "b", "c"] {
        add(&mut ledger, begun(id), at(0));
    }
    let failed = Outcome {
        kind: Some("invalid_request".into()),
        code: Some("TransactionIdInvalid".into()),
        ..Outcome::new(Ending::Failed)
    };
    let fetched = Outcome {
        passed: Some(true),
        sub_code: Some("200".into()),
        action: Some("accept".into()),
        face_score: Some(98.5),
        request_id: Some("R".into()),
        folder: Some("archives/a".into()),
        manifest_sha256: Some("00".into()),
        ..Outcome::new(Ending::Fetched)
    };
    assert_eq!(end(&mut ledger, "c", &failed), Some(1));
    assert_eq!(end(&mut ledger, "a", &fetched), Some(2));
    assert_eq!(end(&mut ledger, "a", &failed), None, "the first stays");
    let read = |after| {
        let mut found = Vec::new();
        let ledger = folder.ledger();
        ledger
            .outcomes(after, |transaction, outcome, ended_at| -> Result<(), Error> {
                found.push((transaction.begun.transaction_id, outcome, ended_at));
                Ok(())
            })
            .unwrap();
        found
    };
    assert_eq!(read(0), [("c".to_owned(), failed, at(7)), ("a".to_owned(), fetched.clone(), at(7))]);
    assert_eq!(read(1), [("a".to_owned(), fetched, at(7))]);
    let counts = ledger.counts().unwrap();
    assert_eq!((counts.open, counts.all_ended(), counts.of(Ending::Fetched), counts.of(Ending::Gone)), (1, 2, 1, 0));
    assert_eq!(ids(&ledger.next(&mut Pass::begin(at(0)), 9).unwrap()), ["b"]);
}

#[test]
fn a_callback_makes_a_transaction_due_and_its_second_changes_nothing() {
    let folder = Folder::new();
    let mut ledger = folder.ledger();
    add(&mut ledger, Begun { begun_at: Some(at(0)), has_video: true, ..begun("a") }, at(0));
    add(&mut ledger, Begun { begun_at: Some(at(1)), ..begun("b") }, at(1));
    let due = |ledger: &Ledger, under_way: &[i64], minutes| {
        let under_way: HashSet<i64> = under_way.iter().copied().collect();
        ids(&ledger.due(&under_way, at(minutes), 9).unwrap()).join(" ")
    };
    assert_eq!(due(&ledger, &[], 44), "");
    assert_eq!(due(&ledger, &[], 45), "a", "nobody called");
    assert_eq!(due(&ledger, &[], 46), "a b");
    let noted = |ledger: &mut Ledger, minutes| {
        let transaction = ledger.find("b").unwrap().unwrap();
        let mut batch = ledger.batch().unwrap();
        let noted = batch.note_callback(&transaction, at(minutes)).unwrap();
        batch.commit().unwrap();
        noted
    };
    assert!(noted(&mut ledger, 10));
    assert!(!noted(&mut ledger, 11));
    let b = ledger.find("b").unwrap().unwrap();
    assert_eq!(b.callback_at, Some(at(10)));
    assert_eq!((&*due(&ledger, &[], 10), &*due(&ledger, &[b.number], 10)), ("b", ""));
    // Asked in vain, it waits.
    let mut batch = ledger.batch().unwrap();
    batch.note_failure(b.number, "throttled", Some("Throttling.Api"), at(12)).unwrap();
    batch.commit().unwrap();
    assert_eq!((&*due(&ledger, &[], 11), &*due(&ledger, &[], 12)), ("", "b"));
    assert_eq!(ledger.find("b").unwrap().unwrap().failures, 1);
    assert_eq!(ledger.failures().unwrap(), [("throttled".to_owned(), 1)]);
    // The clock is a year back: what would wait for so long is due.
    let year = Duration::from_hours(24 * 365);
    assert_eq!(ids(&ledger.due(&HashSet::new(), at(11) - year, 9).unwrap()), ["a", "b"]);
}

#[test]
fn a_deletion_is_noted_beside_the_outcome() {
    let folder = Folder::new();
    let mut ledger = folder.ledger();
    add(&mut ledger, begun("a"), at(0));
    let number = ledger.find("a").unwrap().unwrap().number;
    assert_eq!(ledger.deleted_at(number).unwrap(), None);
    let mut batch = ledger.batch().unwrap();
    batch.note_deletion(number, at(3)).unwrap();
    batch.commit().unwrap();
    assert_eq!(ledger.deleted_at(number).unwrap(), Some(at(3)));
}
