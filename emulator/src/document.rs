/// A kind of document. Those that the service names in words are spelled in camelCase, those named by their code in
/// `snake_case`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Document {
    Passport,
    HongKongId,
    MacaoId,
    ExitEntryPermit,
    MainlandTravelPermit,
    TaiwanTravelPermit,
    MainlandId,
    /// Any document that has a code of eight digits and no drawing of its own.
    Other,
    Glb03002,
    Glb03001,
    Chn01001,
    Chn02001,
    Chn03001,
    Mys01001,
    Twn01001,
    /// Any document that has a code with letters and no drawing of its own.
    OtherLettered,
    /// The same with a back.
    OtherLetteredTwoSided,
}

/// The documents that the service names in words, by the emulator's own names.
pub(crate) const NAMED: &[(&str, Document)] = &[
    ("passport", Document::Passport),
    ("hkid", Document::HongKongId),
    ("macaoid", Document::MacaoId),
    ("eep", Document::ExitEntryPermit),
    ("mtp", Document::MainlandTravelPermit),
    ("taiwan", Document::TaiwanTravelPermit),
    ("mainlandid", Document::MainlandId),
];

/// The codes with letters that have a drawing of their own.
const LETTERED: &[(&str, Document)] = &[
    ("GLB03002", Document::Glb03002),
    ("GLB03001", Document::Glb03001),
    ("CHN01001", Document::Chn01001),
    ("CHN02001", Document::Chn02001),
    ("CHN03001", Document::Chn03001),
    ("MYS01001", Document::Mys01001),
    ("TWN01001", Document::Twn01001),
];

/// Those without, that have a page 02.
const TWO_SIDED: &[&str] = &["SGP01001", "VNM01001"];

/// The documents behind codes of eight digits. One is printed with nine.
const DIGITS: &[(&str, Document)] = &[
    ("00000001", Document::MainlandId),
    ("00000006", Document::HongKongId),
    ("00000007", Document::ExitEntryPermit),
    ("00000008", Document::HongKongId),
    ("00000009", Document::MainlandTravelPermit),
    ("00000012", Document::TaiwanTravelPermit),
    ("000000012", Document::TaiwanTravelPermit),
    ("01000000", Document::Passport),
    ("01560000", Document::MainlandId),
    ("01560001", Document::MainlandId),
];

impl Document {
    /// One of [`NAMED`], in any case.
    pub(crate) fn named(name: &str) -> Option<Document> {
        find(NAMED, name)
    }

    /// The document behind three letters and five digits, in any case. The service's table of them goes on growing, so
    /// that each such code is one.
    pub(crate) fn lettered(code: &str) -> Option<Document> {
        let (letters, digits) = code.split_at_checked(3)?;
        let shaped = letters.bytes().all(|byte| byte.is_ascii_alphabetic()) && is_digits(digits, 5);
        let two_sided = || TWO_SIDED.iter().any(|known| known.eq_ignore_ascii_case(code));
        let other = || if two_sided() { Document::OtherLetteredTwoSided } else { Document::OtherLettered };
        shaped.then(|| find(LETTERED, code).unwrap_or_else(other))
    }

    /// The document behind a code of eight digits.
    pub(crate) fn digits(code: &str) -> Option<Document> {
        find(DIGITS, code).or_else(|| is_digits(code, 8).then_some(Document::Other))
    }
}

fn find(list: &[(&str, Document)], name: &str) -> Option<Document> {
    list.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, document)| *document)
}

fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_forms_have_a_document() {
        assert_eq!(Document::lettered("GLB03002"), Some(Document::Glb03002));
        assert_eq!(Document::lettered("mys01001"), Some(Document::Mys01001));
        assert_eq!(Document::lettered("KOR01001"), Some(Document::OtherLettered));
        assert_eq!(Document::lettered("SGP01001"), Some(Document::OtherLetteredTwoSided));
        assert_eq!(Document::lettered("ZZZ99999"), Some(Document::OtherLettered));
        assert_eq!(Document::digits("00000008"), Some(Document::HongKongId));
        assert_eq!(Document::digits("000000012"), Some(Document::TaiwanTravelPermit));
        assert_eq!(Document::digits("99999999"), Some(Document::Other));
        for code in ["", "GLB", "GLB0300", "GLB030021", "GL103002", "GLB0300x", "passport", "测试03002"] {
            assert_eq!(Document::lettered(code), None, "{code}");
        }
        for code in ["", "0100000", "010000000", "0100000x", "+1000000"] {
            assert_eq!(Document::digits(code), None, "{code}");
        }
    }
}
