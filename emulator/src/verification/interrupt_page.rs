/// A page on a person's way, in the order of the way. The documents list seven in English, and thirteen finer ones in
/// Chinese, of whose wording one is known: that of `OCR_SCAN`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InterruptPage {
    Loading,
    Guide,
    OcrScan,
    OcrResult,
    NfcInput,
    NfcRead,
    Face,
}

impl InterruptPage {
    pub(crate) const ALL: [InterruptPage; 7] = [
        InterruptPage::Loading,
        InterruptPage::Guide,
        InterruptPage::OcrScan,
        InterruptPage::OcrResult,
        InterruptPage::NfcInput,
        InterruptPage::NfcRead,
        InterruptPage::Face,
    ];

    pub(crate) fn named(name: &str) -> Option<InterruptPage> {
        InterruptPage::ALL.into_iter().find(|page| page.name() == name)
    }

    /// As `InterruptPageEn` has it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            InterruptPage::Loading => "LOADING",
            InterruptPage::Guide => "GUIDE",
            InterruptPage::OcrScan => "OCR_SCAN",
            InterruptPage::OcrResult => "OCR_RESULT",
            InterruptPage::NfcInput => "NFC_INPUT",
            InterruptPage::NfcRead => "NFC_READ",
            InterruptPage::Face => "FACE",
        }
    }

    /// As `InterruptPage` has it.
    pub(crate) fn chinese(self) -> &'static str {
        match self {
            InterruptPage::Loading => "未开始认证",
            InterruptPage::Guide => "OCR引导页面",
            InterruptPage::OcrScan => "OCR拍摄证件页面",
            InterruptPage::OcrResult => "OCR编辑页面",
            InterruptPage::NfcInput => "NFC信息输入页面",
            InterruptPage::NfcRead => "NFC读取页面",
            InterruptPage::Face => "活体检测页面",
        }
    }

    /// The pages from the first one to this one, of a way with or without a document, its chip, and a face.
    pub(crate) fn way_here(self, document: bool, chip: bool, face: bool) -> Vec<InterruptPage> {
        let passed = |page: &InterruptPage| match page {
            InterruptPage::Loading | InterruptPage::Guide => true,
            InterruptPage::OcrScan | InterruptPage::OcrResult => document,
            InterruptPage::Face => face,
            InterruptPage::NfcInput | InterruptPage::NfcRead => chip,
        };
        let before = InterruptPage::ALL.into_iter().take_while(|page| *page != self).filter(passed);
        before.chain([self]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_leads_through_the_product_s_pages() {
        let names = |page: InterruptPage, document, face| {
            page.way_here(document, false, face).into_iter().map(InterruptPage::name).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(InterruptPage::Face, true, true), "LOADING GUIDE OCR_SCAN OCR_RESULT FACE");
        assert_eq!(names(InterruptPage::Face, false, true), "LOADING GUIDE FACE");
        assert_eq!(names(InterruptPage::OcrResult, true, false), "LOADING GUIDE OCR_SCAN OCR_RESULT");
        assert_eq!(names(InterruptPage::NfcRead, false, false), "LOADING GUIDE NFC_READ");
        assert_eq!(names(InterruptPage::Loading, true, true), "LOADING");
        let chip = InterruptPage::NfcRead.way_here(true, true, false);
        assert_eq!(
            chip[2..],
            [InterruptPage::OcrScan, InterruptPage::OcrResult, InterruptPage::NfcInput, InterruptPage::NfcRead]
        );
    }

    #[test]
    fn names_are_read_back() {
        for page in InterruptPage::ALL {
            assert_eq!(InterruptPage::named(page.name()), Some(page));
        }
        assert_eq!(InterruptPage::named("face"), None);
    }
}
