use std::fs;

use crate::support::{emulator, finish, json, mode, run_with_stdin};
use crate::world::{World, passing};

#[test]
fn each_transaction_has_its_line_once_and_what_fails_is_told_apart() {
    let world = World::new(
        emulator(),
        passing(20).chain(["errorTransactionIdInvalid", "ekycpro205", "errorForbidden"].map(str::to_owned)),
    );
    let list = fs::read_to_string(world.list()).unwrap().replace("errorForbidden", "errorInvalidParameter");
    fs::write(world.list(), list + "ekycpro200-no3,order3\nno good,order9\npending5,order30\n,,\n").unwrap();
    let run = world.run(&["--in", "ids.csv"]);
    assert_eq!(run.code, Some(3), "{run:?}");
    let told = json(&run.stdout);
    assert_eq!(told["outcomes"]["fetched"], 21);
    assert_eq!((&told["outcomes"]["gone"], &told["outcomes"]["failed"], &told["left"]), (&1.into(), &1.into(), &1.into()));
    assert_eq!((&told["put_off"]["not_completed"], &told["refused_lines"]), (&1.into(), &2.into()));
    // Named by number, and not by what they hold.
    assert!(run.stderr.contains("ids.csv: line 26: transaction_id: must be printable ASCII without blanks"), "{run:?}");
    assert!(run.stderr.contains("ids.csv: line 28: ") && !run.stderr.contains("no good"), "{run:?}");
    let refused = fs::read_to_string(world.out().join("refused.jsonl")).unwrap();
    assert_eq!(refused.lines().map(|line| json(line)["line"].as_u64().unwrap()).collect::<Vec<_>>(), [26, 28]);
    let outcomes = world.outcomes();
    assert_eq!(outcomes.len(), 23);
    assert!(outcomes.values().all(|lines| lines.len() == 1), "{outcomes:?}");
    let line = |id: &str| outcomes[id][0].clone();
    let passed = line("ekycpro200-no3");
    assert_eq!(
        (&passed["outcome"], &passed["passed"], &passed["sub_code"], &passed["action"]),
        (&"fetched".into(), &true.into(), &"200".into(), &"accept".into())
    );
    assert_eq!((&passed["merchant_biz_id"], &line("ekycpro205")["passed"]), (&"order3".into(), &false.into()));
    let gone = line("errorTransactionIdInvalid");
    assert_eq!(
        (&gone["outcome"], &gone["kind"], &gone["code"]),
        (&"gone".into(), &"invalid_request".into(), &"TransactionIdInvalid".into())
    );
    assert_eq!(line("errorInvalidParameter")["outcome"], "failed");
    for file in ["results.jsonl", "ledger.db", "refused.jsonl"] {
        assert_eq!(mode(&world.out().join(file)), 0o600, "{file}");
    }

    // What was put off is asked for again, and nothing else.
    let calls = world.asked().len();
    let again = world.run(&["--resume"]);
    assert_eq!((again.code, world.asked().len()), (Some(3), calls + 1), "{again:?}");
    world.run(&["--in", "ids.csv"]).refused(2, "--out: there is a run in this folder; --resume goes on with it");
    assert_eq!(world.outcomes(), outcomes);
}

#[test]
fn what_expires_first_goes_first() {
    let world = World::new(emulator(), [""; 0]);
    let days_ago = |days: u64| {
        let time = std::time::SystemTime::now() - std::time::Duration::from_secs(days * 86_400);
        humantime::format_rfc3339_seconds(time).to_string()
    };
    let mut list = String::new();
    for (number, days) in [(1, 3), (2, 29), (3, 40), (4, 15), (5, 31)] {
        list += &serde_json::json!({"transaction_id": format!("ekycpro200-no{number}"), "merchant_biz_id": "o", "begun": days_ago(days)}).to_string();
        list += "\n";
    }
    list += "{\"transaction_id\":\"ekycpro200-no6\",\"merchant_biz_id\":\"o\"}\n";
    let run = run_with_stdin(&mut world.bulk(&["--in", "-", "--concurrency", "1"]), list.as_bytes());
    assert_eq!(run.code, Some(0), "{run:?}");
    // By the clock, the last two are lost already; the service has the last word.
    assert_eq!(world.asked(), [2, 4, 1, 6, 5, 3].map(|number| format!("ekycpro200-no{number}")));
}

#[test]
fn a_list_that_is_none_is_refused_and_nothing_is_sent() {
    let world = World::new(emulator(), passing(3));
    fs::write(world.list(), "id,biz\n1,2\n").unwrap();
    world.run(&["--in", "ids.csv"]).refused(2, "ids.csv: line 1 must name the columns transaction_id and merchant_biz_id");
    world.run(&["--in", "nowhere.csv"]).refused(6, "nowhere.csv");
    world.run(&[]).refused(2, "--in: must be given");
    for (option, value) in [("--rate", "0"), ("--rate", "many"), ("--concurrency", "0"), ("--patience", "-1")] {
        world.run(&["--in", "ids.csv", option, value]).refused(2, option);
    }
    assert!(world.asked().is_empty());
    // None of these left a run behind.
    fs::write(world.list(), "transaction_id,merchant_biz_id\nekycpro200,o\n").unwrap();
    assert_eq!(world.run(&["--in", "ids.csv", "--resume"]).code, Some(0), "without an earlier run, it begins one");
}

#[test]
fn each_line_goes_to_its_region_and_what_is_missing_is_said_once() {
    let world = World::new(emulator(), [""; 0]);
    let list = "transaction_id,merchant_biz_id,region\nekycpro200,o,cn-hongkong\nidocr200,o,ap-southeast-1\nidocr212,o,moon\n";
    fs::write(world.list(), list).unwrap();
    let run = |more: &[&str]| {
        finish(world.bulk(&[&["--in", "ids.csv"], more].concat()).env_remove("CLOUDAUTH_ENDPOINT").env("CLOUDAUTH_LOG", "off"))
    };
    // Neither goes where its data is not.
    let other = run(&["--region", "ap-southeast-5", "--patience", "0"]);
    assert!(other.stderr.contains("line 2: ") && other.stderr.contains("belongs to region cn-hongkong"), "{other:?}");
    // Of an emulator, the region is merely a name.
    let run = finish(world.bulk(&["--in", "ids.csv", "--resume"]).env("CLOUDAUTH_LOG", "off"));
    assert_eq!((run.code, &json(&run.stdout)["outcomes"]["fetched"]), (Some(1), &2.into()), "{run:?}");
    assert!(run.stderr.contains("ids.csv: line 4: "), "{run:?}");

    let world = World::new(emulator(), passing(3));
    let run = finish(world.bulk(&["--in", "ids.csv"]).env_remove("CLOUDAUTH_ENDPOINT"));
    run.refused(2, "--region: ");
    assert!(world.asked().is_empty());
}

#[test]
fn a_run_that_took_nothing_does_not_take_the_folder() {
    let world = World::new(emulator(), passing(2));
    let list = fs::read_to_string(world.list()).unwrap();
    for nothing in ["", "\n \n"] {
        fs::write(world.list(), nothing).unwrap();
        world.run(&["--in", "ids.csv"]).refused(2, "ids.csv: is empty; it must have a header, or JSON objects");
        assert!(!world.out().join("results.jsonl").exists());
    }
    // A day without any is none of these.
    fs::write(world.list(), "transaction_id,merchant_biz_id\n").unwrap();
    assert_eq!((world.run(&["--in", "ids.csv"]).code, world.outcomes().len()), (Some(0), 0));
    fs::write(world.list(), &list).unwrap();
    assert_eq!((world.run(&["--in", "ids.csv"]).code, world.outcomes().len()), (Some(0), 2));
    // Results without their ledger are still somebody's.
    fs::remove_file(world.out().join("ledger.db")).unwrap();
    world.run(&["--in", "ids.csv"]).refused(2, "--out: there is a run in this folder");
    assert_eq!(world.outcomes().len(), 2);
}

#[test]
fn a_folder_has_the_output_of_one_ledger() {
    let world = World::new(emulator(), passing(40));
    let run = world.run(&["--in", "ids.csv"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let before = world.outcomes();
    fs::write(world.folder.path().join("two.csv"), "transaction_id,merchant_biz_id\nekycpro200-a,o\nekycpro200-b,o\n").unwrap();
    let other = ["--in", "two.csv", "--ledger", "other.db", "--resume"];
    world.run(&other).refused(2, "--out: has the output of another ledger; name that one by --ledger, or another folder");
    assert_eq!((world.outcomes(), world.asked().len()), (before, 40));
    assert_eq!(mode(&world.out().join("ledger.id")), 0o600);
    // A copy of the ledger is the same one; and a mark that was half written when the machine died is none.
    fs::copy(world.out().join("ledger.db"), world.folder.path().join("copy.db")).unwrap();
    assert_eq!(world.run(&["--resume", "--ledger", "copy.db"]).code, Some(0));
    fs::write(world.out().join("ledger.id"), "0123").unwrap();
    assert_eq!(world.run(&["--resume"]).code, Some(0));
    world.run(&other).refused(2, "--out: has the output of another ledger");
}
