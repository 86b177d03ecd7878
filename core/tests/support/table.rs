//! The tables of `docs/faults.md`.

use std::collections::BTreeSet;
use std::time::Duration;

const PAGE: &str = include_str!("../../../docs/faults.md");
const COLUMNS: [&str; 10] = ["name", "fault", "to", "call", "options", "outcome", "code", "requests", "connections", "within"];

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) faults: Vec<String>,
    pub(crate) to: To,
    pub(crate) warm: bool,
    pub(crate) call: String,
    pub(crate) options: Vec<(String, u64)>,
    pub(crate) outcome: String,
    pub(crate) code: String,
    pub(crate) requests: u64,
    pub(crate) connections: u64,
    pub(crate) within: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum To {
    Http,
    Https,
    Dead,
}

pub(crate) fn rows() -> Vec<Row> {
    let cells = |line: &'static str| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>();
    let tables = PAGE.lines().filter(|line| line.starts_with('|')).map(cells);
    let rows: Vec<Row> =
        tables.filter(|cells| *cells != COLUMNS && !cells[0].starts_with("--")).map(|cells| row(&cells)).collect();
    let names: BTreeSet<_> = rows.iter().map(|row| &row.name).collect();
    assert_eq!(names.len(), rows.len(), "a name comes twice");
    rows
}

fn row(cells: &[&'static str]) -> Row {
    let [name, fault, to, call, options, outcome, code, requests, connections, within] = cells else {
        panic!("{} columns in {cells:?}", cells.len());
    };
    let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("{name}: {text} is no number"));
    let words = |text: &'static str| text.split(' ').filter(|word| *word != "-");
    let option = |word: &str| {
        let (key, value) = word.split_once('=').unwrap_or_else(|| panic!("{name}: {word} is no option"));
        (key.to_owned(), number(value))
    };
    let (to, warm) = match *to {
        "http" => (To::Http, false),
        "http warm" => (To::Http, true),
        "https" => (To::Https, false),
        "https warm" => (To::Https, true),
        "dead" => (To::Dead, false),
        other => panic!("{name}: to {other}"),
    };
    Row {
        name: (*name).to_owned(),
        faults: words(fault).map(str::to_owned).collect(),
        to,
        warm,
        call: (*call).to_owned(),
        options: words(options).map(option).collect(),
        outcome: (*outcome).to_owned(),
        code: (*code).to_owned(),
        requests: number(requests),
        connections: number(connections),
        within: Duration::from_millis(number(within)),
    }
}
