//! What a report says of an archive beside its result.

use std::time::{Duration, SystemTime};

use cloudauth_core::evidence::{ArchiveReport, FileRecord, Manifest, Trouble};
use cloudauth_core::shown_request_id;

use super::section::{Block, Fact, Section, Table, Tone};

const MANIFEST: &str = "manifest.json";
const RECEIPT: &str = "receipt.json";

pub(super) fn sections(found: &ArchiveReport, show: bool) -> Vec<Section> {
    let mut blocks = vec![verdict(found)];
    blocks.extend(found.manifest.as_ref().and_then(|manifest| Block::facts(facts(manifest, found))));
    blocks.push(files(found));
    if let Some(manifest) = &found.manifest {
        blocks.extend(missing(manifest));
        blocks.push(ids(manifest, show));
    }
    let times = found.manifest.as_ref().and_then(|manifest| Block::facts(times(manifest)));
    let all = [Section::of("Archive", blocks), Section::of("Timings", times.into_iter().collect())];
    all.into_iter().flatten().collect()
}

fn verdict(found: &ArchiveReport) -> Block {
    let is_whole = found.manifest.is_some();
    let (tone, word) = match (found.is_complete(), is_whole) {
        (true, _) => (Tone::Good, "Whole and unchanged"),
        (false, true) => (Tone::Bad, "Changed"),
        (false, false) => (Tone::Bad, "Not verified: there is no manifest as it was written"),
    };
    Block::Verdict { tone, word: word.to_owned() }
}

fn facts(manifest: &Manifest, found: &ArchiveReport) -> Vec<Fact> {
    let hash = found.manifest_sha256.as_ref().map(|hash| Fact {
        label: "Manifest's SHA-256".to_owned(),
        value: hash.clone(),
        note: "whoever can write to the folder can write another manifest, and has another hash: compare it with the one that you kept".to_owned(),
    });
    let request_id = manifest.request_id.as_deref().map(|id| Fact::new("Request id", shown_request_id(id)));
    hash.into_iter().chain(request_id).collect()
}

fn files(found: &ArchiveReport) -> Block {
    let listed = |name: &str| found.manifest.as_ref().is_some_and(|manifest| manifest.files.contains_key(name));
    let problem = |name: &str| found.problems.iter().find(|problem| problem.file == name).map(|problem| problem.problem);
    let files = found.manifest.iter().flat_map(|manifest| &manifest.files);
    let mut rows: Vec<Vec<String>> = files.map(|(name, record)| row(name, Some(record), problem(name))).collect();
    for problem in &found.problems {
        match &*problem.file {
            name @ (MANIFEST | RECEIPT) => rows.push(row(name, None, Some(problem.problem))),
            name if !listed(name) => rows.push(row("a file of another name", None, Some(problem.problem))),
            _ => {}
        }
    }
    Block::Table(Table { caption: "Files, as they were found".to_owned(), head: vec!["File", "Bytes", "State"], rows })
}

fn row(name: &str, record: Option<&FileRecord>, problem: Option<Trouble>) -> Vec<String> {
    let size = record.map(|record| record.size.to_string()).unwrap_or_default();
    let state = match problem {
        None => "as it was written",
        Some(Trouble::Missing) => "missing",
        Some(Trouble::Changed) => "changed",
        Some(Trouble::Unknown) => "unknown to the manifest",
        Some(Trouble::NotRegular) => "no regular file",
        Some(Trouble::Unreadable) => "unreadable",
        Some(other) => other.name(),
    };
    vec![name.to_owned(), size, state.to_owned()]
}

/// What the archive does not have, in the words of its manifest.
fn missing(manifest: &Manifest) -> Option<Block> {
    let why = |why: &str| {
        Some(match why {
            "not_asked" => "was not asked for",
            "none_sent" => "the service sent none",
            "none_offered" => "the service offered none",
            "gone" => "was gone by then",
            _ => return None,
        })
    };
    let facts = ["raw", "face", "document", "video"].into_iter().filter_map(|what| {
        let said = manifest.missing.get(what)?;
        Some(Fact::new(format!("No {what}"), why(said).unwrap_or("for another reason")))
    });
    Block::facts(facts.collect())
}

fn ids(manifest: &Manifest, show: bool) -> Block {
    let all = [
        ("Transaction", Some(&manifest.transaction_id)),
        ("Merchant's id", Some(&manifest.merchant_biz_id)),
        ("Region", manifest.region.as_ref()),
        ("Endpoint", manifest.endpoint.as_ref()),
    ];
    let facts: Vec<Fact> = all.into_iter().filter_map(|(label, value)| Some(Fact::new(label, value?))).collect();
    if show {
        Block::Veiled { label: "Show which verification it is of".to_owned(), facts }
    } else {
        let labels: Vec<String> = facts.into_iter().map(|fact| fact.label.to_lowercase()).collect();
        Block::Text(format!("Not shown: {}.", labels.join(", ")))
    }
}

fn times(manifest: &Manifest) -> Vec<Fact> {
    let steps =
        [("Started", &manifest.started_at), ("Result fetched", &manifest.fetched_at), ("Archived", &manifest.archived_at)];
    let mut facts = Vec::new();
    let mut before: Option<SystemTime> = None;
    for (label, text) in steps {
        let Some(time) = text.as_deref().and_then(|text| humantime::parse_rfc3339(text).ok()) else { continue };
        let since = before.and_then(|before| time.duration_since(before).ok());
        let since = since.map(|pause| format!(", {} later", humantime::format_duration(seconds(pause)))).unwrap_or_default();
        facts.push(Fact::new(label, format!("{}{since}", humantime::format_rfc3339_seconds(time))));
        before = Some(time);
    }
    facts
}

fn seconds(of: Duration) -> Duration {
    Duration::from_secs(of.as_secs())
}
