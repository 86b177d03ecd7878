//! What a report says of a run: of many verifications, how they ended.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use cloudauth_core::journey::Ending;
use cloudauth_core::{Kind, catalogue, shown_sub_code};

use super::chart::ratio;
use super::lookup::field;
use super::record::Record;
use super::section::{Block, Columns, Fact, Section, Share};

/// Of the scale that scores have.
const FULL: f64 = 100.0;
const SCORE_COLUMNS: u32 = 20;
const MOST_TIME_COLUMNS: u64 = 60;
/// More ids are no reading for anybody; the run's own files have them.
const MOST_IDS: usize = 1000;

/// `unread` is how many lines were no records.
pub(super) fn sections(records: &[Record], unread: usize, show: bool) -> Vec<Section> {
    let all = [
        Section::of("Run", endings(records, unread)),
        Section::of("Verdicts", verdicts(records)),
        Section::of("SubCodes", sub_codes(records)),
        Section::of("Scores", scores(records)),
        Section::of("Throughput", throughput(records)),
        Section::of("Failures", failures(records, show)),
    ];
    all.into_iter().flatten().collect()
}

fn endings(records: &[Record], unread: usize) -> Vec<Block> {
    let mut facts = vec![Fact::new("Verifications", records.len().to_string())];
    if unread > 0 {
        facts.push(Fact::new("Lines that cannot be read", unread.to_string()));
    }
    let count = |ending| records.iter().filter(|record| record.ending == ending).count();
    let counted = Ending::ALL.map(|ending| (ending.name().to_owned(), count(ending), ending.meaning().to_owned()));
    vec![Block::Facts(facts), shares(counted, records.len())]
}

/// Those that there are.
fn shares(counted: impl IntoIterator<Item = (String, usize, String)>, of: usize) -> Block {
    let there = counted.into_iter().filter(|(_, count, _)| *count > 0);
    Block::Shares(there.map(|(label, count, note)| Share { label, count, of, note }).collect())
}

fn verdicts(records: &[Record]) -> Vec<Block> {
    let fetched: Vec<&Record> = records.iter().filter(|record| record.ending == Ending::Fetched).collect();
    let named = [("passed", Some(true)), ("not passed", Some(false)), ("no verdict", None)];
    let count = |passed| fetched.iter().filter(|record| record.passed == passed).count();
    let counted = named.map(|(label, passed)| (label.to_owned(), count(passed), String::new()));
    if fetched.is_empty() { Vec::new() } else { vec![shares(counted, fetched.len())] }
}

fn sub_codes(records: &[Record]) -> Vec<Block> {
    let codes = records.iter().filter_map(|record| record.sub_code.as_deref()).map(shown_sub_code);
    let counted = most_first(codes).into_iter().map(|(code, count)| {
        let meaning = catalogue::sub_code(code).map_or("not in the catalogue", |entry| entry.meaning);
        (code.to_owned(), count, meaning.to_owned())
    });
    let counted: Vec<_> = counted.collect();
    let of = counted.iter().map(|(_, count, _)| count).sum();
    if counted.is_empty() { Vec::new() } else { vec![shares(counted, of)] }
}

/// How often each is there.
fn most_first<'a>(names: impl Iterator<Item = &'a str>) -> Vec<(&'a str, usize)> {
    let mut counts = BTreeMap::new();
    names.for_each(|name| *counts.entry(name).or_insert(0) += 1);
    let mut counted: Vec<_> = counts.into_iter().collect();
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted
}

fn scores(records: &[Record]) -> Vec<Block> {
    let scores: Vec<f64> = records.iter().filter_map(|record| record.face_score).collect();
    if scores.is_empty() {
        return Vec::new();
    }
    let from = |column: u32| FULL * f64::from(column) / f64::from(SCORE_COLUMNS);
    // What is out of the scale counts at its end.
    let column = |score: f64| (1..SCORE_COLUMNS).rev().find(|&column| score >= from(column)).unwrap_or(0);
    let count = |at: u32| scores.iter().filter(|&&score| column(score) == at).count();
    let counts = (0..SCORE_COLUMNS).map(|at| (format!("{} to {}", from(at), from(at + 1)), count(at))).collect();
    let threshold = field("Face", "comparison_score").and_then(|field| field.threshold);
    let said = threshold.map(|least| {
        let below = scores.iter().filter(|score| **score < least).count();
        format!("; {below} of {} are below the service's own threshold, {least}", scores.len())
    });
    let caption = format!("Comparison score of the face{}", said.unwrap_or_default());
    vec![Block::Columns(Columns { caption, head: "Score", counts, mark: threshold.map(|least| least / FULL) })]
}

fn throughput(records: &[Record]) -> Vec<Block> {
    let times = || records.iter().filter_map(|record| record.ended_at);
    let (Some(first), Some(last)) = (times().min(), times().max()) else { return Vec::new() };
    let seconds = |from: SystemTime, to: SystemTime| to.duration_since(from).unwrap_or_default().as_secs();
    let span = seconds(first, last) + 1;
    let width = span.div_ceil(MOST_TIME_COLUMNS);
    let label = |index| humantime::format_rfc3339_seconds(first + Duration::from_secs(index * width)).to_string();
    let mut counts: Vec<(String, usize)> = (0..span.div_ceil(width)).map(|index| (label(index), 0)).collect();
    for time in times() {
        if let Some(column) = usize::try_from(seconds(first, time) / width).ok().and_then(|index| counts.get_mut(index)) {
            column.1 += 1;
        }
    }
    let rate = ratio(times().count(), usize::try_from(span).unwrap_or(usize::MAX));
    let facts = vec![
        Fact::new("First", label(0)),
        Fact::new("Last", humantime::format_rfc3339_seconds(last).to_string()),
        Fact::new("On average", format!("{rate:.1} a second")),
    ];
    let step = humantime::format_duration(Duration::from_secs(width));
    let columns = Columns { caption: format!("Verifications that ended in each {step}"), head: "From", counts, mark: None };
    vec![Block::Facts(facts), Block::Columns(columns)]
}

fn failures(records: &[Record], show: bool) -> Vec<Block> {
    let failed: Vec<&Record> = records.iter().filter(|record| record.ending == Ending::Failed).collect();
    let lost: Vec<&Record> = records.iter().filter(|record| record.ending != Ending::Fetched).collect();
    let mut blocks = Vec::new();
    if !failed.is_empty() {
        let kind = |record: &&Record| record.kind.map_or("unknown", Kind::name);
        let counted = most_first(failed.iter().map(kind)).into_iter().map(|(name, count)| {
            let known = failed.iter().filter_map(|record| record.kind).find(|kind| kind.name() == name);
            (name.to_owned(), count, known.map(Kind::meaning).unwrap_or_default().to_owned())
        });
        blocks.push(shares(counted.collect::<Vec<_>>(), failed.len()));
    }
    if show && !lost.is_empty() {
        let fact = |record: &&Record| Fact::new(record.ending.name(), &record.transaction_id);
        let facts = lost.iter().take(MOST_IDS).map(fact).collect();
        let label = format!("Show the transactions without a result ({} of {})", lost.len().min(MOST_IDS), lost.len());
        blocks.push(Block::Veiled { label, facts });
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(line: &str) -> Record {
        Record::read(line).expect(line)
    }

    fn fetched(second: u32, sub_code: &str, score: f64) -> Record {
        record(&format!(
            "{{\"transaction_id\":\"t\",\"outcome\":\"fetched\",\"passed\":{},\"sub_code\":\"{sub_code}\",\"face_score\":{score},\
             \"ended_at\":\"2026-03-01T10:{:02}:{:02}Z\"}}",
            sub_code == "200",
            second / 60,
            second % 60
        ))
    }

    fn columns(blocks: &[Block]) -> Vec<usize> {
        let found = blocks.iter().find_map(|block| if let Block::Columns(one) = block { Some(one) } else { None });
        found.expect("columns").counts.iter().map(|(_, count)| *count).collect()
    }

    fn counted(blocks: &[Block]) -> Vec<(String, usize, usize)> {
        let shares = blocks.iter().filter_map(|block| if let Block::Shares(shares) = block { Some(shares) } else { None });
        shares.flatten().map(|share| (share.label.clone(), share.count, share.of)).collect()
    }

    #[test]
    fn what_often_is_comes_first() {
        let records = [fetched(0, "205", 10.0), fetched(0, "200", 99.0), fetched(0, "200", 98.0), fetched(0, "Chan", 0.0)];
        let due = [("200", 2, 4), ("205", 1, 4), ("…", 1, 4)].map(|(code, count, of)| (code.to_owned(), count, of));
        assert_eq!(counted(&sub_codes(&records)), due);
    }

    #[test]
    fn a_score_is_counted_once_wherever_it_is() {
        let records = [-1.0, 0.0, 4.99, 5.0, 89.99, 90.0, 100.0, 1e300].map(|score| fetched(0, "200", score));
        let blocks = scores(&records);
        let mut due = vec![0; 20];
        for (at, count) in [(0, 3), (1, 1), (17, 1), (18, 1), (19, 2)] {
            due[at] = count;
        }
        assert_eq!(columns(&blocks), due);
        let Block::Columns(Columns { caption, mark, .. }) = &blocks[0] else { panic!("{blocks:?}") };
        assert!(caption.ends_with("5 of 8 are below the service's own threshold, 90") && *mark == Some(0.9), "{caption}");
    }

    #[test]
    fn time_is_cut_into_columns_that_hold_all() {
        let within = |seconds: &[u32]| seconds.iter().map(|&second| fetched(second, "200", 1.0)).collect::<Vec<_>>();
        assert_eq!(columns(&throughput(&within(&[7, 7, 9]))), [2, 0, 1]);
        assert_eq!(columns(&throughput(&within(&[0, 59]))).len(), 60);
        // A minute and a second: columns of two seconds.
        let blocks = throughput(&within(&[0, 1, 60]));
        assert_eq!((columns(&blocks).len(), columns(&blocks)[0], columns(&blocks)[30]), (31, 2, 1));
        assert!(throughput(&[record("{\"transaction_id\":\"t\",\"outcome\":\"gone\"}")]).is_empty());
    }

    #[test]
    fn what_is_lost_is_named_only_where_it_was_asked_for() {
        let records = ["failed", "expired", "fetched"].map(|ending| {
            record(&format!("{{\"transaction_id\":\"canary-{ending}\",\"outcome\":\"{ending}\",\"kind\":\"access_denied\"}}"))
        });
        assert_eq!(counted(&failures(&records, false)), [("access_denied".to_owned(), 1, 1)]);
        let text = |show| format!("{:?}", sections(&records, 0, show));
        assert!(!text(false).contains("canary"));
        let shown = text(true);
        assert!(
            shown.contains("canary-failed") && shown.contains("canary-expired") && !shown.contains("canary-fetched"),
            "{shown}"
        );
    }

    #[test]
    fn a_line_that_is_no_record_is_none() {
        for line in [
            "",
            "{",
            "[]",
            "null",
            "{\"transaction_id\":\"t\"}",
            "{\"transaction_id\":\"t\",\"outcome\":\"Chan\"}",
            "{\"outcome\":\"gone\"}",
        ] {
            assert!(Record::read(line).is_none(), "{line}");
        }
    }
}
