//! The shapes that `CheckResult` gives, with their `SubCode`s and documents.

use crate::document::{self, Document};

/// A product as `CheckResult` shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Variant {
    EkycPro,
    FaceLiveness,
    IdOcr,
    FaceVerification,
    /// The older eKYC: a flat document and a face. This and the next two only through `Initialize`.
    Ekyc,
    /// A document by page, and nothing else.
    IdOcrPro,
    /// The same, after reading a passport's chip.
    IdNfc,
}

impl Variant {
    /// Those with `TransactionId`s of their own.
    pub(crate) const NAMED: [Variant; 4] = [Variant::EkycPro, Variant::FaceLiveness, Variant::IdOcr, Variant::FaceVerification];

    /// The word that a `TransactionId` begins with.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Variant::EkycPro => "ekycpro",
            Variant::FaceLiveness => "faceliveness",
            Variant::IdOcr => "idocr",
            Variant::FaceVerification => "faceverification",
            Variant::Ekyc => "ekyc",
            Variant::IdOcrPro => "idocrpro",
            Variant::IdNfc => "idnfc",
        }
    }

    /// For people.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Variant::EkycPro => "eKYC_PRO: document, face and source",
            Variant::FaceLiveness => "Face liveness, with registration",
            Variant::IdOcr => "Document OCR",
            Variant::FaceVerification => "Face verification",
            Variant::Ekyc => "eKYC: document and face",
            Variant::IdOcrPro => "Document OCR by page",
            Variant::IdNfc => "Document and its chip",
        }
    }

    /// Every `SubCode` that the variant's document lists.
    pub(crate) fn sub_codes(self) -> &'static [&'static str] {
        match self {
            Variant::EkycPro => &["200", "202", "204", "205", "206", "207", "209", "212", "214", "215", "216", "217", "218"],
            Variant::FaceLiveness => &["200", "204", "205", "206", "233"],
            Variant::IdOcr | Variant::IdOcrPro | Variant::IdNfc => &["200", "212"],
            Variant::FaceVerification => &["200", "204", "205", "206"],
            Variant::Ekyc => &["200", "204", "205", "206", "212"],
        }
    }

    /// The variant's own `SubCode` of that text.
    pub(crate) fn sub_code(self, text: &str) -> Option<&'static str> {
        self.sub_codes().iter().copied().find(|code| *code == text)
    }

    pub(crate) fn has_face(self) -> bool {
        !matches!(self, Variant::IdOcr | Variant::IdOcrPro | Variant::IdNfc)
    }

    pub(crate) fn has_chip(self) -> bool {
        self == Variant::IdNfc
    }

    /// Whether documents have codes with letters, and `ExtIdInfo` has them by page.
    pub(crate) fn by_page(self) -> bool {
        matches!(self, Variant::EkycPro | Variant::IdOcrPro | Variant::IdNfc)
    }

    /// The document of a verification that asked for none in particular.
    pub(crate) fn default_document(self) -> Option<Document> {
        match self {
            Variant::EkycPro | Variant::IdOcrPro | Variant::IdNfc => Some(Document::Glb03002),
            Variant::IdOcr | Variant::Ekyc => Some(Document::Passport),
            Variant::FaceLiveness | Variant::FaceVerification => None,
        }
    }

    /// The document that a suffix asks for, where the variant can show it.
    pub(crate) fn document(self, name: &str) -> Option<Document> {
        match self.default_document()? {
            _ if self.by_page() => Document::lettered(name),
            _ => Document::named(name),
        }
    }

    /// The document that `DocType` asks for: a suffix's name does as well.
    pub(crate) fn doc_type(self, code: &str) -> Option<Document> {
        self.document(code).or_else(|| if self.by_page() { None } else { Document::digits(code) })
    }

    /// The `DocType`s that it takes, in words.
    pub(crate) fn doc_types(self) -> String {
        if self.by_page() {
            "three letters and five digits, such as GLB03002".to_owned()
        } else {
            let names: Vec<&str> = document::NAMED.iter().map(|(name, _)| *name).collect();
            format!("eight digits, such as 01000000, or {}", names.join(", "))
        }
    }
}

/// What a `SubCode` says, in a few words.
pub(crate) fn meaning(sub_code: &str) -> &'static str {
    match sub_code {
        "200" => "passed",
        "202" => "the ID number is not in the source",
        "204" => "another face, or a poor photo",
        "205" => "liveness risk",
        "206" => "risky device or environment",
        "207" => "the selfie differs from the source",
        "209" => "the source timed out",
        "212" => "the document looks recaptured, copied or altered",
        "214" => "personal data differ from the source",
        "215" => "neither data nor selfie match the source",
        "216" => "the source saw a liveness anomaly",
        "217" => "the selfie is too poor",
        "218" => "passed, but the source could not be used",
        "233" => "a similar face is registered",
        _ => "",
    }
}
