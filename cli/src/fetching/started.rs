//! What core wants to know of a start, from what the ledger has.

use std::time::SystemTime;

use cloudauth_core::blocking;
use cloudauth_ledger::Transaction;
use serde_json::{Value, json};

/// What the start gave; or what stands in for it, `began_at` among it.
pub(super) fn started(transaction: &Transaction, client: &blocking::Client, began_at: SystemTime) -> Value {
    let begun = &transaction.begun;
    if let Some(started) = &begun.started {
        return Value::from(started.as_str());
    }
    let endpoint = client.endpoint();
    let region = endpoint.region().map(cloudauth_core::Region::id);
    json!({
        "version": 1,
        "transaction_id": begun.transaction_id,
        "merchant_biz_id": begun.merchant_biz_id,
        "product_code": begun.product_code.as_deref().unwrap_or("unknown"),
        "region": region,
        "endpoint": region.is_none().then(|| endpoint.to_string()),
        "initialized_at": humantime::format_rfc3339_seconds(began_at).to_string(),
    })
}
