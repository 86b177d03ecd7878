//! Decoding ends, within its limits, whatever a body holds: values of every sort at every place, in texts in texts, as often
//! and as long as the input says.
#![no_main]

#[allow(dead_code, reason = "other targets use the rest of it")]
#[path = "../../../core/tests/support/bodies.rs"]
mod bodies;

use bodies::Choices;
use cloudauth_core::options::{MAX_PATH_BYTES, MAX_PROBLEM_BYTES, MAX_PROBLEMS};
use cloudauth_core::{CheckResult, Error, Kind, canonical_json, decode, decode_plainly};
use libfuzzer_sys::fuzz_target;

const NAMES: &[&str] = &[
    "Code", "code", "RequestId", "request_id", "Message", "Result", "result", "body", "statusCode", "headers", "Passed", "SubCode",
    "ExtFaceInfo", "extFaceInfo", "ExtIdInfo", "ext_id_info", "ExtSourceInfo", "ExtBasicInfo", "ocrIdInfoData", "01", "02",
    "ocrIdInfo", "ocrIdEditInfo", "ocrIdPassed", "spoofInfo", "spoofResult", "spoofType", "idImage", "faceImg", "facePassed",
    "faceAge", "faceComparisonScore", "faceGender", "duplicateFace", "score", "faceId", "deviceToken", "name", "sex", "birthDate",
    "isPermanent", "\\ud83d", "$serde_json::private::Number", "",
];

const SCALARS: &[&str] = &[
    "null", "true", "false", "0", "-0", "1", "-1.5e3", "1e999", "-1e-999", "1E+5", "9223372036854775808", "0.1", "NaN", "Infinity",
    "-Infinity", "\"\"", "\"Y\"", "\"N\"", "\"Success\"", "\"Throttling\"", "\"1e400\"", "\" 7 \"", "\"\\ud83d\"", "\"\\udc00x\"",
    "\"\\ud83d\\ude00\"", "\"\\u0000\"", "\"{\"", "\"[1,2]\"", "\"{\\\"a\\\":1}\"", "\"1990/2/21\"", "\"/9j/4AAQSkZJRg==\"", "\"AA\\/A\"",
    "\"data:;base64,AAAA\"", "\"Male\"", "[]", "{}", "", "tru", "\"", "01",
];

/// One value, in at most so many bytes.
fn value(choices: &mut Choices<'_>, depth: usize, room: usize) -> String {
    let mut out = match choices.below(if depth > 12 { 3 } else { 10 }) {
        0 | 1 => (*choices.pick(SCALARS)).to_owned(),
        2 => {
            let unit = *choices.pick(&["x", "A", "-_", "\\n", "\\\"", "\\u002f", "\\/", "é", "9", "{", "\\\\"]);
            let times = repeats(choices, room / unit.len());
            if unit == "9" { unit.repeat(times.max(1)) } else { format!("\"{}\"", unit.repeat(times)) }
        }
        3 => {
            let inner = value(choices, depth + 1, room / 2);
            let times = repeats(choices, room / (inner.len() + 1)).max(1);
            format!("[{}]", vec![inner; times].join(","))
        }
        4 => {
            let open = *choices.pick(&["[", "{\"a\":"]);
            let times = repeats(choices, 400.min(room / 8));
            format!("{}{}{}", open.repeat(times), value(choices, 13, room / 2), if open == "[" { "]" } else { "}" }.repeat(times))
        }
        _ => object(choices, depth, room),
    };
    for _ in 0..choices.below(12).saturating_sub(8) {
        if out.len() > room / 2 {
            break;
        }
        out = format!("\"{}\"", out.replace('\\', "\\\\").replace('"', "\\\""));
    }
    out
}

fn object(choices: &mut Choices<'_>, depth: usize, room: usize) -> String {
    let count = choices.below(6);
    let mut members = Vec::new();
    for _ in 0..count {
        let name = *choices.pick(NAMES);
        members.push(format!("\"{name}\":{}", value(choices, depth + 1, room / (count + 1))));
    }
    format!("{{{}}}", members.join(","))
}

/// Few, most often.
fn repeats(choices: &mut Choices<'_>, most: usize) -> usize {
    let wanted = *choices.pick(&[0, 1, 2, 3, 5, 100, 130, 5000, 40_000, usize::MAX]);
    wanted.min(most)
}

fn body(choices: &mut Choices<'_>) -> String {
    const ROOM: usize = 1 << 18;
    if choices.below(8) == 0 {
        return value(choices, 0, ROOM);
    }
    let mut members = Vec::new();
    for _ in 0..=choices.below(5) {
        let name = *choices.pick(&["ExtFaceInfo", "ExtIdInfo", "ExtSourceInfo", "ExtBasicInfo", "Passed", "spoofInfo"]);
        members.push(format!("\"{name}\":{}", value(choices, 0, ROOM / 6)));
    }
    let message = value(choices, 10, 1000);
    format!("{{\"Code\":\"Success\",\"Message\":{message},\"Result\":{{{}}}}}", members.join(","))
}

fn check(outcome: Result<CheckResult, Error>) -> Result<CheckResult, (Kind, String)> {
    match &outcome {
        Ok(result) => {
            assert!(result.problems.len() <= MAX_PROBLEMS + 1);
            assert!(result.problems.iter().all(|problem| problem.path.len() <= MAX_PATH_BYTES + 16));
            let bytes: usize = result.problems.iter().map(|problem| problem.path.len() + problem.text.len()).sum();
            assert!(bytes <= MAX_PROBLEM_BYTES + 3 * MAX_PROBLEMS, "{bytes}");
            assert!(!canonical_json(result).unwrap().is_empty());
        }
        Err(error) => assert!(error.message().len() < 1000, "{error}"),
    }
    outcome.map_err(|error| (error.kind(), error.to_string()))
}

fuzz_target!(|input: &[u8]| {
    let built = body(&mut Choices(input));
    for body in [built.as_bytes(), input] {
        assert!(check(decode(body)) == check(decode_plainly(body)), "{}", String::from_utf8_lossy(body));
    }
});
