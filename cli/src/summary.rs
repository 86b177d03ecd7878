//! A result for people.

use cloudauth_core::result::{Document, Face, Identity, Page};
use cloudauth_core::{CheckResult, catalogue, decide};

use crate::output::{Paint, Rows};
use crate::plain::plain;

/// What a result says, without personal data: no name, no age, no picture.
pub(crate) fn rows(result: &CheckResult, paint: Paint) -> Rows {
    let mut rows = Rows::default();
    rows.push("verdict", verdict(result, paint));
    about_sub_code(&mut rows, result);
    if !result.request_id.is_empty() {
        rows.push("request id", plain(&result.request_id));
    }
    if let Some(face) = &result.face {
        about_face(&mut rows, face);
    }
    if let Some(document) = &result.document {
        about_document(&mut rows, document);
    }
    if !result.problems.is_empty() {
        let which = result.problems.iter().map(|problem| format!("{}: {}", plain(&problem.path), problem.reason));
        rows.push_lines("problems", std::iter::once(count(result.problems.len(), "value")).chain(which));
    }
    rows
}

fn verdict(result: &CheckResult, paint: Paint) -> String {
    match result.passed {
        Some(true) => paint.good("PASSED"),
        Some(false) => paint.bad("NOT PASSED"),
        None if result.is_pending() => paint.unsure("PENDING"),
        None => paint.unsure("UNKNOWN"),
    }
}

fn about_sub_code(rows: &mut Rows, result: &CheckResult) {
    let sub_code = result.sub_code.as_deref();
    let entry = sub_code.and_then(catalogue::sub_code);
    let meaning = entry.map_or("not in the catalogue", |entry| entry.meaning);
    rows.push("SubCode", sub_code.map_or_else(|| "-".to_owned(), |code| format!("{}  {meaning}", plain(code))));
    let score = result.face.as_ref().and_then(|face| face.comparison_score);
    // Only a threshold can be refused.
    if let Ok(decision) = decide(result.passed, sub_code, score, None) {
        // The first reason is the SubCode's meaning, which stands above.
        let further = decision.reasons.into_iter().skip(1);
        rows.push_lines("decision", std::iter::once(decision.action.name().to_owned()).chain(further));
    }
    if let Some(entry) = entry.filter(|_| result.passed != Some(true)) {
        rows.push("advice", entry.advice);
    }
}

fn about_face(rows: &mut Rows, face: &Face) {
    rows.push("face", step(face.passed));
    rows.push("  comparison", score(face.comparison_score));
    if face.quality.is_some() {
        rows.push("  quality", score(face.quality));
    }
    let seen = match face.attack {
        Some(true) => "  (an attack was seen)",
        Some(false) => "  (none was seen)",
        None => "",
    };
    rows.push("  attack", score(face.attack_score) + seen);
    rows.push("  device risk", score(face.guard_risk_score));
    rows.push_lines("  covered", face.occlusion.map(yes_no));
    rows.push_lines("  registered", face.registered.map(yes_no));
    if let Some(duplicates) = &face.duplicates {
        let highest = duplicates.iter().filter_map(|duplicate| duplicate.score).max_by(f64::total_cmp);
        rows.push("  duplicates", format!("{}, highest score {}", count(duplicates.len(), "similar face"), score(highest)));
    }
}

fn about_document(rows: &mut Rows, document: &Document) {
    rows.push("document", step(document.passed));
    for (name, page) in &document.pages {
        rows.push(format!("  page {}", plain(name)), format!("{}; {}", step(page.passed), spoof(page)));
    }
}

fn spoof(page: &Page) -> String {
    let Some(spoof) = &page.spoof else { return "forgery: not said".to_owned() };
    let types: Vec<String> = spoof.types.iter().flatten().map(|name| plain(name)).collect();
    match spoof.detected {
        Some(true) if types.is_empty() => "forgery: detected".to_owned(),
        Some(true) => format!("forgery: {}", types.join(", ")),
        Some(false) => "forgery: none seen, or not checked".to_owned(),
        None => "forgery: not said".to_owned(),
    }
}

/// Whom the documents name: personal data, shown only where it was asked for.
pub(crate) fn identity_rows(result: &CheckResult) -> Rows {
    let mut rows = Rows::default();
    let Some(document) = &result.document else { return rows };
    for (name, page) in &document.pages {
        if let Some(identity) = &page.identity {
            about_identity(&mut rows, &format!("identity {}", plain(name)), identity);
        }
    }
    if let Some(identity) = &document.edited_identity {
        about_identity(&mut rows, "identity as edited", identity);
    }
    rows
}

fn about_identity(rows: &mut Rows, heading: &str, identity: &Identity) {
    rows.push(heading, "");
    let texts = [
        ("full name", &identity.full_name),
        ("latin name", &identity.latin_name),
        ("surname", &identity.surname),
        ("given names", &identity.given_names),
        ("native surname", &identity.native_surname),
        ("native given names", &identity.native_given_names),
        ("name code", &identity.name_code),
        ("sex", &identity.sex),
        ("birth date", &identity.birth_date),
        ("document number", &identity.document_number),
        ("nationality", &identity.nationality),
        ("country code", &identity.country_code),
        ("issue date", &identity.issue_date),
        ("first issue date", &identity.first_issue_date),
        ("expiry date", &identity.expiry_date),
        ("place of issue", &identity.place_of_issue),
        ("issuing authority", &identity.issuing_authority),
        ("place of birth", &identity.place_of_birth),
        ("address", &identity.address),
        ("ethnicity", &identity.ethnicity),
        ("symbols", &identity.symbols),
    ];
    for (label, text) in texts {
        rows.push_lines(&format!("  {label}"), text.as_deref().map(plain));
    }
    rows.push_lines("  permanent", identity.permanent.map(yes_no));
}

fn step(passed: Option<bool>) -> String {
    match passed {
        Some(true) => "passed",
        Some(false) => "not passed",
        None => "no verdict of its own",
    }
    .to_owned()
}

fn yes_no(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}

fn score(score: Option<f64>) -> String {
    score.map_or_else(|| "-".to_owned(), |score| format!("{score:.2}"))
}

fn count(number: usize, of_what: &str) -> String {
    format!("{number} {of_what}{}", if number == 1 { "" } else { "s" })
}
