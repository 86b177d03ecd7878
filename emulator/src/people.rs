//! Invented persons, one for each kind of document. Every name says SPECIMEN or 樣本; no number is anyone's.

use serde_json::{Map, Value};

use crate::document::Document;

/// What a document shows.
#[derive(Debug)]
pub(crate) struct Specimen {
    /// The document's name, for its picture.
    pub(crate) title: &'static str,
    /// OCR fields by page, `01` first, as the service names them.
    pub(crate) pages: &'static [&'static [(&'static str, &'static str)]],
    /// The field that `edited` corrects, and what the person made of it.
    pub(crate) edit: (&'static str, &'static str),
}

impl Specimen {
    pub(crate) fn fields(&self, page: usize) -> Map<String, Value> {
        let page = self.pages.get(page).copied().unwrap_or_default();
        page.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect()
    }

    /// The first page's fields as the person sent them after correcting one.
    pub(crate) fn edited_fields(&self) -> Value {
        let mut fields = self.fields(0);
        fields[self.edit.0] = self.edit.1.into();
        fields.into()
    }
}

/// The person on that kind of document.
pub(crate) fn specimen(document: Document) -> Specimen {
    match document {
        Document::Passport => PASSPORT,
        Document::HongKongId => HONG_KONG_ID,
        Document::MacaoId => MACAO_ID,
        Document::ExitEntryPermit => EXIT_ENTRY_PERMIT,
        Document::MainlandTravelPermit => MAINLAND_TRAVEL_PERMIT,
        Document::TaiwanTravelPermit => TAIWAN_TRAVEL_PERMIT,
        Document::MainlandId => MAINLAND_ID,
        Document::Glb03002 => GLB03002,
        Document::Glb03001 => GLB03001,
        Document::Chn01001 => CHN01001,
        Document::Chn02001 => CHN02001,
        Document::Chn03001 => CHN03001,
        Document::Mys01001 => MYS01001,
        Document::Twn01001 => TWN01001,
        Document::Other => OTHER,
        Document::OtherLettered => OTHER_LETTERED,
        Document::OtherLetteredTwoSided => OTHER_LETTERED_TWO_SIDED,
    }
}

const PASSPORT: Specimen = Specimen {
    title: "PASSPORT",
    pages: &[&[
        ("surname", "SPECIMEN"),
        ("givenname", "ALEX"),
        ("sex", "F"),
        ("birthDate", "1990-01-01"),
        ("passportNo", "X00000000"),
        ("nationality", "UTO"),
        ("expiryDate", "2034-12-31"),
        ("countryCode", "UTO"),
    ]],
    edit: ("givenname", "ALEXIS"),
};

const HONG_KONG_ID: Specimen = Specimen {
    title: "HONG KONG ID CARD",
    pages: &[&[
        ("name", "樣本"),
        ("englishName", "SPECIMEN, Alex"),
        ("nameCode", "0000 0000"),
        ("sex", "M"),
        ("birthDate", "1990-01-01"),
        ("idNumber", "X000000(0)"),
        ("currentIssueDate", "2019-06-15"),
        ("firstIssueDate", "06-19"),
        ("isPermanent", "Y"),
        ("symbols", "***AZ"),
    ]],
    edit: ("englishName", "SPECIMEN, Alexis"),
};

const MACAO_ID: Specimen = Specimen {
    title: "MACAO ID CARD",
    pages: &[&[
        ("surnameCN", "樣"),
        ("givennameCN", "本"),
        ("surname", "SPECIMEN"),
        ("givenname", "ALEX"),
        ("sex", "F"),
        ("birthDate", "1990-01-01"),
        ("idNumber", "0000000(0)"),
        ("expiryDate", "2034-12-31"),
        ("placeOfBirth", "AS"),
    ]],
    edit: ("givenname", "ALEXIS"),
};

const EXIT_ENTRY_PERMIT: Specimen = Specimen {
    title: "EXIT-ENTRY PERMIT",
    pages: &[&[
        ("name", "样本"),
        ("englishName", "SPECIMEN, ALEX"),
        ("sex", "男"),
        ("birthDate", "1990-01-01"),
        ("idNumber", "C00000000"),
        ("issueDate", "2019-01-01"),
        ("expiryDate", "2028-12-31"),
        ("placeOfIssue", "Specimen City"),
        ("originOfIssue", "Specimen Authority"),
    ]],
    edit: ("expiryDate", "2029-12-31"),
};

const MAINLAND_TRAVEL_PERMIT: Specimen = Specimen {
    title: "MAINLAND TRAVEL PERMIT",
    pages: &[&[
        ("name", "樣本"),
        ("englishName", "SPECIMEN, ALEX"),
        ("sex", "女"),
        ("birthDate", "1990-01-01"),
        ("idNumber", "H00000000"),
        ("issueDate", "2019-01-01"),
        ("expiryDate", "2028-12-31"),
        ("originOfIssue", "Specimen Authority"),
    ]],
    edit: ("expiryDate", "2029-12-31"),
};

const TAIWAN_TRAVEL_PERMIT: Specimen = Specimen {
    title: "TAIWAN TRAVEL PERMIT",
    pages: &[&[
        ("name", "樣本"),
        ("englishName", "SPECIMEN, ALEX"),
        ("sex", "Male"),
        ("birthDate", "1990-01-01"),
        ("idNumber", "00000000"),
        ("issueDate", "2019-01-01"),
        ("expiryDate", "2028-12-31"),
        ("originOfIssue", "Specimen Authority"),
        ("placeOfIssue", "Specimen City"),
    ]],
    edit: ("expiryDate", "2029-12-31"),
};

const MAINLAND_ID: Specimen = Specimen {
    title: "MAINLAND ID CARD",
    pages: &[&[
        ("name", "样本"),
        ("sex", "女"),
        ("ethnicity", "汉"),
        ("birthDate", "1990-01-01"),
        ("idNumber", "000000199001010000"),
        ("address", "样本市样本路0号"),
    ]],
    edit: ("address", "样本市样本路1号"),
};

const GLB03002: Specimen = Specimen {
    title: "PASSPORT",
    pages: &[&[
        ("surname", "SPECIMEN"),
        ("given_names", "ALEX"),
        ("sex", "F"),
        ("date_of_birth", "1990-01-01"),
        ("passport_number", "X00000000"),
        ("nationality", "UTO"),
        ("date_of_expiry", "2034-12-31"),
        ("country_code", "UTO"),
    ]],
    edit: ("given_names", "ALEXIS"),
};

const GLB03001: Specimen = Specimen {
    title: "PASSPORT",
    pages: &[&[
        ("name", "SPECIMEN ALEX"),
        ("passport_number", "X00000000"),
        ("nationality", "UTO"),
        ("date_of_birth", "1990-01-01"),
        ("place_of_birth", "UTOPIA CITY"),
        ("date_of_issue", "2025-01-01"),
        ("date_of_expiry", "2034-12-31"),
        ("place_of_issue", "UTOPIA CITY"),
        ("sex", "F"),
        ("type", "P"),
    ]],
    edit: ("name", "SPECIMEN ALEXIS"),
};

const CHN01001: Specimen = Specimen {
    title: "MAINLAND ID CARD",
    pages: &[
        &[
            ("name", "样本"),
            ("id_number", "000000199001010000"),
            ("date_of_birth", "1990-01-01"),
            ("sex", "女"),
            ("address", "样本市样本路0号"),
            ("ethnicity", "汉"),
        ],
        &[("origin_of_issue", "样本市公安局"), ("date_of_issue", "2015-01-01"), ("date_of_expiry", "2034-12-31")],
    ],
    edit: ("address", "样本市样本路1号"),
};

const CHN02001: Specimen = Specimen {
    title: "DRIVING LICENCE",
    pages: &[&[
        ("name", "样本"),
        ("id_number", "000000199001010000"),
        ("sex", "男"),
        ("date_of_birth", "1990-01-01"),
        ("address", "样本市样本路0号"),
        ("class", "C1"),
        ("date_of_first_issue", "2010-01-01"),
        ("date_of_issue", "2016-01-01"),
        ("date_of_expiry", "2026-01-01"),
    ]],
    edit: ("class", "C2"),
};

const CHN03001: Specimen = Specimen {
    title: "PASSPORT",
    pages: &[&[
        ("name", "SPECIMEN ALEX"),
        ("name_cn", "样本"),
        ("passport_number", "E00000000"),
        ("nationality", "CHN"),
        ("date_of_birth", "1990-01-01"),
        ("place_of_birth", "SPECIMEN CITY"),
        ("date_of_issue", "2025-01-01"),
        ("date_of_expiry", "2034-12-31"),
        ("place_of_issue", "SPECIMEN CITY"),
        ("sex", "F"),
        ("type", "P"),
    ]],
    edit: ("name", "SPECIMEN ALEXIS"),
};

const MYS01001: Specimen = Specimen {
    title: "MYKAD",
    pages: &[
        &[
            ("id_number", "900101-00-0000"),
            ("name", "SPECIMEN BIN CONTOH"),
            // As merchants have seen it.
            ("englishName", "?"),
            ("address", "0 JALAN CONTOH, 00000 CONTOH"),
        ],
        &[("id_number_back", "900101-00-0000-00-00")],
    ],
    edit: ("address", "1 JALAN CONTOH, 00000 CONTOH"),
};

/// Its dates are written by the calendar of Taiwan, as the card has them.
const TWN01001: Specimen = Specimen {
    title: "TAIWAN ID CARD",
    pages: &[
        &[("name", "樣本"), ("id_number", "A000000000"), ("date_of_birth", "民國79年1月1日"), ("sex", "女")],
        &[("address", "樣本市樣本路0號")],
    ],
    edit: ("name", "樣本人"),
};

/// The fields of the remaining documents are not known.
const OTHER: Specimen = Specimen {
    title: "DOCUMENT",
    pages: &[&[("name", "SPECIMEN ALEX"), ("idNumber", "X00000000"), ("sex", "F"), ("birthDate", "1990-01-01")]],
    edit: ("name", "SPECIMEN ALEXIS"),
};

const OTHER_LETTERED: Specimen = Specimen { title: "DOCUMENT", pages: &[OTHER_FIELDS], edit: ("name", "SPECIMEN ALEXIS") };
const OTHER_LETTERED_TWO_SIDED: Specimen = Specimen {
    title: "DOCUMENT",
    pages: &[OTHER_FIELDS, &[("date_of_issue", "2025-01-01"), ("date_of_expiry", "2034-12-31")]],
    edit: ("name", "SPECIMEN ALEXIS"),
};
const OTHER_FIELDS: &[(&str, &str)] =
    &[("name", "SPECIMEN ALEX"), ("id_number", "X00000000"), ("sex", "F"), ("date_of_birth", "1990-01-01")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::NAMED;

    #[test]
    fn every_document_has_its_person_and_an_edit_of_a_field_it_has() {
        let lettered = ["GLB03002", "GLB03001", "CHN01001", "CHN02001", "CHN03001", "MYS01001", "KOR01001", "TWN01001"];
        let lettered = lettered.map(|code| (code, Document::lettered(code).unwrap()));
        for (name, document) in NAMED.iter().copied().chain(lettered).chain([("other", Document::Other)]) {
            let specimen = specimen(document);
            let before = specimen.fields(0);
            assert!(before.contains_key(specimen.edit.0), "{name}");
            let after = specimen.edited_fields();
            assert_ne!(Value::from(before.clone()), after, "{name}");
            assert_eq!(before.len(), after.as_object().unwrap().len(), "{name}");
        }
    }
}
