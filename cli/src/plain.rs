//! Text of others on a terminal.

/// Text of others, fit for a terminal: nothing in it moves the cursor or breaks the line.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { '\u{FFFD}' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_others_moves_the_cursor() {
        assert_eq!(plain("a\u{1b}[2J\nb\u{9b}c"), "a\u{FFFD}[2J\u{FFFD}b\u{FFFD}c");
    }
}
