//! [`Started`] and its JSON.

use super::Started;
use super::started::{from_json, to_json};
use crate::error::Result;
use crate::result::{Fields, Value};

impl Started {
    /// One line of JSON for [`from_json`](Self::from_json). It holds the callback's token and the transaction's URL: protect it as
    /// you protect them.
    ///
    /// # Errors
    /// Kind `invalid_argument` where the service sent no transaction id.
    pub fn to_json(&self) -> Result<String> {
        to_json(self.fields())
    }

    /// The value that [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// Kind `invalid_argument` where `json` is something else.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        from_json(json).map(Self::from)
    }

    /// Every field by name: one that the table adds does not compile until it stands here, and so is never lost.
    fn fields(&self) -> Fields {
        let Self {
            request_id: _,
            region,
            endpoint,
            transaction_id,
            transaction_url,
            protocol,
            client_cfg,
            merchant_biz_id,
            callback_token,
            product_code,
            id_spoof,
            doc_video,
            authorize,
            initialized_at,
            extra: _,
            problems: _,
        } = self;
        [
            ("region", value(region)),
            ("endpoint", value(endpoint)),
            ("transaction_id", value(transaction_id)),
            ("transaction_url", value(transaction_url)),
            ("protocol", value(protocol)),
            ("client_cfg", value(client_cfg)),
            ("merchant_biz_id", value(merchant_biz_id)),
            ("callback_token", value(callback_token)),
            ("product_code", value(product_code)),
            ("id_spoof", value(id_spoof)),
            ("doc_video", value(doc_video)),
            ("authorize", value(authorize)),
            ("initialized_at", value(initialized_at)),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect()
    }
}

#[allow(clippy::ref_option, reason = "called with references to fields")]
fn value<T: Clone + Into<Value>>(given: &Option<T>) -> Value {
    given.clone().map(Into::into).unwrap_or_default()
}

/// For the requests that take it; they check it.
impl From<&Started> for Value {
    fn from(started: &Started) -> Self {
        started.fields().into()
    }
}
