//! Sentences of the schema, as comments hold them.

/// A blank at which no line ends.
pub(crate) const FIXED_BLANK: char = '\u{a0}';

/// A sentence as it goes on after a colon.
pub(crate) fn uncapitalized(sentence: &str) -> String {
    sentence[..1].to_lowercase() + &sentence[1..]
}

/// A sentence's beginning.
pub(crate) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// `text` in lines of at most `width` characters, each of which begins with `prefix`.
pub(crate) fn wrapped(text: &str, prefix: &str, width: usize) -> String {
    let (mut lines, mut line) = (String::new(), prefix.to_owned());
    for word in text.split(' ') {
        if line.len() > prefix.len() && line.len() + 1 + word.len() > width {
            lines += &line;
            lines.push('\n');
            prefix.clone_into(&mut line);
        }
        if line.len() > prefix.len() {
            line.push(' ');
        }
        line += word;
    }
    (lines + &line + "\n").replace(FIXED_BLANK, " ")
}
