//! The document, its chip, and the source that it is compared with.

use super::given::Given;
use super::product::{DocCodes, doc_codes};
use super::refusal::refuse;
use crate::error::Result;

pub(super) fn validate(given: Given<'_>) -> Result<()> {
    doc_type(given)?;
    if given.has("ProductFlow") && !given.is("ProductCode", "KYC_GLOBAL") {
        return refuse("product_flow", "is for the product KYC_GLOBAL only");
    }
    chip(given)?;
    source(given)
}

fn doc_type(given: Given<'_>) -> Result<()> {
    let Some(codes) = given.text("ProductCode").and_then(doc_codes) else { return Ok(()) };
    let Some(doc_type) = given.text("DocType") else { return refuse("doc_type", "must be given for this product") };
    // The lists of both grow, but none of one looks like one of the other.
    let is_number = doc_type.bytes().all(|byte| byte.is_ascii_digit());
    match (codes, is_number) {
        (DocCodes::Letters, true) => refuse("doc_type", "must be a code with letters for this product, such as GLB03002"),
        (DocCodes::Digits, false) => refuse("doc_type", "must be a code of digits for this product, such as 01000000"),
        (DocCodes::Letters, false) if doc_type == "HKG02001" => {
            refuse("doc_type", "HKG02001 has no portrait, which this product needs")
        }
        _ => Ok(()),
    }
}

fn chip(given: Given<'_>) -> Result<()> {
    if !given.is("MRTDInput", "2") {
        return Ok(());
    }
    for (argument, parameter) in
        [("document_number", "DocumentNumber"), ("date_of_birth", "DateOfBirth"), ("date_of_expiry", "DateOfExpiry")]
    {
        if !given.has(parameter) {
            return refuse(argument, "must be given with `mrtd_input` 2");
        }
    }
    Ok(())
}

fn source(given: Given<'_>) -> Result<()> {
    for (argument, parameter) in [("mobile", "Mobile"), ("email", "Email")] {
        if given.has(parameter) && !given.has("Authorize") {
            return refuse(argument, "is taken with `authorize` only");
        }
    }
    if given.text("Mobile").is_some_and(|mobile| !is_mobile(mobile)) {
        return refuse("mobile", "must be +62 and 9 to 11 digits");
    }
    if given.text("Email").is_some_and(|email| !is_address(email)) {
        return refuse("email", "must be an address with one @");
    }
    Ok(())
}

fn is_mobile(text: &str) -> bool {
    let number = text.strip_prefix("+62").unwrap_or_default();
    (9..=11).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
}
