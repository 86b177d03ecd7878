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

    fn fields(&self) -> Fields {
        let text = |text: &Option<String>| text.clone().map(Value::from).unwrap_or_default();
        let flag = |flag: Option<bool>| flag.map(Value::from).unwrap_or_default();
        [
            ("region", text(&self.region)),
            ("endpoint", text(&self.endpoint)),
            ("transaction_id", text(&self.transaction_id)),
            ("transaction_url", text(&self.transaction_url)),
            ("protocol", text(&self.protocol)),
            ("client_cfg", text(&self.client_cfg)),
            ("merchant_biz_id", text(&self.merchant_biz_id)),
            ("callback_token", text(&self.callback_token)),
            ("product_code", text(&self.product_code)),
            ("id_spoof", flag(self.id_spoof)),
            ("doc_video", flag(self.doc_video)),
            ("authorize", text(&self.authorize)),
            ("initialized_at", text(&self.initialized_at)),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect()
    }
}

/// For the requests that take it; they check it.
impl From<&Started> for Value {
    fn from(started: &Started) -> Self {
        started.fields().into()
    }
}
