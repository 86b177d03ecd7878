//! The start of a verification: its ids, its rules, and what is to be stored of it.

use super::hook::Hook;
use super::{Arguments, TypedReply};
use crate::call::Call;
use crate::caller::Caller;
use crate::clock::{nonce, signing_date};
use crate::error::{Error, Result};
use crate::journey::{initialize, lost_start, origin};

pub(super) struct Initialize;

impl Hook for Initialize {
    fn action(&self, arguments: &Arguments) -> &'static str {
        match arguments.text("operation") {
            Some("Initialize") => "Initialize",
            Some("InitializeV2") => "InitializeV2",
            _ => initialize::operation(arguments.text("product_code").unwrap_or_default()),
        }
    }

    fn prepare(&self, arguments: &Arguments, mut call: Call, caller: &Caller<'_>) -> Result<Call> {
        if call.get(BIZ_ID).is_none() {
            let id = initialize::ids::merchant_biz_id(caller.clock.now(), caller.clock.random()?);
            call = call.parameter(BIZ_ID, id);
        }
        if call.get("CallbackUrl").is_some() && call.get(TOKEN).is_none() {
            call = call.parameter(TOKEN, &*nonce(caller.clock)?);
        }
        if !arguments.is_unchecked() {
            initialize::validate(&call, caller.endpoint.is_loopback())?;
        }
        Ok(call)
    }

    fn finish(&self, reply: &mut TypedReply, sent: &Call, caller: &Caller<'_>) {
        let (region, endpoint) = origin(caller.endpoint);
        let texts = [
            ("region", region),
            ("endpoint", endpoint.as_deref()),
            ("merchant_biz_id", sent.get(BIZ_ID)),
            ("callback_token", sent.get(TOKEN)),
            ("product_code", sent.get("ProductCode")),
            ("authorize", sent.get("Authorize")),
            // The service's 30 minutes began a little before.
            ("initialized_at", Some(&*signing_date(caller.clock.now()))),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                reply.set(name, text.into());
            }
        }
        for (name, parameter) in [("id_spoof", "IdSpoof"), ("doc_video", "DocVideo")] {
            if let Some(flag @ ("Y" | "N")) = sent.get(parameter) {
                reply.set(name, (flag == "Y").into());
            }
        }
    }

    fn failed(&self, error: Error, sent: &Call) -> Error {
        lost_start(error, sent.get(BIZ_ID).unwrap_or_default())
    }
}

const BIZ_ID: &str = "MerchantBizId";
const TOKEN: &str = "CallbackToken";
