//! A text that names arguments.

use std::borrow::Cow;

use super::{Language, Spelling};

/// `name` as `language` spells it; one that is not known stays as it is.
pub(crate) fn of(name: &str, language: Language) -> &str {
    Spelling::of(name).map_or(name, |spelling| spelling.for_language(language))
}

/// `text` with the names that stand in backquotes spelled as `language` has them. What is no name stays as it is.
pub fn spell(text: &str, language: Language) -> Cow<'_, str> {
    if text.contains('`') { Text::new(text.to_owned()).spelled(language).into_owned().into() } else { text.into() }
}

/// A text in Rust's spelling, and the names in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    plain: String,
    /// Where each begins in `plain`, in order.
    names: Vec<(usize, Spelling)>,
}

impl Text {
    /// Takes the backquotes off the names that are known.
    pub(crate) fn new(text: String) -> Self {
        // Few texts name one, and the others are taken as they are.
        if !text.contains('`') {
            return Self { plain: text, names: Vec::new() };
        }
        let mut this = Self::default();
        this.push_marked(&text);
        this
    }

    /// `argument: rule`; an argument that is no known name stays as it is.
    pub(crate) fn of_argument(argument: &str, rule: &str) -> Self {
        let mut this = Self::default();
        match Spelling::of(argument) {
            Some(spelling) => this.push_name(spelling),
            None => this.push_str(argument),
        }
        this.push_str(": ");
        this.push_marked(rule);
        this
    }

    pub(crate) fn push_str(&mut self, text: &str) {
        self.plain.push_str(text);
    }

    pub(crate) fn push_front(&mut self, text: &str) {
        self.plain.insert_str(0, text);
        self.names.iter_mut().for_each(|(at, _)| *at += text.len());
    }

    fn push_name(&mut self, spelling: Spelling) {
        self.names.push((self.plain.len(), spelling));
        self.plain.push_str(spelling.for_language(Language::Rust));
    }

    fn push_marked(&mut self, mut text: &str) {
        while let Some((before, rest)) = text.split_once('`') {
            self.push_str(before);
            if let Some((spelling, after)) = rest.split_once('`').and_then(|(name, after)| Some((Spelling::of(name)?, after))) {
                self.push_name(spelling);
                text = after;
            } else {
                self.plain.push('`');
                text = rest;
            }
        }
        self.push_str(text);
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.plain
    }

    pub(crate) fn spelled(&self, language: Language) -> Cow<'_, str> {
        if self.names.is_empty() || language == Language::Rust {
            return Cow::Borrowed(&self.plain);
        }
        let (mut spelled, mut done) = (String::with_capacity(self.plain.len() + 16), 0);
        for (at, spelling) in &self.names {
            spelled.push_str(&self.plain[done..*at]);
            spelled.push_str(spelling.for_language(language));
            done = at + spelling.for_language(Language::Rust).len();
        }
        spelled.push_str(&self.plain[done..]);
        Cow::Owned(spelled)
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, Text, spell};

    const ALL: [Language; 6] = [Language::Rust, Language::C, Language::Python, Language::Go, Language::Java, Language::Command];

    // Finding G7.
    #[test]
    fn each_language_reads_its_own_names() {
        let text = Text::of_argument("timeout_ms", "as `ca_file`, `max_body_bytes`.");
        assert_eq!(
            ALL.map(|language| text.spelled(language).into_owned()),
            [
                "timeout: as ca_file, max_body_bytes.",
                "timeout_ms: as ca_file, max_body_bytes.",
                "timeout: as ca_file, max_body_bytes.",
                "WithTimeout: as WithCAFile, WithMaxBodyBytes.",
                "timeout: as caFile, maxBodyBytes.",
                "--timeout: as --ca-file, max_body_bytes.",
            ]
        );
        assert_eq!(text.as_str(), text.spelled(Language::Rust));
        let mut row = text.clone();
        row.push_front("item 3: ");
        assert_eq!(row.spelled(Language::Go), "item 3: WithTimeout: as WithCAFile, WithMaxBodyBytes.");
        assert_eq!(Text::of_argument("merchant_biz_id", "r").spelled(Language::Go), "MerchantBizID: r");
    }

    #[test]
    fn what_is_no_name_stays_as_it_is() {
        for text in ["", "`", "``", "`no_name` here", "a ` b", "ca_file"] {
            assert_eq!(spell(text, Language::Go), text);
        }
        assert_eq!(spell("a ` b `ca_file` ü`", Language::Go), "a ` b WithCAFile ü`");
        assert_eq!(Text::of_argument("MetaInfo", "r").spelled(Language::Go), "MetaInfo: r");
    }
}
