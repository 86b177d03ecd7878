//! `CheckResult` bodies of every sort, right and broken, built from a string of choices.

/// Bytes that decide; when they run out, every further choice is 0.
#[derive(Debug)]
pub(crate) struct Choices<'a>(pub(crate) &'a [u8]);

impl Choices<'_> {
    pub(crate) fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (usize::from(self.byte()) << 8 | usize::from(self.byte())) % limit
    }

    pub(crate) fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }
}

const KEYS: [&str; 24] = [
    "faceImg",
    "idImage",
    "faceImg",
    "idImage",
    "facePassed",
    "faceComparisonScore",
    "deviceToken",
    "ocrIdInfo",
    "spoofInfo",
    "ocrIdInfoData",
    "01",
    "02",
    "duplicateFace",
    "ocrIdEditInfo",
    "ocrIdPassed",
    "ExtFaceInfo",
    "ExtIdInfo",
    "ExtSourceInfo",
    "ExtBasicInfo",
    "spoofType",
    "isPermanent",
    "name",
    "birthDate",
    "x\"y",
];

/// One body.
pub(crate) fn body(choices: &mut Choices<'_>) -> Vec<u8> {
    let mut fields = vec![format!("\"RequestId\":{}", text(choices, "r-1")), "\"Code\":\"Success\"".to_owned()];
    let mut result = vec!["\"Passed\":\"Y\"".to_owned()];
    for _ in 0..=choices.below(4) {
        let key = *choices.pick(&["ExtFaceInfo", "ExtIdInfo", "ExtIdInfo", "ExtFaceInfo", "ExtSourceInfo", "ExtBasicInfo"]);
        result.push(format!("\"{key}\":{}", nested(choices, 0)));
    }
    let result = format!("{{{}}}", result.join(","));
    fields.push(format!("\"Result\":{}", if choices.below(8) == 0 { text(choices, &result) } else { result }));
    let mut body = format!("{{{}}}", fields.join(",")).into_bytes();
    for _ in 0..choices.below(8).saturating_sub(3) {
        mutate(choices, &mut body);
    }
    body
}

/// An object, as such or as text, or as text in text.
fn nested(choices: &mut Choices<'_>, depth: usize) -> String {
    let mut members = Vec::new();
    for _ in 0..=choices.below(4) {
        let key = *choices.pick(&KEYS);
        let value = match choices.below(9) {
            0..=3 => {
                let image = image(choices);
                text(choices, &image)
            }
            4 | 5 if depth < 3 => nested(choices, depth + 1),
            6 => (*choices.pick(&["null", "\"\"", "1", "99.5", "true", "\"Y\"", "[]", "1e400", "\"1990/2/21\""])).to_owned(),
            7 => format!("[{}]", nested(choices, 3)),
            _ => {
                let token = token(choices);
                text(choices, &token)
            }
        };
        let blank = *choices.pick(&["", "", " ", "\n"]);
        members.push(format!("{}{blank}:{blank}{value}{blank}", text(choices, key)));
    }
    let mut value = format!("{{{}}}", members.join(","));
    for _ in 0..*choices.pick(&[1, 1, 0, 1, 2, 3]) {
        value = text(choices, &value);
    }
    value
}

/// `text` as a JSON string, with one of the ways of escaping.
fn text(choices: &mut Choices<'_>, text: &str) -> String {
    let style = choices.below(16);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' if style == 13 => out.push_str("\\u0022"),
            '\\' if style == 14 => out.push_str("\\u005c"),
            '/' if style == 12 => out.push_str("\\u002f"),
            '/' if (8..12).contains(&style) => out.push_str("\\/"),
            '=' if style == 11 => out.push_str("\\u003d"),
            '+' if style == 10 => out.push_str("\\u002B"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// Base64, mostly; long enough to be lifted, mostly.
fn image(choices: &mut Choices<'_>) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let length = *choices.pick(&[4096, 4100, 5000, 4092, 4097, 16384, 16388, 20000, 40, 0]);
    let mut state = u32::from(choices.byte()) | 1;
    let mut image: String = (0..length)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(ALPHABET[(state >> 26) as usize])
        })
        .collect();
    match choices.below(12) {
        0 => image.push_str("AA=="),
        1 => image.push_str("AAA="),
        2 => image.push_str("AA"),
        3 => image.push_str("A/+/AA=="),
        4 => {
            let lines: Vec<&str> = (0..image.len()).step_by(76).map(|at| &image[at..image.len().min(at + 76)]).collect();
            image = lines.join(*choices.pick(&["\r\n", "\n", "\r\n "]));
        }
        5 => image = image.replace('+', "-").replace('/', "_"),
        6 => image.insert_str(0, "data:image/jpeg;base64,"),
        7 if image.len() > 4 => {
            let at = choices.below(image.len() / 4) * 4;
            let piece = *choices.pick(&["AA==", "A=", "!", "\u{e9}", "\\", "\"", "="]);
            image.insert_str(at, piece);
        }
        _ => {}
    }
    image
}

/// A long text that is no image.
fn token(choices: &mut Choices<'_>) -> String {
    let part = *choices.pick(&["SPECIMEN", "tok/en+", "{\"a\":1}", "\u{4e2d}", "faceImg", "\",\"faceImg\":\"", "0"]);
    part.repeat(*choices.pick(&[1, 600, 2, 1100]))
}

fn mutate(choices: &mut Choices<'_>, body: &mut Vec<u8>) {
    if body.is_empty() {
        return;
    }
    // Positions near quotes and backslashes matter more than those inside images.
    let marks: Vec<usize> = (0..body.len()).filter(|at| matches!(body[*at], b'"' | b'\\' | b':' | b',' | b'{' | b'}')).collect();
    let at = if marks.is_empty() || choices.below(3) == 0 { choices.below(body.len()) } else { *choices.pick(&marks) };
    match choices.below(6) {
        0 => body.truncate(at),
        1 => body[at] = *choices.pick(b"\"\\:,{}[]/nru=A \n\x00\xff"),
        2 => body.insert(at, *choices.pick(b"\"\\:,{}[]/nru=A \n\x00\xff")),
        3 => {
            body.remove(at);
        }
        4 => {
            let end = (at + choices.below(64)).min(body.len());
            let copied = body[at..end].to_vec();
            body.splice(at..at, copied);
        }
        _ => {
            let end = (at + choices.below(5000)).min(body.len());
            body.drain(at..end);
        }
    }
}
