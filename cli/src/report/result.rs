//! What a report says of a result.

use cloudauth_core::canonical_value;
use cloudauth_core::result::{ImageFormat, Problem};
use serde_json::Value;

use super::lookup::is_service_name;
use super::parts::{Part, capitalized, is_page, parts};
use super::schema::{Field, Shown, Sort};
use super::section::{Block, Fact, Picture, Score, Section, Table};
use super::source::Source;
use super::verdict;

/// With `show`, names, numbers and pictures as well.
pub(super) fn sections(source: Source, show: bool) -> Vec<Section> {
    let parts = parts(&source.tree);
    let all = [
        Some(verdict::section(&source.result)),
        Section::of("Scores", scores(&parts)),
        Section::of("Pictures", pictures(source.pictures, show)),
        Section::of("Findings", parts.iter().flat_map(|part| findings(part, show)).collect()),
        Section::of("Problems", problems(&source.result.problems, show)),
    ];
    all.into_iter().flatten().collect()
}

fn scores(parts: &[Part]) -> Vec<Block> {
    let score = |part: &Part, field: &Field, value: &Value| {
        Some(Score {
            label: format!("{}: {}", part.title, field.label()),
            value: value.as_f64()?,
            threshold: field.threshold,
            note: field.note(),
        })
    };
    let all = parts.iter().flat_map(|part| part.values.iter().map(move |(field, value)| (part, field, value)));
    let scores: Vec<Score> =
        all.filter(|(_, field, _)| is_score(field)).filter_map(|(part, field, value)| score(part, field, value)).collect();
    if scores.is_empty() { Vec::new() } else { vec![Block::Scores(scores)] }
}

fn is_score(field: &Field) -> bool {
    matches!((&field.sort, &field.shown), (Sort::Number, Shown::Always))
}

fn findings(part: &Part, show: bool) -> Vec<Block> {
    let (mut open, mut personal) = (Vec::new(), Vec::new());
    for (field, value) in part.values.iter().filter(|(field, _)| !is_score(field)) {
        let fact = |value: String| Fact { label: capitalized(&field.label()), value, note: field.note() };
        let (shown, hidden) = split(field, value);
        open.extend(shown.map(fact));
        personal.extend(hidden.map(fact));
    }
    let mut blocks: Vec<Block> = Block::facts(open).into_iter().collect();
    if !personal.is_empty() && show {
        blocks.push(Block::Veiled { label: format!("Show what is personal: {}", part.title), facts: personal });
    } else if !personal.is_empty() {
        let labels: Vec<String> = personal.into_iter().map(|fact| fact.label.to_lowercase()).collect();
        blocks.push(Block::Text(format!("Not shown: {}.", labels.join(", "))));
    }
    if !blocks.is_empty() {
        blocks.insert(0, Block::Heading(part.title.clone()));
    }
    blocks
}

/// What of a value is shown of anybody, and what else there is.
fn split(field: &Field, value: &Value) -> (Option<String>, Option<String>) {
    match field.shown {
        Shown::Always => (Some(text(field, value)), None),
        Shown::Asked => (None, Some(text(field, value))),
        Shown::Known(known) => {
            let texts = value.as_array().into_iter().flatten().filter_map(Value::as_str);
            let (known, others): (Vec<_>, Vec<_>) = texts.partition(|text| known.contains(text));
            let joined = |texts: Vec<&str>| (!texts.is_empty()).then(|| texts.join(", "));
            (joined(known), joined(others))
        }
    }
}

fn text(field: &Field, value: &Value) -> String {
    match (&field.sort, value) {
        (Sort::Image, value) => image(value),
        (_, Value::Bool(flag)) => if *flag { "yes" } else { "no" }.to_owned(),
        (_, Value::String(text)) => text.clone(),
        // It was JSON before.
        _ => canonical_value(value).unwrap_or_default(),
    }
}

fn image(value: &Value) -> String {
    let format = ImageFormat::ALL.iter().map(|format| format.name()).find(|name| value["format"] == *name);
    let length = value["length"].as_u64().map(|length| format!(", {length} bytes")).unwrap_or_default();
    format!("{}{length}", format.unwrap_or("unknown"))
}

fn problems(problems: &[Problem], show: bool) -> Vec<Block> {
    if problems.is_empty() {
        return Vec::new();
    }
    let rows = problems.iter().map(|problem| vec![path(&problem.path), problem.reason.to_owned()]);
    let caption = "What could not be decoded; the rest of the result stands".to_owned();
    let mut blocks = vec![Block::Table(Table { caption, head: vec!["Where", "Why"], rows: rows.collect() })];
    if show {
        let numbered = problems.iter().zip(1..);
        let fact = |(problem, number): (&Problem, u32)| {
            Fact::new(format!("Problem {number}"), format!("{}\n{}", problem.path, problem.text))
        };
        blocks.push(Block::Veiled { label: "Show what could not be decoded".to_owned(), facts: numbered.map(fact).collect() });
    }
    blocks
}

/// A path without the names that are not the service's own.
fn path(path: &str) -> String {
    let step = |step: &str| {
        let name = step.split('[').next().unwrap_or_default();
        let is_index = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'[' | b']'));
        let fits = is_service_name(name) || name == "Result" || is_page(name);
        if fits && is_index(&step[name.len()..]) { step.to_owned() } else { "…".to_owned() }
    };
    path.split('.').map(step).collect::<Vec<_>>().join(".")
}

fn pictures(pictures: Vec<Picture>, show: bool) -> Vec<Block> {
    let shown = |picture: Picture| match picture.media_type {
        Some(_) => Block::Picture(picture),
        None => Block::Text(format!("{} has no format that a browser shows.", picture.name)),
    };
    match pictures.len() {
        _ if show => pictures.into_iter().map(shown).collect(),
        0 => Vec::new(),
        1 => vec![Block::Text("Not shown: one picture.".to_owned())],
        count => vec![Block::Text(format!("Not shown: {count} pictures."))],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_shows_the_services_names_alone() {
        for (full, shown) in [
            ("ExtFaceInfo.duplicateFace[3].score", "ExtFaceInfo.duplicateFace[3].score"),
            ("ExtIdInfo.ocrIdInfoData.01.idImage", "ExtIdInfo.ocrIdInfoData.01.idImage"),
            ("Result", "Result"),
            ("ExtIdInfo.ocrIdInfoData.Chan.idImage", "ExtIdInfo.ocrIdInfoData.….idImage"),
            ("ExtFaceInfo.faceImg[Chan]", "ExtFaceInfo.…"),
            ("A1234567", "…"),
        ] {
            assert_eq!(path(full), shown);
        }
    }
}
