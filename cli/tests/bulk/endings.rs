use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use cloudauth_emulator::{Emulator, Options};

use crate::deletions::{deletions, expect_archived};
use crate::support::{Run, emulator, finish, json};
use crate::world::{World, passing};

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

/// Waits until so many calls have come.
fn until_asked(emulator: &Emulator, calls: u64) {
    let end = Instant::now() + Duration::from_secs(30);
    while emulator.stats().requests < calls {
        assert!(Instant::now() < end, "only {} calls came", emulator.stats().requests);
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_signal_ends_it_in_good_order() {
    for name in ["-INT", "-TERM", "-HUP"] {
        let world = World::new(emulator(), passing(400));
        let command = &mut world.bulk(&["--in", "ids.csv", "--rate", "100"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        until_asked(&world.emulator, 30);
        signal(&child, name);
        let run: Run = child.wait_with_output().unwrap().into();
        assert_eq!((run.code, &*run.stderr), (Some(8), ""), "{run:?}");
        let told = json(&run.stdout);
        let (fetched, left) = (told["outcomes"]["fetched"].as_u64().unwrap(), told["left"].as_u64().unwrap());
        assert!(fetched >= 29 && left > 0 && fetched + left == 400, "{told}");
        // All that was asked for was noted.
        assert_eq!((world.outcomes().len() as u64, world.asked().len() as u64), (fetched, fetched));
        assert_eq!(world.run(&["--resume"]).code, Some(0));
        assert_eq!((world.outcomes().len(), world.asked().len()), (400, 400));
    }
}

#[test]
fn under_nohup_the_end_of_a_session_changes_nothing() {
    let world = World::new(emulator(), passing(60));
    let bulk = world.bulk(&["--in", "ids.csv", "--rate", "60"]);
    let mut nohup = Command::new("nohup");
    nohup.arg(env!("CARGO_BIN_EXE_cloudauth")).args(bulk.get_args().skip(2)).env_clear().current_dir(world.folder.path());
    nohup.envs(bulk.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let child = nohup.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    until_asked(&world.emulator, 10);
    signal(&child, "-HUP");
    let run: Run = child.wait_with_output().unwrap().into();
    assert_eq!((run.code, &json(&run.stdout)["outcomes"]["fetched"]), (Some(0), &60.into()), "{run:?}");
}

#[test]
fn a_second_signal_ends_calls_that_hang() {
    let options = Options { faults: vec!["latency:delay=60s".parse().unwrap()], ..Options::default() };
    let world = World::new(Emulator::start(options).unwrap(), passing(3));
    let child = world.bulk(&["--in", "ids.csv"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    until_asked(&world.emulator, 3);
    let begun = Instant::now();
    signal(&child, "-INT");
    std::thread::sleep(Duration::from_millis(200));
    signal(&child, "-INT");
    let run: Run = child.wait_with_output().unwrap().into();
    assert_eq!((run.code, &json(&run.stdout)["left"]), (Some(8), &3.into()), "{run:?}");
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
}

#[test]
fn a_service_that_is_gone_ends_it_and_one_that_comes_back_does_not() {
    let options = Options { faults: vec!["reset-before-headers:for=2s".parse().unwrap()], ..Options::default() };
    let world = World::new(Emulator::start(options.clone()).unwrap(), passing(200));
    let run = world.run(&["--in", "ids.csv", "--rate", "200"]);
    assert_eq!(run.code, Some(3), "{run:?}");
    let fetched = json(&run.stdout)["outcomes"]["fetched"].as_u64().unwrap();
    assert!(fetched >= 150, "an outage costs few: {run:?}");
    assert_eq!(world.run(&["--resume"]).code, Some(0));

    let world = World::new(emulator(), passing(100));
    let command = &mut world.bulk(&["--in", "ids.csv", "--patience", "1", "--endpoint", "http://127.0.0.1:1"]);
    let run: Run = command.output().unwrap().into();
    assert_eq!(run.code, Some(5), "{run:?}");
    let says = "cloudauth: the service could not be reached for a while; another run goes on where this one ended\n";
    assert!(run.stderr.ends_with(says), "{run:?}");
    assert!(world.outcomes().is_empty());
    assert_eq!(world.run(&["--resume"]).code, Some(0));
    assert_eq!(world.outcomes().len(), 100);
}

#[test]
fn wrong_keys_end_it_before_they_cost_every_transaction() {
    let world = World::new(emulator(), passing(500));
    let mut command = world.bulk(&["--in", "ids.csv"]);
    let run: Run = command.env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "canary").output().unwrap().into();
    assert_eq!(run.code, Some(4), "{run:?}");
    assert!(run.stderr.lines().count() == 1 && !run.stderr.contains("canary"), "{run:?}");
    assert!(world.emulator.stats().requests <= 2 * 16, "{}", world.emulator.stats().requests);
    assert_eq!((world.outcomes().len(), world.run(&["--resume"]).code), (0, Some(0)));
}

#[test]
fn two_runs_do_not_share_a_ledger() {
    let world = World::new(emulator(), passing(400));
    let command = &mut world.bulk(&["--in", "ids.csv", "--rate", "100"]);
    let mut first = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    until_asked(&world.emulator, 10);
    world.run(&["--resume"]).refused(6, "ledger.db: is in use by another run");
    signal(&first, "-TERM");
    assert_eq!(first.wait().unwrap().code(), Some(8));
    assert_eq!(BufReader::new(first.stderr.take().unwrap()).lines().count(), 0);
}

/// A file system of so many KiB, where this process may make one.
struct Mount(std::path::PathBuf);

impl Mount {
    fn new(at: &Path, options: &str) -> Option<Self> {
        fs::create_dir_all(at).unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", options, "none"]).arg(at).status();
        if !mounted.is_ok_and(|status| status.success()) {
            eprintln!("skipped: a file system cannot be mounted here; root can");
            return None;
        }
        Some(Self(at.to_owned()))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_ends_it_in_one_line_and_what_it_wrote_is_whole() {
    let world = World::new(emulator(), passing(3_000));
    let Some(_mount) = Mount::new(&world.out(), "size=1600k") else { return };
    let run = world.run(&["--in", "ids.csv"]);
    assert_eq!(run.code, Some(6), "{run:?}");
    assert!(run.stderr.contains("no space left") || run.stderr.contains("No space left"), "{run:?}");
    assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
    let outcomes = world.outcomes();
    assert!(!outcomes.is_empty() && outcomes.values().all(|lines| lines.len() == 1));
    // With more room it goes on, and repeats what was in flight at most.
    assert!(Command::new("mount").args(["-o", "remount,size=64m"]).arg(world.out()).status().unwrap().success());
    assert_eq!(world.run(&["--resume"]).code, Some(0));
    assert_eq!(world.outcomes().len(), 3_000);
    assert!(world.asked().len() <= 3_000 + 2 * 16, "{}", world.asked().len());
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let world = World::new(emulator(), passing(3));
    let Some(_mount) = Mount::new(&world.out(), "ro") else { return };
    world.run(&["--in", "ids.csv"]).refused(6, "out: ");
    finish(&mut world.archive(&["--in", "ids.csv", "--then-delete", "All"])).refused(6, "out: ");
    assert!(world.asked().is_empty());
}

#[test]
fn a_full_disk_deletes_nothing_that_is_not_archived() {
    let world = World::new(emulator(), passing(200));
    let Some(_mount) = Mount::new(&world.out(), "size=3m") else { return };
    let deleting =
        || finish(&mut world.archive(&["--in", "ids.csv", "--resume", "--then-delete", "All", "--video-host", "127.0.0.1"]));
    let run = deleting();
    assert_eq!((run.code, run.stderr.lines().count()), (Some(6), 1), "{run:?}");
    expect_archived(&world);
    let deleted = deletions(&world).len();
    assert!(deleted > 0 && deleted < 200, "{deleted}");
    let calls = world.asked().len();
    assert_eq!((deleting().code, deletions(&world).len()), (Some(6), deleted), "still full");
    assert!(world.asked().len() <= calls + 2 * 16, "{}", world.asked().len());
    assert!(Command::new("mount").args(["-o", "remount,size=256m"]).arg(world.out()).status().unwrap().success());
    let run = deleting();
    assert_eq!(run.code, Some(0), "{run:?}");
    expect_archived(&world);
    assert!(deletions(&world).len() == 200 && deletions(&world).values().all(|times| *times == 1));
}
