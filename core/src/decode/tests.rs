//! What is JSON, and what it may cost.

use proptest::prelude::*;

use super::json::parse;
use super::*;
use crate::options::{MAX_DEPTH, MAX_TEXT_BYTES, MAX_VALUES};
use crate::result::Value;

/// Path, reason and text.
type Said = (String, &'static str, String);

fn parsed(text: &str) -> (Result<Value, Refusal>, Vec<Said>) {
    let mut state = State::new(Budget::new(), Images::none());
    let outcome = parse(text, &Path::Root, 0, &mut state).map(Node::into_value);
    (outcome, state.problems.finish().into_iter().map(|problem| (problem.path, problem.reason, problem.text)).collect())
}

/// Ours, where `serde_json` has an opinion, and its.
fn both(text: &str) -> (Result<Value, Refusal>, Result<Value, Refusal>) {
    let theirs = serde_json::from_str(text).map_err(|error| {
        if error.is_eof() {
            Refusal::Cut
        } else if error.to_string().contains("recursion limit") {
            Refusal::Deep
        } else {
            Refusal::Syntax
        }
    });
    (parsed(text).0, theirs)
}

#[test]
fn json_is_what_serde_json_says() {
    let texts = [
        "",
        " ",
        "null",
        " true ",
        "false",
        "nul",
        "nulL",
        "truefalse",
        "0",
        "-0",
        "01",
        "-01",
        "-",
        "1.",
        "1.5",
        ".5",
        "1e",
        "1e+",
        "1E-5",
        "1e400",
        "-1.0e2",
        "+1",
        "0x1",
        "1 2",
        "\"\"",
        "\"a",
        "\"a\\",
        "\"\\u12",
        "\"\\u12\"",
        "\"\\u00e9\"",
        "\"\\ud83d\\ude00\"",
        "\"\\x\"",
        "\"\u{1}\"",
        "\"\t\"",
        "\"\u{7f}é\u{2028}\"",
        "[",
        "[]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{",
        "{}",
        "{\"",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "{1:2}",
        "{\"a\":1,\"a\":2}",
        "[{}]",
        "]",
        "}",
        "\u{feff}1",
        "[1]]",
        "{\"a\":[{\"b\":[]}],\"c\":null}",
        "\"\\ud83dx\\ud\"",
        "\u{c}1",
        "'a'",
        "// a",
        "tru",
        "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"",
    ];
    for text in texts {
        let (ours, theirs) = both(text);
        assert_eq!(ours.map_err(|_| ()), theirs.map_err(|_| ()), "{text}");
    }
    for (depth, expected) in [(MAX_DEPTH - 1, true), (MAX_DEPTH, false)] {
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let (ours, theirs) = both(&text);
        assert_eq!(ours.is_ok(), expected, "{depth}");
        assert_eq!(ours, theirs);
    }
}

fn json_like() -> impl Strategy<Value = String> {
    let tokens = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"\"",
        "\"b\\n\"",
        "1",
        "-2.5e3",
        "0",
        "true",
        "false",
        "null",
        " ",
        "\n",
        "\"\\u00e9\"",
        "\"é\"",
        "\\",
        "\"",
        "x",
        "\"key\":",
        "\"k\":{",
        "\"l\":[",
        "\"\\ud83d\\ude00\"",
        "1e999",
        "-",
        "\"aaaaaaaaaaaaaaaaaaaaaaaa\\\"aaaaaaa\"",
    ]);
    prop::collection::vec(tokens, 0..24).prop_map(|tokens| tokens.concat())
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn token_soup_is_read_as_by_serde_json(text in json_like()) {
        let (ours, theirs) = both(&text);
        prop_assert_eq!(ours.map_err(|_| ()), theirs.map_err(|_| ()));
    }

    #[test]
    fn every_value_comes_back(value in json(), cut in any::<prop::sample::Index>()) {
        let text = value.to_string();
        let ours = parsed(&text).0;
        prop_assert_eq!(ours.as_ref(), Ok(&value));
        let end = text.floor_char_boundary(cut.index(text.len() + 1));
        let (ours, theirs) = both(&text[..end]);
        prop_assert_eq!(ours.map_err(|_| ()), theirs.map_err(|_| ()));
    }
}

// Finding A8: these cost the whole text.
#[test]
fn half_a_character_and_no_number_cost_themselves() {
    let text = r#"{"a":"x\ud83d","b":[1,NaN,"\udc00y"],"k\ud800":-Infinity,"c":Infinity,"d":"\ud83d\ud83d\ude00"}"#;
    let (value, problems) = parsed(text);
    let expected = r#"{"a":"x�","b":[1,null,"�y"],"d":"�😀"}"#;
    assert_eq!(value.map(|value| value.to_string()).as_deref(), Ok(expected));
    let expected = [
        ("a", "broken character", "x�"),
        ("b[1]", "not a number", "NaN"),
        ("b[2]", "broken character", "�y"),
        ("c", "not a number", "Infinity"),
        ("d", "broken character", "�😀"),
        ("k�", "broken character", "k�"),
        ("k�", "not a number", "-Infinity"),
    ];
    let problems: Vec<_> = problems.iter().map(|(path, reason, text)| (path.as_str(), *reason, text.as_str())).collect();
    assert_eq!(problems, expected);
    for broken in ["Nan", "NaNx", "+Infinity", "[Infinit]", "-Inf", "\"\\ud83d\\uzzzz\"", "{NaN:1}"] {
        assert!(parsed(broken).0.is_err(), "{broken}");
        assert_eq!(parsed(broken).1, [], "{broken}");
    }
}

#[test]
fn no_key_has_a_meaning_of_its_own() {
    let text = r#"{"$serde_json::private::Number":"no number","$serde_json::private::RawValue":"1"}"#;
    assert_eq!(parsed(text).0.map(|value| value.as_object().map_or(0, Fields::len)), Ok(2));
}

// Finding A2: values cost a hundred times what they take in the body.
#[test]
fn values_are_counted() {
    let list = |values: usize| format!("[{}0]", "0,".repeat(values - 2));
    assert!(parsed(&list(MAX_VALUES)).0.is_ok());
    assert_eq!(parsed(&list(MAX_VALUES + 1)).0, Err(Refusal::Large));
}

#[test]
fn a_long_text_is_left_out_unless_it_is_json_or_an_image() {
    let long = "x".repeat(MAX_TEXT_BYTES + 1);
    let (value, problems) = parsed(&format!(r#"{{"a":"{long}","b":"{{{long}","idImage":"{long}","c":"\n{long}\"","d":1}}"#));
    let value = value.expect("JSON");
    assert_eq!(
        value.as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>()),
        Some(vec!["b".into(), "d".into(), "idImage".into()])
    );
    let length = |length: usize| format!("{length} bytes");
    let expected =
        [("a".to_owned(), "too long", length(MAX_TEXT_BYTES + 1)), ("c".to_owned(), "too long", length(MAX_TEXT_BYTES + 5))];
    assert_eq!(problems, expected);
}

#[test]
fn bytes_are_counted_and_what_does_not_fit_is_left_out_or_too_large() {
    let large = format!("[{}", "1".repeat(5 << 20));
    let (value, problems) = parsed(&format!(r#"{{"a":"{large}","b":1}}"#));
    assert_eq!(value.map(|value| value.to_string()).as_deref(), Ok(r#"{"b":1}"#));
    assert_eq!(problems.len(), 1);
    let many = format!(r#"["{}"]"#, ["y".repeat(1 << 19).as_str(); 9].join("\",\""));
    assert_eq!(parsed(&many).0, Err(Refusal::Large));
    assert_eq!(parsed(&format!(r#"{{"{large}":1}}"#)).0, Err(Refusal::Large));
}

/// A body whose `Result` has these members.
fn decoded(members: &str) -> Result<Decoded, Refusal> {
    let body = format!(r#"{{"Code":"Success","Result":{{"Passed":"Y",{members}}}}}"#);
    let mut body = Body::read(body.as_bytes(), Images::none(), Budget::new())?;
    let result = body.fields.take().and_then(|mut fields| fields.remove("Result"));
    body.check_result(String::new(), result)
}

// Finding A4: text in text in text, each nested deep, took the thread's whole stack.
#[test]
fn depth_is_counted_over_all_texts() {
    let nested = (0..4).fold("1".to_owned(), |inner, _| {
        let text = serde_json::to_string(&inner).expect("a string");
        format!("{}{text}{}", "[".repeat(60), "]".repeat(60))
    });
    let decoded = decoded(&format!(r#""Deep":{nested}"#)).expect("within the budget");
    let mut depth = 0;
    let mut value = &decoded.result.extra["Deep"];
    while let Value::Array(items) = value {
        depth += 1;
        value = &items[0];
    }
    // The body, its Result, and two of the texts; the third would go too deep.
    assert_eq!(depth, 120);
    assert!(value.as_str().is_some_and(|text| text.starts_with("[[")));
}

#[test]
fn texts_inside_texts_share_one_budget() {
    let list = format!("\\\"[{}0]\\\"", "0,".repeat(8_000));
    assert!(decoded(&format!(r#""a":"[{list}]""#)).is_ok());
    assert!(matches!(decoded(&format!(r#""a":"[{list},{list}]""#)), Err(Refusal::Large)));
    assert!(matches!(decoded(&format!(r#""ExtIdInfo":"{{\"x\":[{}0]}}""#, "0,".repeat(MAX_VALUES))), Err(Refusal::Large)));
}
