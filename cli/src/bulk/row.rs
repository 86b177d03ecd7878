//! A transaction as a line names it.

use std::time::SystemTime;

use cloudauth_core::journey::RESULT_LIFETIME;
use cloudauth_core::spelling::Language;
use cloudauth_core::typed::Started;
use cloudauth_core::{Region, validate_biz_id, validate_transaction_id};
use cloudauth_ledger::{Begun, Place};
use serde_json::{Map, Value};

/// The columns that are read.
pub(super) const COLUMNS: [&str; 5] = ["transaction_id", "merchant_biz_id", "region", "begun", "expires"];

/// From the columns; `value` gives one's text, and none where it is not there.
pub(super) fn from_columns<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Result<Begun, String> {
    let text = |name| value(name).map(str::trim).filter(|text| !text.is_empty());
    let id = |name, validate: fn(&str) -> Result<(), String>| {
        let id = text(name).unwrap_or_default();
        validate(id).map(|()| id.to_owned()).map_err(|rule| format!("{name}: {rule}"))
    };
    let time = |name| {
        let read =
            |text| humantime::parse_rfc3339_weak(text).map_err(|_| format!("{name}: must be a time in UTC such as {EXAMPLE}"));
        text(name).map(read).transpose()
    };
    let region = |id: &str| id.parse::<Region>().map(|region| Place::Region(region.id().to_owned()));
    let begun = time("begun")?;
    let expired = time("expires")?.map(|expires| expires.checked_sub(RESULT_LIFETIME).unwrap_or(SystemTime::UNIX_EPOCH));
    Ok(Begun {
        transaction_id: id("transaction_id", validate_transaction_id)?,
        merchant_biz_id: id("merchant_biz_id", validate_biz_id)?,
        place: text("region").map(region).transpose().map_err(|error| error.message().to_owned())?,
        begun_at: begun.or(expired),
        ..Begun::default()
    })
}

const EXAMPLE: &str = "2026-03-01T10:00:00Z";

/// From a line of JSON: an object of the columns, or what a start gave.
pub(super) fn from_json(line: &str) -> Result<Begun, String> {
    let fields: Map<String, Value> = serde_json::from_str(line).map_err(|_| "must be a JSON object".to_owned())?;
    if fields.contains_key("version") {
        return from_started(line);
    }
    if let Some(name) =
        COLUMNS.into_iter().find(|name| fields.get(*name).is_some_and(|value| !value.is_string() && !value.is_null()))
    {
        return Err(format!("{name}: must be text"));
    }
    from_columns(|name| fields.get(name)?.as_str())
}

/// From what a start gave, as JSON.
pub(crate) fn from_started(json: &str) -> Result<Begun, String> {
    let started = Started::from_json(json.as_bytes()).map_err(|error| error.message_in(Language::Command).into_owned())?;
    let place = started.region.map(Place::Region).or(started.endpoint.map(Place::Endpoint));
    let begun_at = started.initialized_at.as_deref().and_then(|time| humantime::parse_rfc3339_weak(time).ok());
    Ok(Begun {
        transaction_id: started.transaction_id.unwrap_or_default(),
        merchant_biz_id: started.merchant_biz_id.unwrap_or_default(),
        place,
        product_code: started.product_code,
        begun_at,
        has_video: started.doc_video == Some(true),
        started: Some(json.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    fn columns(values: &[(&str, &str)]) -> Result<Begun, String> {
        from_columns(|name| values.iter().find(|(column, _)| *column == name).map(|(_, value)| *value))
    }

    #[test]
    fn columns_are_read_and_held_against_their_rules() {
        let ids = [("transaction_id", " hks1 "), ("merchant_biz_id", "order1")];
        let with = |name, value| columns(&[&ids[..], &[(name, value)]].concat());
        let plain = columns(&ids).unwrap();
        assert_eq!((&*plain.transaction_id, &*plain.merchant_biz_id, plain.begun_at), ("hks1", "order1", None));
        assert_eq!(with("region", "cn-hongkong").unwrap().place, Some(Place::Region("cn-hongkong".to_owned())));
        let march = UNIX_EPOCH + Duration::from_hours(492_322);
        assert_eq!(with("begun", "2026-03-01T10:00:00Z").unwrap().begun_at, Some(march));
        assert_eq!(with("begun", "2026-03-01 10:00:00").unwrap().begun_at, Some(march));
        assert_eq!(with("expires", "2026-03-31T10:00:00Z").unwrap().begun_at, Some(march));
        assert_eq!(with("begun", "yesterday").unwrap_err(), "begun: must be a time in UTC such as 2026-03-01T10:00:00Z");
        assert!(with("region", "moon").unwrap_err().starts_with("region: must be one of"), "{:?}", with("region", "moon"));
        assert_eq!(columns(&[("transaction_id", "a")]).unwrap_err(), "merchant_biz_id: must not be empty");
        assert_eq!(columns(&[("merchant_biz_id", "a")]).unwrap_err(), "transaction_id: must not be empty");
        assert_eq!(from_columns(|_| Some("a b")).unwrap_err(), "begun: must be a time in UTC such as 2026-03-01T10:00:00Z");
    }

    #[test]
    fn json_is_an_object_of_the_columns_or_a_start() {
        let begun = from_json("{\"transaction_id\":\"hks1\",\"merchant_biz_id\":\"order1\",\"region\":null,\"note\":7}").unwrap();
        assert_eq!((&*begun.transaction_id, begun.place, begun.started), ("hks1", None, None));
        let started = "{\"version\":1,\"transaction_id\":\"hks1\",\"merchant_biz_id\":\"order1\",\"product_code\":\"eKYC_PRO\",\
            \"region\":\"cn-hongkong\",\"doc_video\":true,\"initialized_at\":\"2026-03-01T10:00:00Z\"}";
        let begun = from_json(started).unwrap();
        assert_eq!(
            (begun.has_video, begun.product_code.as_deref(), begun.started.as_deref()),
            (true, Some("eKYC_PRO"), Some(started))
        );
        assert!(begun.begun_at.is_some());
        assert_eq!(from_json("[]").unwrap_err(), "must be a JSON object");
        assert_eq!(from_json("{\"transaction_id\":7}").unwrap_err(), "transaction_id: must be text");
        assert!(from_json("{\"version\":9}").unwrap_err().contains("version"));
    }
}
