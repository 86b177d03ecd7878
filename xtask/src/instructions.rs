//! What pieces of a call cost in instructions, counted by Callgrind, against the counts that are committed.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::Command;

use crate::output::{self, Generated};
use crate::tree;

const NAME: &str = "bench/instructions.toml";
const HEAD: &str = "\
# Instructions that Callgrind counts in each scenario of bench/src/instructions.rs: `make guard` compares, and
# `make guard-update` writes this file. Valgrind shows programs no AVX-512, so the counts hold for machines of both kinds.
";
/// How many per cent more a scenario may take.
const TOLERANCE: u64 = 3;

type Counts = BTreeMap<String, u64>;

/// Counts with the program at `file`, and writes the counts, or with `check` fails where one has grown beyond the tolerance.
pub(crate) fn run(file: &str, check: bool) -> Result<String, String> {
    let committed: Counts = toml::from_str(&tree::read(NAME)?).map_err(|error| format!("{NAME}: {error}"))?;
    let counted =
        committed.keys().map(|scenario| Ok((scenario.clone(), count(file, scenario)?))).collect::<Result<_, String>>()?;
    let rows = table(&committed, &counted);
    if check {
        return match grown(&committed, &counted)[..] {
            [] => Ok(format!("no count has grown by more than {TOLERANCE} %\n{rows}")),
            ref names => Err(format!("more than {TOLERANCE} % beyond {NAME}: {}\n{rows}", names.join(", "))),
        };
    }
    let lines = counted.iter().map(|(scenario, count)| format!("{scenario} = {count}\n"));
    let text = std::iter::once(HEAD.to_owned()).chain(lines).collect();
    output::settle("instructions", &[Generated { name: NAME.to_owned(), text }], false).map(|line| format!("{line}\n{rows}"))
}

fn count(file: &str, scenario: &str) -> Result<u64, String> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no", "--toggle-collect=measured"])
        .args([file, scenario])
        .output()
        .map_err(|error| format!("valgrind: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    collected(&said).filter(|_| output.status.success()).ok_or_else(|| format!("{scenario} was not counted:\n{said}"))
}

/// The figure in `==1234== Collected : 5678`.
fn collected(said: &str) -> Option<u64> {
    said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok()).filter(|count| *count > 0)
}

fn grown<'a>(before: &'a Counts, now: &Counts) -> Vec<&'a str> {
    let grown =
        before.iter().filter(|(scenario, count)| now.get(*scenario).is_some_and(|now| now * 100 > **count * (100 + TOLERANCE)));
    grown.map(|(scenario, _)| &**scenario).collect()
}

/// In per cent.
#[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn change(before: u64, now: u64) -> f64 {
    (now as f64 / before as f64 - 1.0) * 100.0
}

fn table(before: &Counts, now: &Counts) -> String {
    let mut rows = String::new();
    for (scenario, count) in now {
        let then = before.get(scenario).copied().unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = writeln!(rows, "{scenario:24} {then:>12} {count:>12} {:>+7.2} %", change(then, *count));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_is_read_and_none_is_no_figure() {
        assert_eq!(collected("==1== Events    : Ir\n==1== Collected : 5678\n"), Some(5678));
        assert_eq!(collected("==1== Collected : 0\n"), None, "nothing was measured");
        assert_eq!(collected(""), None);
    }

    #[test]
    fn only_growth_beyond_the_tolerance_fails() {
        let counts = |a, b| Counts::from([("a".to_owned(), a), ("b".to_owned(), b)]);
        assert_eq!(grown(&counts(1000, 1000), &counts(1030, 500)), [""; 0]);
        assert_eq!(grown(&counts(1000, 1000), &counts(1031, 1000)), ["a"]);
    }
}
