//! A run that is killed again and again.

#![allow(clippy::cast_precision_loss, reason = "counts are small")]

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use cloudauth_core::evidence::verify_archive;
use cloudauth_emulator::{Emulator, Options};

use crate::deletions::{deletions, expect_archived};
use crate::long;
use crate::rate::arrivals;
use crate::support::finish;
use crate::world::{World, passing};

/// Of the process, in KiB.
fn resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

/// Moments that differ and are the same each time: fractions below 1.
fn fractions() -> impl Iterator<Item = f64> {
    let mut state: u64 = 7;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 32) as f64 / f64::from(u32::MAX)
    })
}

/// What came of a list whose run was killed again and again.
struct Killed {
    world: World,
    /// As often it was.
    kills: usize,
    seconds: f64,
    /// The least and most memory shortly before its ends, in KiB.
    resident: (u64, u64),
}

/// Kills the run that `command` begins at moments of about `lasts`, each time, and then lets it end. After each, `expect` looks at
/// what there is.
fn kill(world: World, times: usize, lasts: f64, command: impl Fn(&World) -> Command, expect: impl Fn(&World)) -> Killed {
    let begun = Instant::now();
    let mut killed = Killed { world, kills: 0, seconds: 0.0, resident: (u64::MAX, 0) };
    for fraction in fractions().take(times) {
        let mut child = command(&killed.world).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let end = Instant::now() + Duration::from_secs_f64(2.0 * lasts / times as f64 * fraction);
        while Instant::now() < end {
            thread::sleep(Duration::from_millis(20).min(end.saturating_duration_since(Instant::now())));
        }
        if let Some(resident) = resident(child.id()).filter(|resident| *resident > 0) {
            let (least, most) = killed.resident;
            killed.resident = (least.min(resident), most.max(resident));
        }
        killed.kills += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        expect(&killed.world);
    }
    let last = finish(&mut command(&killed.world));
    assert_eq!(last.code, Some(0), "{last:?}");
    assert!(killed.kills * 2 >= times, "it ended before it was killed: {} of {times}", killed.kills);
    killed.seconds = begun.elapsed().as_secs_f64();
    killed
}

impl Killed {
    /// Each transaction is in the output once, and asked for again were those in flight alone; gives how many that were.
    fn expect_each_once(&self, count: usize, concurrency: usize) -> usize {
        let outcomes = self.world.outcomes();
        assert_eq!(outcomes.len(), count);
        assert!(outcomes.values().all(|lines| lines.len() == 1 && lines[0]["outcome"] == "fetched"), "not each once");
        assert_eq!(self.world.emulator.stats().attempts_forgotten, 0);
        let files = std::fs::read_dir(self.world.out()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let left: Vec<_> = files.filter(|name| name.starts_with('.')).collect();
        assert_eq!(left, [""; 0], "killed runs leave files behind");
        let mut asked: BTreeMap<String, usize> = BTreeMap::new();
        for id in self.world.asked() {
            *asked.entry(id).or_default() += 1;
        }
        assert_eq!(asked.len(), count);
        let repeated = asked.values().sum::<usize>() - count;
        assert!(repeated <= self.kills * concurrency, "{repeated} were repeated after {} kills", self.kills);
        repeated
    }
}

const CONCURRENCY: usize = 4;

fn world(count: usize, suffix: &str) -> World {
    let kept = Options { attempts_kept: 2 * count + 1000, ..Options::default() };
    World::new(Emulator::start(kept).unwrap(), passing(count).map(|id| format!("{id}{suffix}")))
}

#[test]
fn killed_at_any_moment_it_loses_nothing_and_repeats_what_was_in_flight() {
    let (count, kills, rate) = (long::given("TRANSACTIONS", 600), long::given("KILLS", 4), long::given("RATE", 200));
    let command = |world: &World| {
        let (rate, concurrency) = (rate.to_string(), CONCURRENCY.to_string());
        world.bulk(&["--in", "ids.csv", "--resume", "--rate", &rate, "--concurrency", &concurrency])
    };
    let killed = kill(world(count, ""), kills, count as f64 / rate as f64, command, |_| {});
    let repeated = killed.expect_each_once(count, CONCURRENCY);
    let (most, mean) = arrivals(&killed.world.emulator.attempts());
    println!(
        "{count} results at {rate} a second, killed {} times: {:.0} s, {repeated} asked for again, {mean:.1} a second on average, \
         at most {most}; resident {:?} KiB",
        killed.kills, killed.seconds, killed.resident
    );
    let limit = rate + (rate / 100).max(1);
    assert!(most <= limit, "{most} in a second, where {limit} may be");
    assert!(killed.resident.1 < killed.resident.0 + 24 * 1024, "memory grows: {:?} KiB", killed.resident);
}

#[test]
fn killed_at_any_moment_it_leaves_whole_archives() {
    let (count, kills, rate) = (long::given("ARCHIVES", 40), long::given("KILLS", 3), long::given("ARCHIVE_RATE", 20));
    let command = |world: &World| {
        let (rate, concurrency) = (rate.to_string(), CONCURRENCY.to_string());
        let fixed = ["--in", "ids.csv", "--resume", "--video-host", "127.0.0.1"];
        world.archive(&[&fixed[..], &["--rate", &rate, "--concurrency", &concurrency]].concat())
    };
    let killed = kill(world(count, "-64KiB"), kills, count as f64 / rate as f64, command, |_| {});
    let repeated = killed.expect_each_once(count, CONCURRENCY);
    let archives = killed.world.out().join("archives");
    for lines in killed.world.outcomes().values() {
        let folder = killed.world.out().join(lines[0]["folder"].as_str().unwrap());
        let report = verify_archive(&folder).unwrap();
        assert!(report.problems.is_empty(), "{report:?}");
        assert_eq!(report.manifest_sha256.as_deref(), lines[0]["manifest_sha256"].as_str());
    }
    assert_eq!(std::fs::read_dir(archives).unwrap().count(), count);
    let (most, mean) = arrivals(&killed.world.emulator.attempts());
    println!(
        "{count} archives at {rate} a second, killed {} times: {:.0} s, {repeated} asked for again, {mean:.1} a second on average, \
         at most {most}; resident {:?} KiB",
        killed.kills, killed.seconds, killed.resident
    );
    let limit = rate + (rate / 100).max(1);
    assert!(most <= limit, "{most} in a second, where {limit} may be");
}

#[test]
fn killed_at_any_moment_it_deletes_what_is_archived_and_nothing_twice() {
    let (count, kills, rate) = (long::given("DELETIONS", 60), long::given("KILLS", 4), 30);
    let command = |world: &World| {
        let (rate, concurrency) = (rate.to_string(), CONCURRENCY.to_string());
        let fixed = ["--in", "ids.csv", "--resume", "--then-delete", "All", "--video-host", "127.0.0.1"];
        world.archive(&[&fixed[..], &["--rate", &rate, "--concurrency", &concurrency]].concat())
    };
    let killed = kill(world(count, "-64KiB"), kills, count as f64 / f64::from(rate), command, expect_archived);
    expect_archived(&killed.world);
    let outcomes = killed.world.outcomes();
    assert_eq!(outcomes.len(), count);
    for lines in outcomes.values() {
        let line = &lines[0];
        assert_eq!((lines.len(), &line["outcome"], &line["afterwards"]), (1, &"fetched".into(), &"absent".into()), "{line}");
        assert!(["deleted", "unknown"].contains(&line["deletion"].as_str().unwrap()), "{line}");
    }
    // Whether a request that was in flight reached the service, the receipt cannot say; the service is asked what it has.
    let deletions = deletions(&killed.world);
    assert!(deletions.len() == count && deletions.values().all(|times| *times == 1), "{deletions:?}");
    println!("{count} archives, deleted at the service, killed {} times: {:.0} s", killed.kills, killed.seconds);
}
