//! Quotes of CSV, line by line: whether a field goes on behind the line's end.

/// Where in a field the text read so far ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// A field begins.
    #[default]
    Start,
    Plain,
    Quoted,
    /// Behind a quote that ends the field, or is the first of two that stand for one.
    Closed,
}

/// What a line's quotes say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The line's end is within a field.
    pub(super) is_open: bool,
    /// A quote stands where no field begins or ends.
    pub(super) has_stray: bool,
}

/// Reads a line, which is within a field if the one before left it open.
pub(super) fn read(line: &[u8], is_open: bool) -> Line {
    let (mut state, mut has_stray) = (if is_open { State::Quoted } else { State::Start }, false);
    for byte in line {
        let is_stray = match (state, byte) {
            // A blank behind a quoted field is not worth refusing for.
            (State::Closed, byte) => !b", \t\r\n\"".contains(byte),
            (state, byte) => state == State::Plain && *byte == b'"',
        };
        has_stray |= is_stray;
        state = match (state, byte) {
            _ if is_stray => State::Plain,
            (State::Quoted, b'"') => State::Closed,
            (State::Quoted, _) | (State::Start | State::Closed, b'"') => State::Quoted,
            (_, b',') => State::Start,
            (State::Closed, _) => State::Closed,
            (State::Start | State::Plain, _) => State::Plain,
        };
    }
    Line { is_open: state == State::Quoted, has_stray }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_begins_or_ends_a_field_or_is_stray() {
        let fine = Line { is_open: false, has_stray: false };
        for line in ["", "a,b", "\"a\",\"b\"", "\"a, b\",c", "\"say \"\"hi\"\"\",c", "\"\",\"\"", "\"\"\"\"", "\"a\" ,b\r\n"] {
            assert_eq!(read(line.as_bytes(), false), fine, "{line}");
        }
        for line in ["\"a", "a,\"b", "a,\"b,c\r\n", "\"a\"\"", "\"\"\""] {
            assert_eq!(read(line.as_bytes(), false), Line { is_open: true, ..fine }, "{line}");
        }
        for line in ["a\"b,c", "\"a\"b,c", "a,b\"", "a\",\"b\""] {
            assert_eq!(read(line.as_bytes(), false), Line { has_stray: true, ..fine }, "{line}");
        }
        assert_eq!(read(b"x,y\",z", true), fine);
        assert_eq!(read(b"x,y,z", true), Line { is_open: true, ..fine });
        assert_eq!(read(b"x\"y,\"z", true), Line { is_open: true, has_stray: true });
    }
}
