use serde_json::json;

use super::answer::Answer;
use super::parameters::{invalid, merchant_biz_id, required};
use crate::callback;
use crate::codes::Refusal;
use crate::document::Document;
use crate::reply::random;
use crate::request::Request;
use crate::scenario::Variant;
use crate::service::Service;
use crate::verification::{Callback, Kept, Progress, Transaction};
use crate::verify::hex;

/// `Initialize` and `InitializeV2`: begins a verification, which ends by a control call or by itself.
pub(super) fn answer(service: &Service, request: &Request, request_id: &str) -> Result<Answer, Refusal> {
    let product_code = required(request, "ProductCode")?;
    let variant = Variant::of_product(product_code)
        .ok_or_else(|| invalid("ProductCode", "the emulator knows eKYC_PRO, FACE_LIVENESS, ID_OCR, FACE_VERIFY and eKYC"))?;
    merchant_biz_id(request)?;
    required(request, "MetaInfo")?;
    let document = document(variant, request.parameter("DocType").unwrap_or_default())?;
    let given = |name| request.parameter(name).filter(|value| !value.is_empty());
    let callback = given("CallbackUrl").map(|url| match callback::fault(url) {
        Some(fault) => Err(invalid("CallbackUrl", fault)),
        None => Ok(Callback { url: url.to_owned(), token: given("CallbackToken").map(str::to_owned), outcome: None }),
    });
    let now = service.now();
    let transaction = Transaction {
        product_code: product_code.to_owned(),
        variant,
        document,
        begun: now,
        due: service.options.finish_after.map(|after| now.plus(after)),
        callback: callback.transpose()?,
        progress: Progress::NotBegun,
        kept: Kept::default(),
    };
    let transaction_id = transaction_id();
    service.state().begin(transaction_id.clone(), transaction);
    service.changed.notify_one();
    let result = json!({
        "TransactionId": transaction_id,
        "TransactionUrl": format!("{}/verify/{transaction_id}", service.endpoint),
        "Protocol": hex(&random::<32>()),
        "ClientCfg": "{}",
    });
    Ok(Answer::result(request_id, "Success", &result))
}

/// The document that `DocType` asks for: one of the emulator's names, or any of the older eight-digit codes,
/// of which only the passport's is public; they all give a passport.
fn document(variant: Variant, doc_type: &str) -> Result<Option<Document>, Refusal> {
    let older = doc_type.len() == 8 && doc_type.bytes().all(|byte| byte.is_ascii_digit());
    let default = variant.default_document();
    if doc_type.is_empty() || default.is_none() || (older && variant != Variant::EkycPro) {
        return Ok(default);
    }
    let names: Vec<&str> = variant.documents().iter().map(|(name, _)| *name).collect();
    let unknown = || invalid("DocType", &format!("the emulator knows {} for this product", names.join(", ")));
    variant.document(doc_type).map(Some).ok_or_else(unknown)
}

/// `hks` and hex in lower case, 32 characters in all.
fn transaction_id() -> String {
    let mut id = format!("hks{}", hex(&random::<15>()));
    id.truncate(32);
    id
}
