//! Percent-encoding as both signatures want it.

/// Appends `text` to `out`: `A-Z a-z 0-9 - _ . ~` as they are, every other byte of its UTF-8 as `%XX`.
pub fn encode_into(out: &mut String, text: &str) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        let plain = rest.iter().take_while(|byte| is_plain(**byte)).count();
        if plain > 0 {
            // Plain bytes are whole characters.
            let from = text.len() - rest.len();
            out.push_str(&text[from..from + plain]);
            rest = &rest[plain..];
        }
        if let [byte, after @ ..] = rest {
            for digit in [b'%', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]] {
                out.push(char::from(digit));
            }
            rest = after;
        }
    }
}

fn is_plain(byte: u8) -> bool {
    const PLAIN: [bool; 256] = {
        let mut plain = [false; 256];
        let mut byte = 0_u8;
        while byte < 128 {
            plain[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
            byte += 1;
        }
        plain
    };
    PLAIN[usize::from(byte)]
}

/// How long `text` is once encoded.
pub(crate) fn encoded_len(text: &str) -> usize {
    text.bytes().map(|byte| if is_plain(byte) { 1 } else { 3 }).sum()
}

/// Room enough for `text` once encoded: a buffer that grew would leave a part of a token behind where it was.
pub(super) fn room(text: &str) -> usize {
    /// Counting a short text takes longer than it saves.
    const SHORT: usize = 4096;
    if text.len() <= SHORT { 3 * text.len() } else { encoded_len(text) }
}

/// [`encode_into`] a new `String`.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(room(text));
    encode_into(&mut out, text);
    out
}

/// `name=value` pairs, sorted by name in byte order, both encoded, joined with `&`; an empty value stays as `name=`.
pub fn canonical_query<N: AsRef<str>, V: AsRef<str>>(parameters: &[(N, V)]) -> String {
    canonical_query_behind("", parameters)
}

/// The same, behind `before`.
pub(super) fn canonical_query_behind<N: AsRef<str>, V: AsRef<str>>(before: &str, parameters: &[(N, V)]) -> String {
    let pairs = parameters.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
    if pairs.clone().is_sorted() {
        return joined(before, pairs);
    }
    let mut sorted: Vec<(&str, &str)> = pairs.collect();
    sorted.sort_unstable();
    joined(before, sorted.iter().copied())
}

fn joined<'a>(before: &str, pairs: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> String {
    let room = pairs.clone().map(|(name, value)| room(name) + room(value) + 2).sum::<usize>();
    let mut out = String::with_capacity(before.len() + room);
    out.push_str(before);
    for (index, (name, value)) in pairs.enumerate() {
        if index > 0 {
            out.push('&');
        }
        encode_into(&mut out, name);
        out.push('=');
        encode_into(&mut out, value);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unreserved_characters_stay() {
        assert_eq!(encode("AZaz09-_.~"), "AZaz09-_.~");
        assert_eq!(encode(" *+!'()/:"), "%20%2A%2B%21%27%28%29%2F%3A");
        assert_eq!(encode("阿"), "%E9%98%BF");
    }

    #[test]
    fn queries_sort_by_bytes_and_keep_empty_values() {
        let parameters = [("b", "2"), ("B", "1"), ("a", ""), ("a-", "x y")];
        assert_eq!(canonical_query(&parameters), "B=1&a=&a-=x%20y&b=2");
    }
}
