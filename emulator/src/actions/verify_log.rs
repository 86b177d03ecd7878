//! `Result` of `CheckVerifyLog`, in the form of the documents' sample.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::lookup::Found;
use crate::clock::Moment;
use crate::scenario::Plan;
use crate::verification::{InterruptPage, Progress};

/// An attempt that is not over by then is suspected to be broken off.
const ATTEMPT_LIFE: Duration = Duration::from_mins(30);
const FINISHED_PASSED: u16 = 1000;
const FINISHED_FAILED: u16 = 1001;
const SUSPECTED_BROKEN_OFF: u16 = 9999;
/// How long a person is said to have stayed on each page.
const STAY: Duration = Duration::from_secs(2);

pub(super) fn verify_log(found: &Found, now: Moment) -> Value {
    let last = InterruptPage::last_of(found.plan.variant);
    let (status, page, code) = match found.progress {
        Progress::NotBegun => ("2", InterruptPage::Loading, None),
        Progress::At(page) => ("1", page, (now > found.begun.plus(ATTEMPT_LIFE)).then_some(SUSPECTED_BROKEN_OFF)),
        Progress::Abandoned(abandonment) => ("1", abandonment.page, Some(abandonment.code)),
        Progress::Pending(_) => ("0", last, Some(FINISHED_PASSED)),
        Progress::Finished(end) => ("0", last, Some(if Plan::passed(end.sub_code) { FINISHED_PASSED } else { FINISHED_FAILED })),
    };
    let mut log = Map::new();
    let mut put = |name: &str, value: Value| drop(log.insert(name.to_owned(), value));
    put("VerifyStatus", status.into());
    match found.progress {
        Progress::Pending(_) => put("Passed", "P".into()),
        Progress::Finished(end) => {
            put("Passed", if Plan::passed(end.sub_code) { "Y" } else { "N" }.into());
            put("SubCode", end.sub_code.into());
        }
        Progress::NotBegun | Progress::At(_) | Progress::Abandoned(_) => {}
    }
    if let Some(code) = code {
        put("VerifyErrorCode", code.to_string().into());
    }
    put("InterruptPage", page.chinese().into());
    put("InterruptPageEn", page.name().into());
    let begun = !matches!(found.progress, Progress::NotBegun);
    let way = if begun { page.way_here(found.plan.variant) } else { Vec::new() };
    let left = found.progress.ended().is_some();
    put(
        "LogInfo",
        lines(&way, found.begun, left, |page, enters| format!("{}{}", if enters { "进入" } else { "离开" }, page.chinese())),
    );
    put(
        "LogInfoEn",
        lines(&way, found.begun, left, |page, enters| format!("{}_{}", page.name(), if enters { "ENTER" } else { "LEAVE" })),
    );
    put("LogStatisticsInfo", statistics(&way).to_string().into());
    put("ExtInfo", "{}".into());
    log.into()
}

/// The lines as the sample has them: a list of one text, which is the JSON of a list. The person leaves each page but the
/// last one, and that one where `left`.
fn lines(way: &[InterruptPage], begun: Moment, left: bool, text: impl Fn(InterruptPage, bool) -> String) -> Value {
    let mut lines = Vec::new();
    let mut at = begun;
    for (number, page) in way.iter().enumerate() {
        lines.push(format!("{} {}", at.plain(), text(*page, true)));
        if left || number + 1 < way.len() {
            at = at.plus(STAY);
            lines.push(format!("{} {}", at.plain(), text(*page, false)));
        }
    }
    json!([json!(lines).to_string()])
}

fn statistics(way: &[InterruptPage]) -> Value {
    let stay: Map<_, _> = way.iter().map(|page| (page.name().to_owned(), STAY.as_millis().to_string().into())).collect();
    json!({
        "faceOverTimes": 0,
        "ocrOverTimes": 0,
        "ocrEditTimes": 0,
        "ocrEditOverTimes": 0,
        "hasFaceOverTimes": false,
        "hasOcrOverTimes": false,
        "hasOcrEdit": false,
        "hasOcrEditOverTimes": false,
        "hasFacePermissionRefuse": false,
        "hasOcrPermissionRefuse": false,
        "pageStayTimeInfo": stay,
    })
}
