//! A video that does not come, and a result that does.

use std::fs;
use std::time::{Duration, SystemTime};

use cloudauth_core::evidence::verify_archive;

use crate::support::{Run, emulator, finish, json};
use crate::world::World;

const ID: &str = "ekycpro200-no1";

/// Of one transaction, which began so many minutes ago.
fn world(minutes: u64) -> World {
    let world = World::new(emulator(), [""; 0]);
    let begun = humantime::format_rfc3339_seconds(SystemTime::now() - Duration::from_mins(minutes));
    fs::write(world.list(), format!("transaction_id,merchant_biz_id,begun\n{ID},order1,{begun}\n")).unwrap();
    world
}

fn run(world: &World, more: &[&str]) -> Run {
    finish(&mut world.archive(&[&["--in", "ids.csv", "--resume"], more].concat()))
}

const HOST: [&str; 2] = ["--video-host", "127.0.0.1"];

/// Options of a run in which the video fails, a fault of the emulator's, and the kind of the failure.
const FAILURES: [(&[&str], &str, &str); 3] = [
    (&HOST, "html-200:action=video", "protocol"),
    (&[], "", "blocked"),
    (&["--max-video-bytes", "10", "--video-host", "127.0.0.1"], "", "too_large"),
];

fn fail(world: &World, fault: &str) {
    let faults = Some(fault).filter(|fault| !fault.is_empty()).map(|fault| fault.parse().unwrap());
    world.emulator.set_faults(faults.into_iter().collect(), None, 0).unwrap();
}

#[test]
fn while_it_lives_it_is_asked_for_again() {
    for (options, fault, kind) in FAILURES {
        let world = world(10);
        fail(&world, fault);
        let first = run(&world, options);
        assert_eq!((first.code, &json(&first.stdout)["put_off"][kind]), (Some(3), &1.into()), "{first:?}");
        let hints = [("blocked", "--video-host HOST allows one"), ("too_large", "--max-video-bytes N allows larger ones")];
        for (of, hint) in hints {
            assert_eq!(first.stderr.contains(hint), kind == of, "{first:?}");
        }
        assert!(world.outcomes().is_empty());
        fail(&world, "");
        assert_eq!(run(&world, &HOST).code, Some(0));
        assert!(world.out().join("archives").join(ID).join("video.webm").exists());
        assert!(world.outcomes()[ID][0]["kind"].is_null());
    }
}

#[test]
fn once_its_time_is_over_the_rest_is_kept_without_it() {
    for (options, fault, kind) in FAILURES {
        let world = world(61);
        fail(&world, fault);
        let first = run(&world, options);
        assert_eq!(first.code, Some(0), "{first:?}");
        let line = &world.outcomes()[ID][0];
        assert_eq!((&line["outcome"], &line["passed"], &line["kind"]), (&"fetched".into(), &true.into(), &kind.into()), "{line}");
        let report = verify_archive(world.out().join("archives").join(ID)).unwrap();
        assert!(report.is_complete());
        assert_eq!(report.manifest.unwrap().missing.get("video").map(String::as_str), Some("not_asked"));
        // Nor is it deleted at the service without it.
        let deletion = run(&world, &[options, &["--then-delete", "All"]].concat());
        let line = &world.outcomes()[ID][0];
        assert_eq!((deletion.code, &line["withheld_for"][0]), (Some(1), &"no_video".into()), "{line}");
    }
}

#[test]
fn a_reply_that_is_somebody_elses_is_no_outcome() {
    let world = World::new(emulator(), [ID]);
    fail(&world, "html-200:action=CheckResult");
    let first = world.run(&["--in", "ids.csv"]);
    assert_eq!((first.code, &json(&first.stdout)["put_off"]["protocol"]), (Some(3), &1.into()), "{first:?}");
    fail(&world, "");
    assert_eq!(world.run(&["--resume"]).code, Some(0));
}
