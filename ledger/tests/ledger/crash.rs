//! What was committed outlives the process.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use cloudauth_ledger::{Addition, Ledger};

use crate::support::{Folder, at, begun};

const PATH: &str = "CLOUDAUTH_TEST_LEDGER";

/// Adds one after the other, and says each number once it is kept. Only a run of the test below has it do anything.
#[test]
fn child_that_adds_until_it_is_killed() {
    let Some(path) = std::env::var_os(PATH) else { return };
    let mut ledger = Ledger::open(path.as_ref()).unwrap();
    for number in ledger.counts().unwrap().open.. {
        let mut batch = ledger.batch().unwrap();
        assert_eq!(batch.add(begun(&number.to_string()), at(0)).unwrap(), Addition::New);
        batch.commit().unwrap();
        println!("\nkept {number}");
    }
}

#[test]
fn what_was_kept_is_there_after_each_of_many_kills() {
    let folder = Folder::new();
    drop(folder.ledger());
    let mut kept = 0;
    for round in 0..5 {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "crash::child_that_adds_until_it_is_killed", "--nocapture", "--test-threads=1"]);
        let mut child = command.env(PATH, folder.path()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut numbers = lines.map_while(Result::ok).filter_map(|line| line.strip_prefix("kept ")?.parse::<u64>().ok());
        kept = numbers.by_ref().take(20 + round * 7).last().unwrap() + 1;
        child.kill().unwrap();
        child.wait().unwrap();
        // It may have gone on until it was killed.
        kept = numbers.last().map_or(kept, |number| number + 1);
        let found = folder.ledger().counts().unwrap().open;
        assert!(found == kept || found == kept + 1, "{found} where {kept} were kept");
    }
    assert!(kept >= 5 * 20);
}
