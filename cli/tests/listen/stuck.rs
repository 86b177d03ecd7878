//! A folder or a disk that hangs.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use cloudauth_ledger::Ledger;

use crate::flows::begin;
use crate::service::{World, until};

#[test]
fn no_start_but_a_regular_file_is_read_and_the_others_come() {
    let world = World::new();
    let starts = world.folder.path().join("starts");
    fs::create_dir_all(starts.join("folder.json")).unwrap();
    assert!(Command::new("mkfifo").arg(starts.join("fifo.json")).status().unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", starts.join("device.json")).unwrap();
    let flow = begin(&world.emulator, 1, |_| true).remove(0);
    fs::write(starts.join("flow.json"), &flow.json).unwrap();
    let service = world.listen(&["--starts", starts.to_str().unwrap()]);
    let refused = ["folder", "fifo", "device"].map(|name| starts.join(format!("{name}.json.refused")));
    until(|| !starts.join("flow.json").exists() && refused.iter().all(|path| path.symlink_metadata().is_ok()));
    assert_eq!(service.get("/healthz").0, 200);
    let run = service.stop();
    assert_eq!((run.code, run.stderr.lines().count()), (Some(0), 3), "{run:?}");
    assert!(run.stderr.lines().all(|line| line.ends_with(".json: must be a regular file")), "{run:?}");
}

#[test]
fn a_folder_that_hangs_is_said_and_keeps_nothing_else() {
    let world = World::new();
    let starts = world.folder.path().join("starts");
    fs::create_dir(&starts).unwrap();
    fs::write(starts.join("hung.json"), "{}").unwrap();
    let library = world.folder.path().join("hang.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/listen/hang.c");
    let Ok(compiled) = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(source).status() else {
        return eprintln!("skipped: there is no cc");
    };
    assert!(compiled.success());
    let flow = begin(&world.emulator, 1, |_| true).remove(0);
    crate::flows::note(&world, std::slice::from_ref(&flow));
    let service = world.listen_with(&library, &["--starts", starts.to_str().unwrap()]);
    assert_eq!(service.get(&format!("/callback?{}", flow.query())).0, 200);
    world.until_results(1);
    until(|| service.get("/healthz").0 == 503);
    assert!(service.get("/healthz").1.starts_with("the folder of starts has not answered for "));
    service.stop_in_order();
}

#[test]
fn a_ledger_that_hangs_is_said_and_a_second_signal_ends_the_process() {
    let world = World::new();
    let service = world.listen(&[]);
    assert_eq!(service.get("/healthz"), (200, "ok\n".to_owned()));
    let mut ledger = Ledger::open(&world.ledger()).unwrap();
    let held = ledger.batch().unwrap();
    until(|| service.get("/healthz").0 == 503);
    assert!(service.get("/healthz").1.starts_with("the ledger has not answered for "));
    drop(held);
    until(|| service.get("/healthz").0 == 200);
    let _held = ledger.batch().unwrap();
    until(|| service.get("/healthz").0 == 503);
    let begun = Instant::now();
    service.signal("TERM");
    // Two at once may come as one.
    std::thread::sleep(Duration::from_millis(200));
    let run = service.stop();
    assert!(run.code.is_none() && begun.elapsed() < Duration::from_secs(4), "{:?}: {run:?}", begun.elapsed());
}
