//! Bodies of errors, in JSON and in XML, in every spelling: the error is one short line, and what it shows is an id.
#![no_main]

#[allow(dead_code, reason = "other targets use the rest of it")]
#[path = "../../../core/tests/support/bodies.rs"]
mod bodies;

use bodies::Choices;
use cloudauth_core::decode;
use libfuzzer_sys::fuzz_target;

const NAMES: &[&str] =
    &["Code", "code", "CODE", "RequestId", "requestId", "request_id", "Message", "message", "HostId", "Result", "body", "statusCode"];
const TEXTS: &[&str] = &[
    "Success", "Throttling.User", "InvalidParameter", "SignatureDoesNotMatch", "Chan Tai Man A1234567", "7C1E2F90-41B6-4D0A",
    "a\\nb", "\\ud83d", "server string to sign is:POST", "", "Specified parameter is not valid.", "é", "&lt;", "<b>",
];

fn json(choices: &mut Choices<'_>, depth: usize) -> String {
    let mut members = Vec::new();
    for _ in 0..choices.below(6) {
        let name = *choices.pick(NAMES);
        let value = match choices.below(6) {
            0 if depth < 3 => json(choices, depth + 1),
            1 => (*choices.pick(&["429", "503", "null", "true", "[]", "NaN", "1e999"])).to_owned(),
            _ => format!("\"{}\"", choices.pick(TEXTS).repeat(*choices.pick(&[1, 1, 1, 2, 3000]))),
        };
        members.push(format!("\"{name}\":{value}"));
    }
    format!("{{{}}}", members.join(","))
}

fn xml(choices: &mut Choices<'_>, depth: usize) -> String {
    let mut out = (*choices.pick(&["", "<?xml version='1.0'?>", "<!-- x -->", "<!DOCTYPE html>", " "])).to_owned();
    for _ in 0..=choices.below(5) {
        let name = *choices.pick(&["Error", "Code", "code", "RequestId", "Message", "a:Code", "html", "Response", "", "![CDATA["]);
        let inside = match choices.below(4) {
            0 if depth < 4 => xml(choices, depth + 1),
            1 => format!("<![CDATA[{}]]>", choices.pick(TEXTS)),
            _ => choices.pick(TEXTS).repeat(*choices.pick(&[1, 1, 2, 3000])),
        };
        out += &format!("<{name}{}>{inside}</{name}>", choices.pick(&["", " x=\"1\"", "/", " "]));
    }
    out
}

fuzz_target!(|input: &[u8]| {
    let mut choices = Choices(input);
    let built = if choices.below(2) == 0 { json(&mut choices, 0) } else { xml(&mut choices, 0) };
    for body in [built.as_bytes(), input] {
        let Err(error) = decode(body) else { continue };
        let line = error.to_string();
        assert!(line.len() < 1000 && !line.contains(['\n', '\r']), "{line:?}");
        for hidden in ["Chan", "Tai Man", "A1234567"] {
            assert!(!line.contains(hidden) && !format!("{error:?}").contains(hidden), "{error:?}");
        }
    }
});
