//! Redis' protocol, RESP 2: pure. Only what the script needs.

/// Longer replies come from no script of this crate.
const LONGEST: usize = 64 << 10;
const DEEPEST: u8 = 4;

/// A value that the server sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Text(Vec<u8>),
    Error(String),
    Integer(i64),
    List(Vec<Value>),
    Nil,
}

/// This is not the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// Appends a command.
pub(crate) fn command<'a>(out: &mut Vec<u8>, parts: impl ExactSizeIterator<Item = &'a [u8]>) {
    out.extend_from_slice(format!("*{}\r\n", parts.len()).as_bytes());
    for part in parts {
        out.extend_from_slice(format!("${}\r\n", part.len()).as_bytes());
        out.extend_from_slice(part);
        out.extend_from_slice(b"\r\n");
    }
}

/// The first value of `bytes` and its length; `None` where it is not whole yet.
pub(crate) fn value(bytes: &[u8]) -> Result<Option<(Value, usize)>, Malformed> {
    let mut reader = Reader { bytes, at: 0 };
    let value = reader.value(DEEPEST)?;
    if value.is_none() && bytes.len() > LONGEST {
        return Err(Malformed);
    }
    Ok(value.map(|value| (value, reader.at)))
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: u8) -> Result<Option<Value>, Malformed> {
        let Some((&sign, line)) = self.line().and_then(<[u8]>::split_first) else {
            return if self.bytes[self.at..].starts_with(b"\r\n") { Err(Malformed) } else { Ok(None) };
        };
        let text = || String::from_utf8_lossy(line).into_owned();
        Ok(Some(match sign {
            b'+' => Value::Text(line.to_owned()),
            b'-' => Value::Error(text()),
            b':' => Value::Integer(number(line)?),
            b'$' | b'*' if line == b"-1" => Value::Nil,
            b'$' => {
                let length = length(line)?;
                let Some(body) = self.bytes.get(self.at..self.at + length + 2) else { return Ok(None) };
                self.at += length + 2;
                Value::Text(body.strip_suffix(b"\r\n").ok_or(Malformed)?.to_owned())
            }
            b'*' if depth > 0 => {
                let mut values = Vec::new();
                for _ in 0..length(line)? {
                    let Some(value) = self.value(depth - 1)? else { return Ok(None) };
                    values.push(value);
                }
                Value::List(values)
            }
            _ => return Err(Malformed),
        }))
    }

    /// Up to the end of the line, which is passed over.
    fn line(&mut self) -> Option<&'a [u8]> {
        let rest = &self.bytes[self.at..];
        let end = rest.windows(2).position(|pair| pair == b"\r\n").filter(|end| *end > 0)?;
        self.at += end + 2;
        Some(&rest[..end])
    }
}

fn number(digits: &[u8]) -> Result<i64, Malformed> {
    str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()).ok_or(Malformed)
}

fn length(digits: &[u8]) -> Result<usize, Malformed> {
    usize::try_from(number(digits)?).ok().filter(|length| *length <= LONGEST).ok_or(Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_command_is_written_and_each_kind_of_value_read() {
        let mut out = Vec::new();
        command(&mut out, [&b"GET"[..], b""].into_iter());
        assert_eq!(out, b"*2\r\n$3\r\nGET\r\n$0\r\n\r\n");
        for (bytes, expected) in [
            (&b"+OK\r\n"[..], Value::Text(b"OK".to_vec())),
            (b"-ERR no\r\n", Value::Error("ERR no".to_owned())),
            (b":-12\r\n", Value::Integer(-12)),
            (b"$2\r\na\n\r\n", Value::Text(b"a\n".to_vec())),
            (b"$-1\r\n", Value::Nil),
            (b"*2\r\n:1\r\n*1\r\n+x\r\n", Value::List(vec![Value::Integer(1), Value::List(vec![Value::Text(b"x".to_vec())])])),
        ] {
            assert_eq!(value(bytes), Ok(Some((expected, bytes.len()))));
            for end in 0..bytes.len() {
                assert_eq!(value(&bytes[..end]), Ok(None), "{end} bytes of {bytes:?}");
            }
        }
    }

    #[test]
    fn what_is_no_value_is_malformed() {
        let deep = b"*1\r\n".repeat(10);
        let long = vec![b'x'; LONGEST + 1];
        for bytes in [&b"HTTP/1.1 400\r\n"[..], b"\r\n", b":x\r\n", b"$-2\r\n", b"$1\r\nabc\r\n", b"$99999999\r\n", &deep, &long]
        {
            assert_eq!(value(bytes), Err(Malformed), "{:?}", &bytes[..bytes.len().min(20)]);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_cause_a_panic(bytes: Vec<u8>) {
            let _ = value(&bytes);
        }
    }
}
