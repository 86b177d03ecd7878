//! HTML as it is written: markup is this program's own, and all else is escaped.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Longer texts are cut, which says so.
const LONGEST_TEXT: usize = 4000;

#[derive(Default)]
pub(super) struct Page {
    text: String,
    ids: usize,
}

impl Page {
    /// Markup. It is written in this program, so that nothing from outside can be any.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.text.push_str(markup);
        self
    }

    /// Text of anybody, fit for content and for a quoted attribute. What would not be seen, or would turn other text around, is
    /// named.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for character in text.chars().take(LONGEST_TEXT) {
            match character {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\'' => self.text.push_str("&#39;"),
                unseen if is_unseen(unseen) => {
                    // Writing to a String cannot fail.
                    let _ = write!(self.text, "⟨U+{:04X}⟩", u32::from(unseen));
                }
                plain => self.text.push(plain),
            }
        }
        if text.len() > LONGEST_TEXT
            && let count @ 1.. = text.chars().skip(LONGEST_TEXT).count()
        {
            let _ = write!(self.text, "… ({count} more characters)");
        }
        self
    }

    pub(super) fn base64(&mut self, bytes: &[u8]) -> &mut Self {
        STANDARD.encode_string(bytes, &mut self.text);
        self
    }

    /// A new id for an element.
    pub(super) fn id(&mut self) -> String {
        self.ids += 1;
        format!("e{}", self.ids)
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

fn is_unseen(character: char) -> bool {
    let is_break = matches!(character, '\n' | '\t');
    // Marks of direction, separators, and what takes no room.
    let is_format = matches!(character, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}');
    character.is_control() && !is_break || is_format
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut page = Page::default();
        page.text(text);
        page.finish()
    }

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(
            written("</style><script>alert(1)</script><a href=\"javascript:x\" onclick='y'>&amp;"),
            "&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;a href=&quot;javascript:x&quot; onclick=&#39;y&#39;&gt;&amp;amp;"
        );
    }

    #[test]
    fn no_text_hides_or_turns_around() {
        assert_eq!(
            written("a\u{202E}b\u{2066}c\0d\u{1b}[2Je\u{200B}f\u{FEFF}"),
            "a⟨U+202E⟩b⟨U+2066⟩c⟨U+0000⟩d⟨U+001B⟩[2Je⟨U+200B⟩f⟨U+FEFF⟩"
        );
        assert_eq!(written("two\nlines, नमस्\u{200D}ते"), "two\nlines, नमस्\u{200D}ते");
    }

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        assert_eq!(written(&"é".repeat(LONGEST_TEXT)), "é".repeat(LONGEST_TEXT));
        assert_eq!(written(&"é".repeat(LONGEST_TEXT + 3)), "é".repeat(LONGEST_TEXT) + "… (3 more characters)");
    }
}
