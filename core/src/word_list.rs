//! Words as one sorted text, a blank after each: as the generated lists are.

use std::cmp::Ordering;

/// Whether `word` is one of `words`.
pub(crate) fn holds(mut words: &str, word: &str) -> bool {
    let is_blank = |byte: &u8| *byte == b' ';
    while !words.is_empty() {
        // They are short: a loop over a few bytes is faster than a search that is set up.
        let bytes = words.as_bytes();
        let start = bytes[..bytes.len() / 2].iter().rposition(is_blank).map_or(0, |blank| blank + 1);
        let end = start + bytes[start..].iter().position(is_blank).unwrap_or(bytes.len() - start);
        match word.cmp(&words[start..end]) {
            Ordering::Equal => return true,
            Ordering::Less => words = &words[..start],
            Ordering::Greater => words = words.get(end + 1..).unwrap_or_default(),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn each_word_is_found_and_no_other() {
        let all = ["A", "ABC", "B", "a", "an", "and", "z"];
        for count in 0..=all.len() {
            let words: String = all[..count].iter().flat_map(|word| [word, " "]).collect();
            for (index, word) in all.iter().enumerate() {
                assert_eq!(holds(&words, word), index < count, "{word} in {words:?}");
            }
            for other in ["", " ", "0", "AB", "an ", "a an", "zz"] {
                assert!(!holds(&words, other), "{other:?} in {words:?}");
            }
        }
    }
}
