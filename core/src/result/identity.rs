//! The person a document names.

use super::redacted::redacted_debug;

/// A person in one vocabulary, whatever the document and whichever of the service's two spellings.
///
/// Dates are ISO 8601 where the service's text is a full date, else as it was.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Identity {
    pub full_name: Option<String>,
    pub latin_name: Option<String>,
    pub surname: Option<String>,
    pub given_names: Option<String>,
    pub native_surname: Option<String>,
    pub native_given_names: Option<String>,
    /// Chinese name code (Hong Kong).
    pub name_code: Option<String>,
    /// `M`, `F`, or the document's own word.
    pub sex: Option<String>,
    pub birth_date: Option<String>,
    pub document_number: Option<String>,
    pub nationality: Option<String>,
    pub country_code: Option<String>,
    pub issue_date: Option<String>,
    pub first_issue_date: Option<String>,
    pub expiry_date: Option<String>,
    pub place_of_issue: Option<String>,
    pub issuing_authority: Option<String>,
    pub place_of_birth: Option<String>,
    pub address: Option<String>,
    pub ethnicity: Option<String>,
    /// A permanent resident's card (Hong Kong).
    pub permanent: Option<bool>,
    /// Remarks such as `**AZ` (Hong Kong).
    pub symbols: Option<String>,
}

redacted_debug!(Identity: ; full_name, latin_name, surname, given_names, native_surname, native_given_names, name_code, sex,
    birth_date, document_number, nationality, country_code, issue_date, first_issue_date, expiry_date, place_of_issue,
    issuing_authority, place_of_birth, address, ethnicity, permanent, symbols);
