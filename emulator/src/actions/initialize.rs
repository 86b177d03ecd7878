use serde_json::json;

use super::answer::Answer;
use super::parameters::{invalid, merchant_biz_id, required};
use super::rules;
use crate::callback;
use crate::codes::Refusal;
use crate::document::Document;
use crate::products::{PRODUCTS, Product};
use crate::region::Region;
use crate::reply::random;
use crate::request::Request;
use crate::service::Service;
use crate::standard::Standard;
use crate::variant::Variant;
use crate::verification::{Callback, Kept, Progress, Transaction};
use crate::verify::hex;

/// `Initialize` and `InitializeV2`: begins a verification, which ends by a control call or by itself.
pub(super) fn answer(service: &Service, request: &Request, request_id: &str) -> Result<Answer, Refusal> {
    let region = service.options.region;
    let product = product(required(request, "ProductCode")?, region)?;
    merchant_biz_id(request)?;
    required(request, "MetaInfo")?;
    rules::check(request)?;
    let doc_type = request.parameter("DocType").unwrap_or_default();
    let document = document(product.variant, region, doc_type)?;
    let given = |name| request.parameter(name).filter(|value| !value.is_empty());
    let callback = given("CallbackUrl").map(|url| match callback::fault(url) {
        Some(fault) => Err(invalid("CallbackUrl", fault)),
        None => Ok(Callback { url: url.to_owned(), token: given("CallbackToken").map(str::to_owned), outcome: None }),
    });
    let now = service.now();
    let transaction = Transaction {
        product_code: product.code,
        variant: product.variant,
        document,
        standard: if given("OcrValueStandard") == Some("1") { Standard::of(doc_type) } else { Standard::None },
        begun: now,
        due: service.options.finish_after.map(|after| now.plus(after)),
        callback: callback.transpose()?,
        // What the page could not open safely, a scheme of an app for one, is for others to open.
        return_url: given("ReturnUrl").filter(|url| callback::fault(url).is_none()).map(str::to_owned),
        progress: Progress::NotBegun,
        kept: Kept::default(),
    };
    let transaction_id = transaction_id(region);
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

fn product(code: &str, region: Option<Region>) -> Result<&'static Product, Refusal> {
    let unknown = || {
        let codes: Vec<&str> = PRODUCTS.iter().map(|product| product.code).collect();
        invalid("ProductCode", &format!("the emulator knows {}", codes.join(", ")))
    };
    let product = Product::named(code).ok_or_else(unknown)?;
    if !product.offered(region) {
        return Err(invalid("ProductCode", "this region does not offer the product"));
    }
    Ok(product)
}

/// The document that `DocType` asks for.
fn document(variant: Variant, region: Option<Region>, doc_type: &str) -> Result<Option<Document>, Refusal> {
    let default = variant.default_document();
    if doc_type.is_empty() || default.is_none() {
        return Ok(default);
    }
    let unknown = || invalid("DocType", &format!("the emulator knows {} for this product", variant.doc_types()));
    let document = variant.doc_type(doc_type).ok_or_else(unknown)?;
    let read = region.and_then(Region::documents).filter(|_| variant.by_page());
    match read {
        Some(codes) if !codes.contains(&doc_type) => {
            Err(invalid("DocType", &format!("this region reads {} only", codes.join(" and "))))
        }
        _ => Ok(Some(document)),
    }
}

/// 32 characters: `hks` and hex in lower case, as samples of Hong Kong have it; elsewhere hex alone.
fn transaction_id(region: Option<Region>) -> String {
    let start = if region.is_none_or(|region| region == Region::HongKong) { "hks" } else { "" };
    let mut id = format!("{start}{}", hex(&random::<16>()));
    id.truncate(32);
    id
}
