use crate::variant::Variant;

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

    /// The page on which a person is done.
    pub(crate) fn last_of(variant: Variant) -> InterruptPage {
        match variant {
            _ if variant.has_face() => InterruptPage::Face,
            _ if variant.has_chip() => InterruptPage::NfcRead,
            _ => InterruptPage::OcrResult,
        }
    }

    /// The pages from the first one to this one.
    pub(crate) fn way_here(self, variant: Variant) -> Vec<InterruptPage> {
        let passed = |page: &InterruptPage| match page {
            InterruptPage::Loading | InterruptPage::Guide => true,
            InterruptPage::OcrScan | InterruptPage::OcrResult => variant.default_document().is_some(),
            InterruptPage::NfcInput | InterruptPage::NfcRead => variant.has_chip(),
            InterruptPage::Face => variant.has_face(),
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
        let names = |page: InterruptPage, variant| {
            page.way_here(variant).into_iter().map(InterruptPage::name).collect::<Vec<_>>().join(" ")
        };
        let whole = |variant| names(InterruptPage::last_of(variant), variant);
        assert_eq!(whole(Variant::EkycPro), "LOADING GUIDE OCR_SCAN OCR_RESULT FACE");
        assert_eq!(whole(Variant::FaceLiveness), "LOADING GUIDE FACE");
        assert_eq!(whole(Variant::IdOcr), "LOADING GUIDE OCR_SCAN OCR_RESULT");
        assert_eq!(whole(Variant::IdNfc), "LOADING GUIDE OCR_SCAN OCR_RESULT NFC_INPUT NFC_READ");
        assert_eq!(names(InterruptPage::NfcRead, Variant::FaceLiveness), "LOADING GUIDE NFC_READ", "one that was asked for");
        assert_eq!(names(InterruptPage::Loading, Variant::EkycPro), "LOADING");
    }

    #[test]
    fn names_are_read_back() {
        for page in InterruptPage::ALL {
            assert_eq!(InterruptPage::named(page.name()), Some(page));
        }
        assert_eq!(InterruptPage::named("face"), None);
    }
}
