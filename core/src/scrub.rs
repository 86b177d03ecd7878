//! The service's `Message`, made safe to show.
//!
//! A message may repeat a parameter, a key or a name. What is shown is chosen from a list, never
//! left over from a search for what to hide: a word that the catalogue does not know is a `…`.

use zeroize::Zeroizing;

use crate::catalogue;
use crate::identifier::HIDDEN;

/// The longest text that [`message`] returns, in characters.
const LIMIT: usize = 200;
/// What follows holds the whole signed request.
const STRING_TO_SIGN: &str = "server string to sign is";

/// The parts of a service message that are ordinary words or documented names, as one line of at
/// most 200 characters. Everything else becomes `…`.
pub(crate) fn message(text: &str) -> String {
    let mut line = String::new();
    let mut starts_sentence = true;
    // Nothing is copied that is not shown: it may be a security token.
    for word in before_string_to_sign(text).split(is_dropped) {
        let mut shown = String::new();
        for part in word.split_inclusive(is_sign) {
            let (token, sign) = part.split_at(part.trim_end_matches(is_sign).len());
            let inner = token.trim_matches(is_joint);
            if inner.is_empty() || is_known(inner, starts_sentence) {
                shown.push_str(token);
            } else {
                shown.push_str(&token.replace(inner, HIDDEN));
            }
            shown.push_str(sign);
            starts_sentence = token.ends_with('.') || starts_sentence && inner.is_empty();
        }
        append(&mut line, &shown);
    }
    cut(line)
}

/// Adds a word after a blank; one `…` is enough for any number of words.
fn append(line: &mut String, word: &str) {
    let word = if line.ends_with(HIDDEN) { word.trim_start_matches(HIDDEN) } else { word };
    if !word.is_empty() && !line.is_empty() && word != "." && !word.starts_with([',', ':', ';', ')']) {
        line.push(' ');
    }
    line.push_str(word);
}

/// At most [`LIMIT`] characters, and whole words; the last one says that more followed.
fn cut(mut line: String) -> String {
    if let Some((limit, _)) = line.char_indices().nth(LIMIT) {
        let end = line[..limit].rfind(' ').unwrap_or(0);
        line.truncate(end);
        if !line.ends_with(HIDDEN) {
            line.push_str(HIDDEN);
        }
    }
    line
}

fn before_string_to_sign(text: &str) -> &str {
    let length = STRING_TO_SIGN.len();
    match text.as_bytes().windows(length).position(|part| part.eq_ignore_ascii_case(STRING_TO_SIGN.as_bytes())) {
        Some(start) => &text[..start + length],
        None => text,
    }
}

/// Blanks, quotes and brackets: a blank stands for any number of them.
fn is_dropped(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || "\"`[]{}<>".contains(letter)
}

/// Signs between words.
fn is_sign(letter: char) -> bool {
    ",:;()".contains(letter)
}
/// Signs that end a word but may also stand inside one, as in `Throttling.User`.
fn is_joint(letter: char) -> bool {
    matches!(letter, '.' | '-' | '\'')
}

/// Whether all of a token may be shown. One unknown part hides the token, so that no piece of a
/// key or an address gets through because it happens to spell a word.
fn is_known(token: &str, starts_sentence: bool) -> bool {
    // Most tokens are words: names, of which there are more, are looked through last.
    let is_word = |word: &str| {
        (!may_be_a_name(word) || starts_sentence) && catalogue::is_message_word(&Zeroizing::new(word.to_ascii_lowercase()))
    };
    token.split(is_joint).all(|word| is_word(word) || catalogue::is_message_name(word)) || catalogue::is_message_name(token)
}

/// Short words with a capital are family names as well: An, He, To, So.
fn may_be_a_name(word: &str) -> bool {
    word.len() <= 3 && word.bytes().any(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LIMIT, is_dropped, is_joint, is_sign, message};
    use crate::catalogue::{is_message_name, is_message_word};

    #[test]
    fn what_the_gateway_says_stays_readable() {
        for text in [
            "Request was denied due to api flow control.",
            "Specified access key is not found.",
            "MerchantBizId is required.",
            "Throttling.User: Request was denied due to user flow control.",
            "The parameter 'TransactionId' is invalid.",
            "Specified parameter Timestamp is expired; check the clock (UTC).",
        ] {
            assert_eq!(message(text), text);
        }
    }

    #[test]
    fn values_are_hidden() {
        for (text, shown) in [
            ("no transaction hksb7ba1b28130d24e015d694361bee4 found", "no transaction … found"),
            ("AccessKeyId:LTAI5tExample is invalid", "AccessKeyId:… is invalid"),
            ("name Chan Tai Man, ID A123456(7)", "name …, ID …(…)"),
            ("name 陳大文 is invalid", "name … is invalid"),
            ("image /9j/4AAQSkZJRg+a== is invalid", "image … is invalid"),
            ("check https://example.com/a?Signature=x", "check …:…"),
            ("token a-b.is-the_key not valid", "token … not valid"),
            ("the name is An To, not Li", "the name is …, not …"),
            ("\"MerchantBizId\" [is]\tempty\r\n", "MerchantBizId is empty"),
            ("the \"name\": {1}, \"not\"\"found\".", "the name: …, not found."),
            ("... 1990-01-01 ...", "... … ..."),
            ("", ""),
            (" \n ", ""),
        ] {
            assert_eq!(message(text), shown, "{text}");
        }
    }

    #[test]
    fn the_string_to_sign_is_cut() {
        let text = "Specified signature is not matched with our calculation. \
                    Server string to sign is:POST&%2F&AccessKeyId the name";
        assert_eq!(
            message(text),
            "Specified signature is not matched with our calculation. \
             Server string to sign is"
        );
    }

    #[test]
    fn a_long_message_ends_at_a_word() {
        let shown = message(&"the request is too large, ".repeat(40));
        assert!(shown.chars().count() <= LIMIT);
        assert!(shown.ends_with('…'), "{shown}");
        assert!(shown.starts_with("the request is too large, the"));
        let unbroken = message(&"the,".repeat(100));
        assert_eq!(unbroken, "…");
    }

    #[test]
    fn names_of_people_are_not_in_the_vocabulary() {
        // Family and given names that are also English words or short syllables.
        for name in [
            "Will", "May", "Grant", "Mark", "Bill", "Chase", "Long", "Young", "Rose", "Page", "King", "Price", "Case", "Field",
            "Banks", "Law", "Hope", "Grace", "Faith", "Joy", "An", "He", "To", "So", "On", "Be", "No", "Do", "In", "Yu", "Li",
            "Wang", "Tan", "Lee",
        ] {
            assert_eq!(message(&format!("the name is {name}")), "the name is …");
        }
    }

    /// Texts that mix the vocabulary with anything else.
    fn texts() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "(the|name|is|An|ID|TransactionId|Throttling\\.Api|not|found)",
            "[ .,:;()'\"/+=_-]{1,3}",
            "[A-Za-z0-9+/=_-]{1,24}",
            "\\PC{1,8}",
        ];
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn only_listed_words_are_ever_shown(text in texts()) {
            let shown = message(&text);
            prop_assert!(shown.chars().count() <= LIMIT);
            prop_assert!(!shown.contains(['\n', '\r']));
            for token in shown.split(|letter| is_dropped(letter) || is_sign(letter)) {
                for word in token.trim_matches(is_joint).split(['.', '-', '\'', '…']) {
                    prop_assert!(
                        word.is_empty()
                            || is_message_word(&word.to_ascii_lowercase())
                            || is_message_name(word)
                            || is_message_name(token.trim_matches(is_joint)),
                        "{word:?} in {shown:?}"
                    );
                }
            }
        }

        #[test]
        fn a_secret_never_survives(
            before in texts(),
            secret in "[A-Za-z0-9+/]{8,30}[0-9][A-Za-z0-9+/]{8,30}",
            after in texts(),
        ) {
            let shown = message(&format!("{before} {secret} {after}"));
            prop_assert!(!shown.contains(&secret));
        }
    }
}
