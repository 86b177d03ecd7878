//! A clock that jumps by an hour, forth and back, while a run goes on.

use std::process::Stdio;
use std::thread;
use std::time::Duration;

use cloudauth_core::evidence::verify_archive;
use cloudauth_emulator::{Attempt, Emulator, Options};

use crate::clock::Clock;
use crate::rate::arrivals;
use crate::support::{Run, json};
use crate::world::{World, passing};

const HOUR: i64 = 3600;

/// Runs `bulk` while its clock jumps; it must lose nothing and say nothing.
fn run(world: &World, clock: &Clock, more: &[&str]) -> Run {
    let fixed = ["--in", "ids.csv", "--concurrency", "4", "--video-host", "127.0.0.1"];
    let mut command = world.archive(&[&fixed[..], more].concat());
    clock.of(&mut command);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    for seconds in [HOUR, 0, -HOUR, 0].iter().cycle() {
        thread::sleep(Duration::from_millis(700));
        clock.set(*seconds);
        if child.try_wait().unwrap().is_some() {
            break;
        }
    }
    child.wait_with_output().unwrap().into()
}

#[test]
fn nothing_is_lost_and_the_rate_is_kept() {
    let Some(clock) = Clock::new() else { return };
    let (count, rate) = (800, 100);
    let world = World::new(Emulator::start(Options::default()).unwrap(), passing(count));
    let ended = run(&world, &clock, &["--no-pictures", "--rate", "100"]);
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""), "{ended:?}");
    let outcomes = world.outcomes();
    assert_eq!(outcomes.len(), count);
    assert!(outcomes.values().all(|lines| lines.len() == 1 && lines[0]["outcome"] == "fetched"), "{:?}", json(&ended.stdout));
    let attempts = world.emulator.attempts();
    let refused = attempts.iter().filter(|attempt| &*attempt.code != "Success").count();
    let (most, mean) = arrivals(&attempts);
    println!(
        "{rate} a second asked for while the clock jumped: {mean:.1} on average, at most {most}; {refused} refused for their time"
    );
    assert!(refused > 0, "no jump was seen");
    assert!(most <= rate + 1, "{most} in a second");
    // A machine that is busy with other tests wakes late.
    assert!(mean >= 0.8 * 100.0, "{mean} a second");
}

#[test]
fn archives_are_whole_and_what_is_deleted_was_archived() {
    let Some(clock) = Clock::new() else { return };
    let count = 60;
    let world = World::new(Emulator::start(Options::default()).unwrap(), passing(count));
    let ended = run(&world, &clock, &["--then-delete", "All", "--rate", "20"]);
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""), "{ended:?}");
    for (id, lines) in world.outcomes() {
        assert_eq!(
            (lines.len(), &lines[0]["deletion"], &lines[0]["afterwards"]),
            (1, &"deleted".into(), &"absent".into()),
            "{id}"
        );
        let report = verify_archive(world.out().join("archives").join(&id)).unwrap();
        assert!(report.is_complete() && report.manifest.unwrap().missing.is_empty(), "{id}");
    }
    assert_eq!(world.outcomes().len(), count);
    // A request that was refused for its time is sent again; one that was done is not.
    let done = |attempt: &&Attempt| attempt.action == "DeleteVerifyResult" && !attempt.code.starts_with("InvalidTimeStamp");
    assert_eq!(world.emulator.attempts().iter().filter(done).count(), count);
}
