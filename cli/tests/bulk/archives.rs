use std::fs;

use cloudauth_core::evidence::verify_archive;

use crate::support::{emulator, finish, json, mode};
use crate::world::World;

#[test]
fn each_transaction_has_an_archive_which_is_not_fetched_twice() {
    let ids = ["ekycpro200-no1", "ekycpro205-no2", "idocr200", "pending2"];
    let world = World::new(emulator(), ids);
    let more = ["--in", "ids.csv", "--video-host", "127.0.0.1"];
    let run = finish(&mut world.archive(&more));
    assert_eq!((run.code, &json(&run.stdout)["outcomes"]["fetched"]), (Some(3), &3.into()), "{run:?}");
    let outcomes = world.outcomes();
    for id in &ids[..3] {
        let line = &outcomes[*id][0];
        let folder = world.out().join("archives").join(id);
        assert_eq!((line["folder"].as_str(), mode(&folder)), (Some(&*format!("archives/{id}")), 0o700));
        let report = verify_archive(&folder).unwrap();
        assert!(report.problems.is_empty(), "{report:?}");
        assert_eq!(line["manifest_sha256"].as_str(), report.manifest_sha256.as_deref());
        let result = json(&fs::read_to_string(folder.join("result.json")).unwrap());
        assert_eq!((&line["passed"], &line["sub_code"]), (&result["passed"], &result["sub_code"]));
        let manifest = report.manifest.unwrap();
        assert_eq!((manifest.started_at, manifest.files.contains_key("raw.json")), (None, true), "nobody said when it began");
    }
    assert!(world.out().join("archives/ekycpro200-no1/video.webm").exists());
    assert!(!world.out().join("archives/pending2").exists(), "nothing is left of what is not completed");

    // The ledger is lost; the archives are not.
    for file in ["ledger.db", "ledger.db-wal", "ledger.db-shm", "results.jsonl"] {
        let _ = fs::remove_file(world.out().join(file));
    }
    let calls = world.asked().len();
    let again = finish(&mut world.archive(&more));
    assert_eq!((again.code, world.asked().len()), (Some(3), calls + 1), "{again:?}");
    let same = |lines: &serde_json::Value| {
        let mut line = lines.clone();
        line.as_object_mut().unwrap().remove("ended_at");
        line
    };
    let (before, after) = (&outcomes["ekycpro200-no1"][0], &world.outcomes()["ekycpro200-no1"][0]);
    assert_eq!(same(before), same(after));
}
