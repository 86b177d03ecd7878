use std::collections::HashSet;
use std::time::Duration;

use cloudauth_ledger::{Addition, Begun, Deletion, Deletions, Ending, Error, Ledger, Outcome, Pass, Place};

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
    for id in ["a", "b", "c", "d"] {
        add(&mut ledger, begun(id), at(0));
    }
    let fetched = Outcome { folder: Some("archives/a".into()), passed: Some(true), ..Outcome::new(Ending::Fetched) };
    assert_eq!(end(&mut ledger, "a", &fetched), Some(1));
    assert_eq!(end(&mut ledger, "b", &Outcome::new(Ending::Fetched)), Some(2), "without an archive");
    assert_eq!(end(&mut ledger, "c", &fetched), Some(3));
    let mut pass = ledger.undeleted().unwrap();
    assert_eq!(end(&mut ledger, "d", &fetched), Some(4));
    assert_eq!(ledger.undeleted_count().unwrap(), 3);
    assert!(ledger.next_undeleted(&mut pass, 0).unwrap().is_empty(), "there was no room");
    let first = ledger.next_undeleted(&mut pass, 1).unwrap();
    assert_eq!((ids(&first), first[0].folder.as_deref()), (vec!["a"], Some("archives/a")));
    // Only its deletion is noted of what has an outcome.
    let withheld =
        Deletion { outcome: "withheld".into(), withheld_for: vec!["pending".into(), "problems".into()], ..Deletion::default() };
    let with = |deletion: &Deletion, of: &Outcome| Outcome { deletion: Some(deletion.clone()), ..of.clone() };
    assert_eq!(end(&mut ledger, "a", &with(&withheld, &Outcome::new(Ending::Gone))), None);
    assert_eq!(ids(&ledger.next_undeleted(&mut pass, 9).unwrap()), ["c"], "what came later is the next pass's");
    assert!(ledger.next_undeleted(&mut pass, 9).unwrap().is_empty());
    let deleted = Deletion { outcome: "deleted".into(), afterwards: Some("absent".into()), is_done: true, ..Deletion::default() };
    assert_eq!(end(&mut ledger, "c", &with(&deleted, &fetched)), None);
    let mut found = Vec::new();
    ledger
        .outcomes(0, |transaction, outcome, _| -> Result<(), Error> {
            found.push((transaction.begun.transaction_id, outcome));
            Ok(())
        })
        .unwrap();
    let named = |id: &str, outcome| (id.to_owned(), outcome);
    assert_eq!(
        found,
        [
            named("a", with(&withheld, &fetched)),
            named("b", Outcome::new(Ending::Fetched)),
            named("c", with(&deleted, &fetched)),
            named("d", fetched),
        ]
    );
    let numbered = |id| ledger.find(id).unwrap().unwrap().number;
    assert_eq!((ledger.deleted_at(numbered("a")).unwrap(), ledger.deleted_at(numbered("c")).unwrap()), (None, Some(at(7))));
    let counted = |name: &str, count| (name.to_owned(), count);
    let by_outcome = vec![counted("deleted", 1), counted("withheld", 1)];
    assert_eq!(ledger.deletions().unwrap(), Deletions { by_outcome, not_asked: 2, kept: 3 });
    assert_eq!(ids(&ledger.next_undeleted(&mut ledger.undeleted().unwrap(), 9).unwrap()), ["a", "d"], "c is gone");
}

#[test]
fn a_ledger_of_the_first_version_is_taken_over() {
    let folder = Folder::new();
    add(&mut folder.ledger(), begun("a"), at(0));
    let sql = rusqlite::Connection::open(folder.path()).unwrap();
    for column in ["deletion", "withheld_for", "afterwards"] {
        sql.execute_batch(&format!("ALTER TABLE transactions DROP COLUMN {column}")).unwrap();
    }
    sql.execute_batch("DROP TABLE ledger").unwrap();
    sql.pragma_update(None, "user_version", 1).unwrap();
    drop(sql);
    let mut ledger = folder.ledger();
    assert_eq!(end(&mut ledger, "a", &Outcome::new(Ending::Gone)), Some(1));
    assert!(ledger.deletions().unwrap().by_outcome.is_empty());
    let id = ledger.id().unwrap();
    assert!(id.len() == 32 && folder.ledger().id().unwrap() == id && Folder::new().ledger().id().unwrap() != id);
}
