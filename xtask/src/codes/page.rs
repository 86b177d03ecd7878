//! The catalogue as a page for people.

use super::model::{Catalogue, VARIANTS};
use crate::markdown::{code, table};

/// `docs/codes.md`.
pub(super) fn page(catalogue: &Catalogue) -> String {
    let kinds = table(
        &["kind", "number", "exit", "again?", "what it means", "what to do"],
        catalogue.kinds.iter().map(|kind| {
            vec![
                code(&kind.name),
                kind.number.to_string(),
                kind.exit.to_string(),
                if kind.retryable { "yes" } else { "no" }.to_owned(),
                kind.meaning.clone(),
                kind.advice.clone(),
            ]
        }),
    );
    let actions = table(
        &["action", "number", "what to do"],
        catalogue.actions.iter().map(|action| vec![code(&action.name), action.number.to_string(), action.meaning.clone()]),
    );
    let retries =
        table(&["again?", "what helps"], catalogue.retries.iter().map(|retry| vec![spaced(&retry.name), retry.meaning.clone()]));
    let codes = table(
        &["code", "HTTP", "kind", "again?", "what it means", "what to do", "documented for"],
        catalogue.codes.iter().map(|entry| {
            vec![
                code(&entry.name),
                entry.http.map_or_else(|| "–".to_owned(), |http| http.to_string()),
                code(&entry.kind),
                spaced(&entry.retry),
                with_cause(&entry.meaning, entry.cause.as_deref()),
                entry.advice.clone(),
                variants(&entry.variants),
            ]
        }),
    );
    let sub_codes = table(
        &["SubCode", "action", "billed", "what it means", "what to do", "documented for"],
        catalogue.sub_codes.iter().map(|entry| {
            vec![
                code(&entry.name),
                entry.action.clone(),
                if entry.billed { "yes" } else { "no" }.to_owned(),
                with_cause(&entry.meaning, entry.cause.as_deref()),
                entry.advice.clone(),
                variants(&entry.variants),
            ]
        }),
    );
    let client_codes = table(
        &["code", "billed", "what it means", "what to do"],
        catalogue.client.entries().map(|entry| {
            vec![
                code(&entry.code),
                if entry.billed { "yes" } else { "no" }.to_owned(),
                with_cause(&entry.meaning, entry.cause),
                entry.advice.to_owned(),
            ]
        }),
    );
    format!(
        "<!-- Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit. -->\n\
         # Codes\n\
         \n\
         Every kind of error, every response code, every SubCode and every code of the client that the library knows.\n\
         `cloudauth explain CODE` prints the same.\n\
         \n\
         ## Error kinds\n\
         \n\
         An error has one kind, the same in every language. *exit* is the exit code of the command,\n\
         *again?* whether the same call can succeed without a change. A code that is not listed below has\n\
         kind `service`, and may be tried again if its HTTP status is 429 or 500 and above.\n\
         \n\
         {kinds}\n\
         ## Response codes\n\
         \n\
         `Code` of the reply decides, its HTTP status comes second. A code that ends in `.*` stands for its\n\
         family where no exact entry exists. A dash means that no status is documented. `Success` is an error only beside a status that\n\
         contradicts it: `protocol`, or `unavailable` from 500 on.\n\
         \n\
         {retries}\n\
         The last column names products: EkycPro is `eKYC_PRO`, FaceLiveness `FACE_LIVENESS`, IdOcr `ID_OCR`\n\
         and FaceVerification `FACE_VERIFY`. *gateway* is what stands before them all.\n\
         \n\
         {codes}\n\
         ## SubCodes\n\
         \n\
         A SubCode is the outcome of a verification that ended; it comes with `Success`. The service gives\n\
         the verdict in `Passed`; *action* is this library's advice on what to do first.\n\
         \n\
         {actions}\n\
         {sub_codes}\n\
         ## Codes of the client\n\
         \n\
         The SDK in a person's app reports these codes, and CheckVerifyLog has them as VerifyErrorCode. A sub-code is\n\
         `A<code>_<number>`; one that is not listed means what its code means. {}\n\
         \n\
         {client_codes}",
        catalogue.client.note
    )
}

fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

fn with_cause(meaning: &str, cause: Option<&str>) -> String {
    match cause {
        Some(cause) => format!("{meaning} {cause}"),
        None => meaning.to_owned(),
    }
}

fn variants(names: &[String]) -> String {
    if names.is_empty() {
        "gateway".to_owned()
    } else if names.len() == VARIANTS.len() {
        "all".to_owned()
    } else {
        names.join(", ")
    }
}
