//! What `/metrics` says, in Prometheus' text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How a callback was noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Noted {
    /// It is in the ledger.
    New,
    /// It was already.
    Known,
    /// Its token is not the one of its start, or nobody began it.
    Refused,
}

/// Counters since the start, and the ledger as it is.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    pub(super) callbacks: BTreeMap<Noted, u64>,
    /// By outcome, or `put_off`.
    pub(super) fetches: BTreeMap<&'static str, u64>,
    pub(super) under_way: usize,
    pub(super) open: u64,
}

impl Metrics {
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let callback = |noted| match noted {
            Noted::New => "noted",
            Noted::Known => "repeated",
            Noted::Refused => "refused",
        };
        let callbacks = self.callbacks.iter().map(|(noted, count)| (callback(*noted), *count));
        family(&mut text, "cloudauth_callbacks_total", "counter", "Callbacks that were read, by how they were noted.", callbacks);
        let fetches = self.fetches.iter().map(|(outcome, count)| (*outcome, *count));
        family(&mut text, "cloudauth_fetches_total", "counter", "Verifications that were asked for, by outcome.", fetches);
        for (name, value, meaning) in [
            ("cloudauth_fetches_under_way", self.under_way as u64, "Verifications that are being fetched."),
            ("cloudauth_transactions_open", self.open, "Verifications in the ledger without an outcome."),
        ] {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "# HELP {name} {meaning}\n# TYPE {name} gauge\n{name} {value}");
        }
        text
    }
}

fn family<'a>(text: &mut String, name: &str, kind: &str, meaning: &str, values: impl Iterator<Item = (&'a str, u64)>) {
    let _ = writeln!(text, "# HELP {name} {meaning}\n# TYPE {name} {kind}");
    for (outcome, count) in values {
        let _ = writeln!(text, "{name}{{outcome=\"{outcome}\"}} {count}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_what_prometheus_reads() {
        let metrics = Metrics {
            callbacks: [(Noted::New, 3), (Noted::Refused, 1)].into(),
            fetches: [("fetched", 2)].into(),
            under_way: 1,
            open: 4,
        };
        let text = metrics.text();
        let samples: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(
            samples,
            [
                "cloudauth_callbacks_total{outcome=\"noted\"} 3",
                "cloudauth_callbacks_total{outcome=\"refused\"} 1",
                "cloudauth_fetches_total{outcome=\"fetched\"} 2",
                "cloudauth_fetches_under_way 1",
                "cloudauth_transactions_open 4",
            ]
        );
        assert_eq!(text.lines().filter(|line| line.starts_with("# TYPE ")).count(), 4);
    }
}
