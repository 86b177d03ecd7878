use std::fs;

use crate::flows::begin;
use crate::service::{World, until};
use crate::support::{finish, served};

#[test]
fn starts_come_by_the_command_and_by_a_folder() {
    let world = World::new();
    let starts = world.folder.path().join("starts");
    fs::create_dir(&starts).unwrap();
    let ledger = world.ledger();
    let service = world.listen(&["--starts", starts.to_str().unwrap()]);
    // While it runs, another process adds to the ledger.
    let arguments = ["start", "--product-code", "FACE_LIVENESS", "--meta-info", "{}", "--ledger", ledger.to_str().unwrap()];
    let url = finish(&mut served(&world.emulator, &arguments)).fine();
    assert_eq!(url.lines().count(), 1, "the person's URL alone");
    let flow = begin(&world.emulator, 1, |_| true).remove(0);
    fs::write(starts.join("flow.part"), &flow.json).unwrap();
    fs::rename(starts.join("flow.part"), starts.join("flow.json")).unwrap();
    fs::write(starts.join("none.json"), "{\"callback_token\":\"canary\"}").unwrap();
    until(|| !starts.join("flow.json").exists() && starts.join("none.json.refused").exists());
    assert_eq!(service.metric("cloudauth_transactions_open"), 2);
    assert_eq!(service.get(&format!("/callback?{}", flow.query())).0, 200);
    world.until_results(1);
    let run = service.stop();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stderr.contains("none.json: ") && !run.stderr.contains("canary") && run.stderr.lines().count() == 1, "{run:?}");
    assert_eq!(world.results()[&flow.id].1, "fetched");
}

#[test]
fn where_it_cannot_serve_it_says_so_in_one_line() {
    let world = World::new();
    let service = world.listen(&[]);
    let (ledger, out) = (world.ledger(), world.folder.path().join("out"));
    let run = |ledger: &str, bind: &str| {
        finish(&mut served(&world.emulator, &["listen", "--ledger", ledger, "--out", out.to_str().unwrap(), "--bind", bind]))
    };
    run(ledger.to_str().unwrap(), "127.0.0.1:0").refused(6, "ledger.db: is in use by another run");
    let other = world.folder.path().join("other.db");
    run(other.to_str().unwrap(), "127.0.0.1:0")
        .refused(6, "out: is in use by another run; wait for its end, or name another folder");
    let bound = ["listen", "--ledger", other.to_str().unwrap(), "--out", "elsewhere", "--bind", &service.address];
    finish(served(&world.emulator, &bound).current_dir(world.folder.path())).refused(6, "cannot listen on 127.0.0.1:");
    run("/does/not/exist/ledger.db", "127.0.0.1:0").refused(6, "/does/not/exist/ledger.db: ");
    run(ledger.to_str().unwrap(), "everywhere").refused(2, "--bind");
    service.signal("HUP");
    assert_eq!(service.ended().code, Some(0));
}
