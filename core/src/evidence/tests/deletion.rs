use std::fs;
use std::path::Path;

use super::disks::{FailingDisk, Fails};
use super::service::{Answer, Service};
use super::{names, of};
use crate::disk::{Disk, SystemDisk};
use crate::error::Result;
use crate::evidence::Archived;
use crate::evidence::receipt::Receipt;
use crate::evidence::{Deletion, DeletionOutcome, Objection, Plan, Wanted, verify_archive};
use crate::request::CheckResultRequest;
use crate::result::{Problem, Value};
use crate::video::Hosts;

type Prepare<'a> = &'a dyn Fn(&Service);

const ALL: Wanted = Wanted { raw: true, images: true, video: true };

type Outcome = (Archived, Option<DeletionOutcome>);

fn archive(service: &Service, disk: &dyn Disk, into: &Path, wanted: Wanted, even_so: &[Objection]) -> Result<Outcome> {
    let plan = Plan {
        into,
        of: of("hks1"),
        request: CheckResultRequest::new("biz1", "hks1"),
        wanted,
        expects_video: false,
        hosts: Hosts::default(),
        max_video_bytes: 1,
        deletion: Some(Deletion { delete_type: "All", even_so: even_so.to_vec() }),
    };
    plan.run(service, disk)
}

fn withheld((_, deletion): &Outcome) -> Vec<&'static str> {
    match deletion {
        Some(DeletionOutcome::Withheld(objections)) => objections.iter().map(|one| one.name()).collect(),
        _ => Vec::new(),
    }
}

/// What the last request came to, and the last check.
fn outcome((_, deletion): &Outcome) -> (&'static str, &'static str) {
    match deletion {
        Some(DeletionOutcome::Asked(receipt, at)) => {
            (receipt.asked(*at).unwrap().name(), receipt.afterwards(*at).unwrap().name())
        }
        _ => ("", ""),
    }
}

fn receipt(folder: &Path) -> Option<Receipt> {
    let json = fs::read(folder.join("receipt.json")).ok()?;
    Some(Receipt::read(&json).unwrap())
}

/// The requests of a receipt, by what they came to.
fn requests(folder: &Path) -> Vec<String> {
    let fields = receipt(folder).map(|receipt| receipt.to_fields()).unwrap_or_default();
    let requests = fields.get("requests").and_then(Value::as_array).cloned().unwrap_or_default();
    requests.iter().map(|request| request["outcome"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_is_archived_is_deleted_once_and_the_receipt_says_so() {
    let place = tempfile::tempdir().unwrap();
    let service = Service::new(&[Answer::Deleted]);
    for is_new in [true, false, false] {
        let archived = archive(&service, &SystemDisk, place.path(), ALL, &[]).unwrap();
        assert_eq!((archived.0.is_new, outcome(&archived)), (is_new, ("deleted", "absent")));
    }
    assert_eq!((service.deletions.get(), service.questions.get()), (1, 2));
    let fields = receipt(place.path()).unwrap().to_fields();
    let (request, check) = (&fields["requests"][0], &fields["requests"][0]["checks"][0]);
    assert_eq!(
        (&request["request_id"], &request["code"], &request["delete_type"]),
        (&"R-2".into(), &"200".into(), &"All".into())
    );
    assert_eq!((&check["code"], &check["error"]), (&"TransactionIdInvalid".into(), &"invalid_request".into()));
    assert!(names(place.path()).contains(&"receipt.json".to_owned()));
    assert!(verify_archive(place.path()).unwrap().is_complete());
    let path = place.path().join("receipt.json");
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(&path, changed).unwrap();
        assert!(verify_archive(place.path()).is_err() || !verify_archive(place.path()).unwrap().is_complete(), "byte {at}");
    }
}

#[test]
fn what_the_service_answers_is_what_the_receipt_claims() {
    for (answers, runs) in [
        (vec![Answer::Refused], vec![("refused", "still_there"), ("refused", "still_there")]),
        (vec![Answer::Refused, Answer::Deleted], vec![("refused", "still_there"), ("deleted", "absent")]),
        (vec![Answer::LostReply], vec![("unknown", "absent"), ("unknown", "absent")]),
        // In one run, it is never asked for twice.
        (vec![Answer::LostRequest, Answer::Deleted], vec![("unknown", "still_there"), ("deleted", "absent")]),
    ] {
        let (place, service) = (tempfile::tempdir().unwrap(), Service::new(&answers));
        for run in runs {
            let archived = archive(&service, &SystemDisk, place.path(), ALL, &[]).unwrap();
            assert_eq!(outcome(&archived), run, "{answers:?}");
        }
    }
    let (place, service) = (tempfile::tempdir().unwrap(), Service::new(&[Answer::Unsent, Answer::Denied, Answer::Deleted]));
    let run = || archive(&service, &SystemDisk, place.path(), ALL, &[]);
    assert!(run().is_err());
    assert!(verify_archive(place.path()).unwrap().is_complete() && receipt(place.path()).is_none());
    assert_eq!(run().err().unwrap().code(), Some("NoPermission"));
    assert_eq!(requests(place.path()), ["refused"]);
    assert_eq!(outcome(&run().unwrap()), ("deleted", "absent"));
    assert_eq!(requests(place.path()), ["refused", "deleted"]);
}

#[test]
fn what_stands_against_it_keeps_it_at_the_service() {
    let bare = |service: &Service| service.has.borrow_mut().face.as_mut().unwrap().video_url = Some("https://x".to_owned());
    let nothing = |_: &Service| {};
    let cases: [(Prepare<'_>, Wanted, &str, Objection); 4] = [
        (
            &|service| {
                let mut has = service.has.borrow_mut();
                (has.passed, has.extra) = (None, [("Passed".to_owned(), "P".into())].into_iter().collect());
            },
            ALL,
            "pending",
            Objection::Pending,
        ),
        (&nothing, Wanted { images: false, ..ALL }, "no_pictures", Objection::NoPictures),
        (&bare, Wanted { video: false, ..ALL }, "no_video", Objection::NoVideo),
        (
            &|service| {
                let problem = Problem { path: "a".to_owned(), reason: "b", text: String::new() };
                service.has.borrow_mut().problems.push(problem);
            },
            ALL,
            "problems",
            Objection::Problems,
        ),
    ];
    for (prepare, wanted, name, objection) in cases {
        let (place, service) = (tempfile::tempdir().unwrap(), Service::new(&[Answer::Deleted]));
        prepare(&service);
        for others in [vec![], Objection::ALL.into_iter().filter(|one| *one != objection).collect()] {
            let archived = archive(&service, &SystemDisk, place.path(), wanted, &others).unwrap();
            assert_eq!(withheld(&archived), [name]);
            assert_eq!((service.deletions.get(), receipt(place.path()).is_none()), (0, true), "{name}");
        }
        let archived = archive(&service, &SystemDisk, place.path(), wanted, &[objection]).unwrap();
        assert_eq!((outcome(&archived), service.deletions.get()), (("deleted", "absent"), 1), "{name}");
        let fields = receipt(place.path()).unwrap().to_fields();
        assert_eq!(fields["requests"][0]["even_so"], serde_json::json!([name]));
    }
}

#[test]
fn a_verdict_that_was_to_come_is_fetched_by_a_later_run() {
    let (place, service) = (tempfile::tempdir().unwrap(), Service::new(&[Answer::Deleted]));
    let verdict = service.has.borrow().passed;
    (service.has.borrow_mut().passed, service.has.borrow_mut().extra) =
        (None, [("Passed".to_owned(), "P".into())].into_iter().collect());
    let mut hashes = Vec::new();
    for is_new in [true, false] {
        let archived = archive(&service, &SystemDisk, place.path(), ALL, &[]).unwrap();
        assert_eq!((archived.0.is_new, archived.0.manifest.lacks("verdict")), (is_new, Some("pending")));
        hashes.push(archived.0.manifest_sha256);
    }
    assert_eq!(hashes[0], hashes[1]);
    service.has.borrow_mut().passed = verdict;
    service.has.borrow_mut().extra.clear();
    // A run that asks for less takes nothing away.
    let archived = archive(&service, &SystemDisk, place.path(), Wanted { images: false, ..ALL }, &[]).unwrap();
    assert_eq!(
        (archived.0.is_new, archived.0.result["passed"].as_bool(), outcome(&archived)),
        (true, verdict, ("deleted", "absent"))
    );
    assert!(archived.0.manifest.files.contains_key("face.jpg"));
}

/// Whatever step of the disk fails, and wherever the machine stops, nothing is deleted that is not archived, and never twice.
#[test]
fn no_failure_of_the_disk_deletes_what_is_not_archived() {
    for answers in [
        vec![Answer::Deleted],
        vec![Answer::LostReply],
        vec![Answer::Refused, Answer::Deleted],
        vec![Answer::LostRequest, Answer::Deleted],
    ] {
        let count = {
            let (place, disk) = (tempfile::tempdir().unwrap(), FailingDisk::new(Fails::Never));
            archive(&Service::new(&answers), &disk, &place.path().join("a"), ALL, &[]).unwrap();
            disk.steps.into_inner().unwrap().len()
        };
        for at in 1..=count {
            for fails in [Fails::Once(at), Fails::Crashes(at)] {
                let (place, service) = (tempfile::tempdir().unwrap(), Service::new(&answers));
                let folder = place.path().join("a");
                let _ = archive(&service, &FailingDisk::new(fails), &folder, ALL, &[]);
                let asked = service.deletions.get() as usize;
                assert!(asked == 0 || verify_archive(&folder).unwrap().is_complete(), "{answers:?} {fails:?}");
                assert!(asked == 0 || requests(&folder).len() >= asked, "{answers:?} {fails:?}");
                for _ in 0..2 {
                    archive(&service, &SystemDisk, &folder, ALL, &[]).unwrap_or_else(|error| panic!("{fails:?}: {error}"));
                }
                assert!(service.is_deleted.get(), "{answers:?} {fails:?}");
                let refused = answers.iter().filter(|answer| **answer == Answer::Refused).count();
                assert_eq!(service.deletions.get() as usize, 1 + refused, "{answers:?} {fails:?}");
                assert!(verify_archive(&folder).unwrap().is_complete());
            }
        }
    }
}

#[test]
fn the_caller_has_the_receipt_first_and_may_forbid_the_request() {
    let (place, service) = (tempfile::tempdir().unwrap(), Service::new(&[Answer::Deleted]));
    service.forbids.set(true);
    let refused = archive(&service, &SystemDisk, place.path(), ALL, &[]).err().unwrap();
    assert_eq!((refused.message(), service.deletions.get(), receipt(place.path()).is_none()), ("no copy", 0, true));
    assert!(verify_archive(place.path()).unwrap().is_complete());
    service.forbids.set(false);
    let archived = archive(&service, &SystemDisk, place.path(), ALL, &[]).unwrap();
    assert_eq!((outcome(&archived), service.deletions.get()), (("deleted", "absent"), 1));
    let seen = service.receipts.borrow();
    assert_eq!(seen.len(), 2);
    for json in &*seen {
        let fields = Receipt::read(json.as_bytes()).unwrap().to_fields();
        assert_eq!(fields["requests"][0]["outcome"], "unknown", "{json}");
    }
    archive(&service, &SystemDisk, place.path(), ALL, &[]).unwrap();
    assert_eq!(service.receipts.borrow().len(), 2, "nothing is sent, and nobody is asked");
}
