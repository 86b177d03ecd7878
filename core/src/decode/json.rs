//! From JSON text to values, under a budget.
//!
//! What is JSON is what `serde_json` says it is, and tests hold the two together. Three things differ, for which its own
//! parser has no place: values, bytes and depth are counted over all texts of a reply; a surrogate without its other half
//! becomes U+FFFD, and `NaN`, `Infinity` and `-Infinity` nothing, each with a problem at that field; and a text too long to
//! keep is skipped, not copied. The parser keeps a stack of its own, so that depth costs none of the thread's.

use super::budget::{Refusal, append, owned};
use super::lift::IMAGE_KEYS;
use super::path::{Path, WrittenPath};
use super::plain_run::plain_run;
use super::state::{Open, State};
use crate::tree::{Members, Node, Text};

/// More than that is given back once a text is parsed.
const MAX_SCRATCH: usize = 16 << 10;
/// Most objects have no more members.
const MEMBERS: usize = 8;

/// The value of `text`, which stands at `path` inside `level` lists and objects.
pub(crate) fn parse(text: &str, path: &Path<'_>, level: usize, state: &mut State) -> Result<Node, Refusal> {
    let mark = state.problems.mark();
    let outcome = Parser { text, at: 0, level, path, state }.run();
    if outcome.is_err() {
        state.problems.rewind(mark);
        state.open.clear();
    }
    if state.scratch.capacity() > MAX_SCRATCH {
        state.scratch = String::new();
    }
    outcome
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    level: usize,
    path: &'a Path<'a>,
    state: &'a mut State,
}

/// A value, or why there is none.
enum Slot {
    Value(Node),
    /// Said among the problems.
    LeftOut,
    /// A list or an object has begun, and its first value is due.
    Inside,
}

impl Parser<'_> {
    fn run(&mut self) -> Result<Node, Refusal> {
        loop {
            let mut slot = self.value()?;
            while !matches!(slot, Slot::Inside) {
                let Some(open) = self.state.open.last_mut() else {
                    self.skip_blanks();
                    return if self.at == self.text.len() { Ok(value_or_null(slot)) } else { Err(Refusal::Syntax) };
                };
                let end = match open {
                    Open::List(items) => {
                        items.push(value_or_null(slot));
                        b']'
                    }
                    Open::Object(members, name) => {
                        let name = std::mem::take(name);
                        if let Slot::Value(value) = slot {
                            members.push((name, value));
                        }
                        b'}'
                    }
                };
                let byte = self.token()?;
                slot = if byte == end {
                    match self.state.open.pop() {
                        Some(Open::List(items)) => Slot::Value(Node::List(items)),
                        Some(Open::Object(members, _)) => Slot::Value(Node::Object(Members::new(members))),
                        None => Slot::LeftOut,
                    }
                } else if byte == b',' {
                    if end == b'}' {
                        self.name()?;
                    }
                    Slot::Inside
                } else {
                    return Err(Refusal::Syntax);
                };
            }
        }
    }

    fn value(&mut self) -> Result<Slot, Refusal> {
        self.state.budget.count_value()?;
        let value = match self.token()? {
            b'"' => return self.text_value(),
            b'{' => {
                self.deeper()?;
                if self.ends_at_once(b'}') {
                    Node::Object(Members::default())
                } else {
                    self.state.open.push(Open::Object(Vec::with_capacity(MEMBERS), Text::default()));
                    self.name()?;
                    return Ok(Slot::Inside);
                }
            }
            b'[' => {
                self.deeper()?;
                if self.ends_at_once(b']') {
                    Node::List(Vec::new())
                } else {
                    self.state.open.push(Open::List(Vec::new()));
                    return Ok(Slot::Inside);
                }
            }
            b't' => self.word("true", Node::Bool(true))?,
            b'f' => self.word("false", Node::Bool(false))?,
            b'n' => self.word("null", Node::Null)?,
            b'N' => return self.no_number("NaN"),
            b'I' => return self.no_number("Infinity"),
            b'-' if self.peek() == Some(b'I') => return self.no_number("-Infinity"),
            b'-' | b'0'..=b'9' => return self.number(),
            _ => return Err(Refusal::Syntax),
        };
        Ok(Slot::Value(value))
    }

    /// Whether one more list or object may begin.
    fn deeper(&self) -> Result<(), Refusal> {
        if self.level + self.state.open.len() + 1 < self.state.budget.depth { Ok(()) } else { Err(Refusal::Deep) }
    }

    fn ends_at_once(&mut self, end: u8) -> bool {
        self.skip_blanks();
        let ends = self.peek() == Some(end);
        self.at += usize::from(ends);
        ends
    }

    /// The rest of `word`, whose first byte was read.
    fn word(&mut self, word: &str, value: Node) -> Result<Node, Refusal> {
        let rest = &self.text.as_bytes()[self.at - 1..];
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len() - 1;
            return Ok(value);
        }
        Err(if word.as_bytes().starts_with(rest) { Refusal::Cut } else { Refusal::Syntax })
    }

    fn no_number(&mut self, word: &'static str) -> Result<Slot, Refusal> {
        self.word(word, Node::Null)?;
        self.note("not a number", word);
        Ok(Slot::LeftOut)
    }

    fn number(&mut self) -> Result<Slot, Refusal> {
        self.at -= 1;
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        if self.peek() == Some(b'0') {
            self.at += 1;
            if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                return Err(Refusal::Syntax);
            }
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        let has_exponent = matches!(self.peek(), Some(b'e' | b'E'));
        if has_exponent {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        let text = &self.text[start..self.at];
        self.state.budget.count_bytes(text.len())?;
        if has_exponent {
            let number: serde_json::Number = text.parse().map_err(|_| Refusal::Syntax)?;
            return Ok(Slot::Value(Node::Number(owned(number.as_str())?)));
        }
        Ok(Slot::Value(Node::Number(owned(text)?)))
    }

    /// One digit or more.
    fn digits(&mut self) -> Result<(), Refusal> {
        let count = self.text.as_bytes()[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        match count {
            0 if self.at == self.text.len() => Err(Refusal::Cut),
            0 => Err(Refusal::Syntax),
            _ => Ok(()),
        }
    }

    /// The name of a member, and its colon.
    fn name(&mut self) -> Result<(), Refusal> {
        if self.token()? != b'"' {
            return Err(Refusal::Syntax);
        }
        let mut mended = false;
        let name = self.string(self.state.budget.bytes, &mut mended)?.ok_or(Refusal::Large)?;
        self.state.budget.count_bytes(name.len())?;
        let again = mended.then(|| name.clone());
        if let Some(Open::Object(_, due)) = self.state.open.last_mut() {
            *due = name;
        }
        if let Some(name) = again {
            self.note("broken character", &name);
        }
        if self.token()? == b':' { Ok(()) } else { Err(Refusal::Syntax) }
    }

    fn text_value(&mut self) -> Result<Slot, Refusal> {
        let is_image = match self.state.open.last() {
            Some(Open::Object(_, name)) => IMAGE_KEYS.contains(&name.as_str()),
            _ => false,
        };
        let start = self.at;
        let mut mended = false;
        let limit = if is_image { self.state.budget.bytes } else { self.state.max_text };
        let Some(text) = self.string(limit, &mut mended)? else {
            self.too_long(self.at - 1 - start);
            return Ok(Slot::LeftOut);
        };
        if let Some(length) = self.state.images.take_cut(&text) {
            self.too_long(length);
            return Ok(Slot::LeftOut);
        }
        self.state.budget.count_bytes(text.len())?;
        if mended {
            self.note("broken character", &text);
        }
        Ok(Slot::Value(Node::Text(text)))
    }

    fn too_long(&mut self, length: usize) {
        self.note("too long", &format!("{length} bytes"));
    }

    /// The string whose first quote was read; `None` where it is longer than `limit` and cannot be JSON, or longer than all that
    /// is left.
    fn string(&mut self, limit: usize, mended: &mut bool) -> Result<Option<Text>, Refusal> {
        let mut scratch = std::mem::take(&mut self.state.scratch);
        scratch.clear();
        let mut fits = true;
        let mut start = self.at;
        let text = loop {
            self.at += plain_run(&self.text.as_bytes()[self.at..]);
            let byte = self.peek().ok_or(Refusal::Cut)?;
            let piece = &self.text[start..self.at];
            self.at += 1;
            fits = fits && self.fits(&scratch, piece, limit);
            match byte {
                b'"' if !fits => break None,
                b'"' if scratch.is_empty() => break Some(owned(piece)?),
                b'"' => {
                    append(&mut scratch, piece)?;
                    break Some(owned(&scratch)?);
                }
                b'\\' => {
                    if fits {
                        append(&mut scratch, piece)?;
                    }
                    start = self.at;
                    match self.peek().ok_or(Refusal::Cut)? {
                        // Stands for itself: the next piece begins with it.
                        b'"' | b'\\' | b'/' => self.at += 1,
                        _ => {
                            let character = self.escape(mended)?;
                            if fits {
                                append(&mut scratch, character.encode_utf8(&mut [0; 4]))?;
                            }
                            start = self.at;
                        }
                    }
                }
                _ => return Err(Refusal::Syntax),
            }
        };
        self.state.scratch = scratch;
        Ok(text)
    }

    fn fits(&self, before: &str, piece: &str, limit: usize) -> bool {
        let length = before.len() + piece.len();
        length <= limit || length <= self.state.budget.bytes && may_be_json(if before.is_empty() { piece } else { before })
    }

    /// The character of an escape that does not stand for itself.
    fn escape(&mut self, mended: &mut bool) -> Result<char, Refusal> {
        let byte = self.peek().ok_or(Refusal::Cut)?;
        self.at += 1;
        Ok(match byte {
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unicode(mended)?,
            _ => return Err(Refusal::Syntax),
        })
    }

    fn unicode(&mut self, mended: &mut bool) -> Result<char, Refusal> {
        let unit = self.hex()?;
        if let Some(character) = char::from_u32(unit) {
            return Ok(character);
        }
        if unit < 0xDC00 && self.text.as_bytes()[self.at..].starts_with(b"\\u") {
            let after_first = self.at;
            self.at += 2;
            let second = self.hex()?;
            if (0xDC00..0xE000).contains(&second) {
                let character = 0x1_0000 + ((unit - 0xD800) << 10) + (second - 0xDC00);
                return char::from_u32(character).ok_or(Refusal::Syntax);
            }
            self.at = after_first;
        }
        *mended = true;
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn hex(&mut self) -> Result<u32, Refusal> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4).ok_or(Refusal::Cut)?;
        let mut unit = 0;
        for digit in digits {
            unit = unit << 4 | char::from(*digit).to_digit(16).ok_or(Refusal::Syntax)?;
        }
        self.at += 4;
        Ok(unit)
    }

    fn note(&mut self, reason: &'static str, text: &str) {
        let mut path = WrittenPath::default();
        if !self.state.problems.is_full() {
            path = self.path.written();
            for open in &self.state.open {
                match open {
                    Open::List(items) => path.push_index(items.len()),
                    Open::Object(_, name) => path.push(name),
                }
            }
        }
        self.state.problems.add(path, reason, text);
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no blank, taken.
    fn token(&mut self) -> Result<u8, Refusal> {
        self.skip_blanks();
        let byte = self.peek().ok_or(Refusal::Cut)?;
        self.at += 1;
        Ok(byte)
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }
}

fn value_or_null(slot: Slot) -> Node {
    match slot {
        Slot::Value(value) => value,
        Slot::LeftOut | Slot::Inside => Node::Null,
    }
}

/// Whether a text may hold JSON, or a text that does.
fn may_be_json(text: &str) -> bool {
    text.trim_ascii_start().starts_with(['{', '[', '"'])
}
