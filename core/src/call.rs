//! Any operation of the API version, checked before anything is sent.

use std::fmt;

use crate::canonical::canonical_value;
use crate::error::{Error, Result};
use crate::operations::{OperationSpec, nearest_operation, operation};
use crate::result::Value;
use crate::sign::{Signature, percent};
use crate::tree::Text;

/// Any operation of the API version, by name.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    action: Text,
    parameters: Vec<(Text, Text)>,
    unchecked: bool,
}

/// Longer parameters do not fit a URL well and go in the body; the service takes them from either.
const MAX_IN_QUERY: usize = 2048;
/// All of them together, as they are sent. Servers take a request's first line up to 8 KiB, and the signature needs some of it.
const MAX_QUERY: usize = 6 << 10;
/// No operation has half as many.
const MAX_PARAMETERS: usize = 256;
const MAX_PARAMETER_NAME: usize = 128;
/// Names and values of a call together, in bytes; the largest that the service takes are pictures.
const MAX_PARAMETER_BYTES: usize = 32 << 20;

/// Parameters by name.
pub(crate) type Pairs<'a> = Vec<(&'a str, &'a str)>;

impl Call {
    /// `action`: an operation's name, e.g. `Initialize`.
    pub fn new(action: impl Into<String>) -> Self {
        Self { action: action.into().into(), parameters: Vec::new(), unchecked: false }
    }

    /// Adds a parameter by its name in the API, e.g. `ProductCode`. A call has at most 256, of 32 MiB together.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into().into(), value.into().into()));
        self
    }

    /// The call of `action` with so many parameters, which are written down by [`with`](Self::with).
    pub(crate) fn of(action: &str, parameters: usize) -> Self {
        Self { action: action.into(), parameters: Vec::with_capacity(parameters), unchecked: false }
    }

    /// [`parameter`](Self::parameter) without texts of its own.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// The same from a value of any shape, written as the official client writes it: numbers and flags as text, lists and objects
    /// as JSON. `null` is not sent.
    ///
    /// # Errors
    /// Kind `too_large` where there is no memory for the text.
    pub fn value(self, name: impl Into<String>, value: &Value) -> Result<Self> {
        Ok(match written(value)? {
            Some(text) => self.parameter(name, text),
            None => self,
        })
    }

    /// Lets through an operation, or parameters of it, that are newer than this library.
    #[must_use]
    pub fn unchecked(mut self) -> Self {
        self.unchecked = true;
        self
    }

    /// The operation's name.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// What was given for the parameter `name`.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// What goes in the query, and what in the body: where the table says, but nothing long in the query.
    pub(crate) fn placed(&self) -> (Pairs<'_>, Pairs<'_>) {
        let pairs = self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        // Nearly all calls are far from the limit, and need not be measured as they are encoded: to thrice the length, at most.
        let plain: usize = self.parameters.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
        let roomy = 3 * plain <= MAX_QUERY;
        let mut room = MAX_QUERY;
        let spec = operation(&self.action);
        pairs.partition(|(name, value)| {
            if value.len() > MAX_IN_QUERY || spec.is_some_and(|spec| spec.is_in_form(name)) {
                return false;
            }
            if roomy {
                return true;
            }
            let left = room.checked_sub(percent::encoded_len(name) + percent::encoded_len(value) + 2);
            room = left.unwrap_or(room);
            left.is_some()
        })
    }

    pub(crate) fn validate(&self, signature: Signature) -> Result<()> {
        let is_name = |text: &str| !text.is_empty() && text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_name(&self.action) {
            return Err(Error::invalid_argument("action", "must be an operation's name: 1 to 64 letters and digits"));
        }
        let spec = if self.unchecked { None } else { Some(self.spec()?) };
        if self.parameters.len() > MAX_PARAMETERS {
            let rule = format!("must be at most {MAX_PARAMETERS}, got {}", self.parameters.len());
            return Err(Error::invalid_argument("parameters", rule));
        }
        let bytes: usize = self.parameters.iter().map(|(name, value)| name.len() + value.len()).sum();
        if bytes > MAX_PARAMETER_BYTES {
            let rule = format!("must have at most {MAX_PARAMETER_BYTES} bytes together, got {bytes}");
            return Err(Error::invalid_argument("parameters", rule));
        }
        for (index, (name, value)) in self.parameters.iter().enumerate() {
            if name.len() > MAX_PARAMETER_NAME {
                let rule = format!("a name must have at most {MAX_PARAMETER_NAME} characters, got {}", name.len());
                return Err(Error::invalid_argument("parameter", rule));
            }
            if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')) {
                return Err(Error::invalid_argument("parameter", "a name must be letters, digits, '.', '_' or '-'"));
            }
            if is_reserved(name, signature) {
                return Err(Error::invalid_argument(name, "is set by the signature and cannot be given"));
            }
            if let Some(spec) = spec.filter(|spec| !spec.has(name)) {
                let (place, rule) = (format!("parameter {}", index + 1), format!("{} has no such parameter", spec.action));
                return Err(unknown(name, &place, &rule, spec.nearest_parameter(name)));
            }
            if self.parameters[..index].iter().any(|(earlier, _)| earlier == name) {
                return Err(Error::invalid_argument(name, "is given twice"));
            }
            if value.contains('\0') {
                return Err(Error::invalid_argument(name, "must not hold a NUL character"));
            }
        }
        Ok(())
    }

    fn spec(&self) -> Result<&'static OperationSpec> {
        operation(&self.action).ok_or_else(|| {
            unknown(&self.action, "action", "is no operation of this API version", nearest_operation(&self.action))
        })
    }
}

/// A value as it is sent; `None` where it is not.
pub(crate) fn written(value: &Value) -> Result<Option<String>> {
    Ok(match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(canonical_value(other)?),
    })
}

/// An error for what the table does not know. It shows the name only where that is like one of the API's: any other may be
/// a value in the wrong place.
fn unknown(name: &str, otherwise: &str, rule: &str, nearest: Option<&str>) -> Error {
    match nearest {
        Some(nearest) => Error::invalid_argument(name, format!("{rule}; did you mean {nearest}? Newer ones need `unchecked`")),
        None => Error::invalid_argument(otherwise, format!("{rule}; newer ones need `unchecked`")),
    }
}

/// Whether the signature itself sends a parameter of this name.
fn is_reserved(name: &str, signature: Signature) -> bool {
    let always = matches!(name, "Action" | "Version" | "Signature" | "AccessKeyId" | "SecurityToken");
    // IdnAuthorityVerifyIntl has a Timestamp of its own, which only ACS3 leaves room for.
    let in_rpc =
        matches!(name, "Format" | "SignatureMethod" | "SignatureNonce" | "SignatureVersion" | "SignatureType" | "Timestamp");
    always || in_rpc && signature == Signature::Rpc1
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("action", &self.action).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_signature_sends_cannot_be_given() {
        let with = |name: &str| Call::new("Initialize").unchecked().parameter(name, "x");
        assert!(with("Signature").validate(Signature::Acs3).is_err());
        assert!(with("Timestamp").validate(Signature::Rpc1).is_err());
        assert!(with("Timestamp").validate(Signature::Acs3).is_ok());
        assert!(with("").validate(Signature::Acs3).is_err());
        assert!(with("A").parameter("A", "y").validate(Signature::Acs3).is_err());
        assert!(Call::new("Check Result").validate(Signature::Acs3).is_err());
        assert!(Call::new("X").unchecked().parameter("A", "a\0b").validate(Signature::Acs3).is_err());
    }

    #[test]
    fn long_values_go_in_the_body() {
        let picture = "A".repeat(MAX_IN_QUERY + 1);
        let call = Call::new("FaceLiveness").parameter("Crop", "Y").parameter("FacePictureUrl", &picture);
        assert_eq!(call.placed(), (vec![("Crop", "Y")], vec![("FacePictureUrl", picture.as_str())]));
    }

    #[test]
    fn parameters_travel_where_the_table_says() {
        let call = Call::new("FaceLiveness").parameter("Crop", "Y").parameter("FacePictureBase64", "AA");
        assert_eq!(call.placed(), (vec![("Crop", "Y")], vec![("FacePictureBase64", "AA")]));
        let newer = Call::new("Newer").unchecked().parameter("A", "b");
        assert_eq!(newer.placed(), (vec![("A", "b")], vec![]));
    }

    #[test]
    fn what_the_table_does_not_know_is_refused_and_the_nearest_named() {
        let refused = |call: Call| call.validate(Signature::Acs3).unwrap_err().to_string();
        assert_eq!(
            refused(Call::new("Initalize")),
            "Initalize: is no operation of this API version; did you mean Initialize? Newer ones need unchecked"
        );
        assert_eq!(
            refused(Call::new("Initialize").parameter("ProductCode", "x").parameter("MetaInfos", "x")),
            "MetaInfos: Initialize has no such parameter; did you mean MetaInfo? Newer ones need unchecked"
        );
        // A value in the wrong place is not shown.
        assert_eq!(refused(Call::new("A1234567")), "action: is no operation of this API version; newer ones need unchecked");
        assert_eq!(
            refused(Call::new("Initialize").parameter("ProductCode", "x").parameter("Z0000000", "x")),
            "parameter 2: Initialize has no such parameter; newer ones need unchecked"
        );
        assert!(Call::new("Newer").unchecked().parameter("A", "b").validate(Signature::Acs3).is_ok());
    }

    #[test]
    fn values_of_any_shape_are_written_as_the_official_client_writes_them() {
        let value =
            serde_json::json!({"list": ["01", "02"], "object": {"b": 1, "a": "ä"}, "number": 7, "flag": true, "none": null});
        let call = ["list", "object", "number", "flag", "none"]
            .iter()
            .fold(Call::new("X"), |call, name| call.value(*name, &value[*name]).expect("memory"));
        let written: Vec<_> = call.parameters.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(written, [r#"["01","02"]"#, r#"{"a":"ä","b":1}"#, "7", "true"]);
    }

    // Finding G6: what a URL cannot hold goes in the body, and what is beyond reason is refused by name.
    #[test]
    fn many_parameters_share_the_query_and_the_body() {
        let call = |count: usize, value: &str| {
            (0..count).fold(Call::new("Initialize").unchecked(), |call, number| call.parameter(format!("P{number:02}"), value))
        };
        let many = call(33, &"v".repeat(2000));
        let (query, form) = many.placed();
        assert_eq!((query.len(), form.len()), (3, 30));
        assert_eq!((query[2].0, form[0].0), ("P02", "P03"));
        // It is the encoded length that counts.
        let encoded = call(4, &"%".repeat(1000));
        let (query, form) = encoded.placed();
        assert_eq!((query.len(), form.len()), (2, 2));
        assert!(many.validate(Signature::Acs3).is_ok() && call(256, "").validate(Signature::Acs3).is_ok());
        let refused = |call: Call| call.validate(Signature::Acs3).unwrap_err().to_string();
        assert_eq!(refused(call(257, "")), "parameters: must be at most 256, got 257");
        assert_eq!(refused(call(10_000, "v")), "parameters: must be at most 256, got 10000");
        assert_eq!(
            refused(call(1, &"v".repeat(MAX_PARAMETER_BYTES))),
            "parameters: must have at most 33554432 bytes together, got 33554435"
        );
        let named = Call::new("Initialize").unchecked().parameter("n".repeat(129), "");
        assert_eq!(refused(named), "parameter: a name must have at most 128 characters, got 129");
        for odd in ["", "a b", "a&b", "a=b", "ä", "a\0", "a\n"] {
            assert!(refused(Call::new("Initialize").parameter(odd, "x")).starts_with("parameter: a name must be"), "{odd}");
        }
    }
}
