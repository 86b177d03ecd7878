//! What Java asks for, as core's types.

use cloudauth_core::options::{self, Value};
use cloudauth_core::spelling::Language;
use cloudauth_core::typed::TypedRequest;
use cloudauth_core::{Call, CallOptions, CheckResultRequest, ClientBuilder, WaitOptions, blocking};

use crate::credentials::JavaProvider;
use crate::failure::Failure;
use crate::limiter::JavaLimiter;
use crate::transfer;
use crate::wire::{self, Reader};

/// `CheckRequest.encoded`.
pub(crate) fn request(encoded: &[u8]) -> Result<CheckResultRequest, Failure> {
    let mut given = Reader(encoded);
    let (merchant_biz_id, transaction_id) = (given.text()?, given.text()?);
    let mut request = CheckResultRequest::new(merchant_biz_id, transaction_id).return_image(given.flag()?);
    if given.flag()? {
        request = request.unchecked();
    }
    if let Some(list) = given.optional_text()? {
        request = request.extra_image_control_list(list);
    }
    if let Some(wanted) = given.optional(Reader::flag)? {
        request = request.return_five_category_spoof_result(wanted);
    }
    while !given.is_empty() {
        request = request.parameter(given.text()?, given.text()?);
    }
    Ok(request)
}

/// An action, whether it is unchecked, and parameters by name.
pub(crate) fn call(encoded: &[u8]) -> Result<Call, Failure> {
    let mut given = Reader(encoded);
    let mut call = Call::new(given.text()?);
    if given.flag()? {
        call = call.unchecked();
    }
    while !given.is_empty() {
        let name = given.text()?;
        let value = given.value(&name)?;
        call = call.value(name, &value)?;
    }
    Ok(call)
}

/// `TypedRequest.encoded`: an operation, whether it is unchecked, its arguments, and further parameters; for the call of that
/// number.
pub(crate) fn typed(encoded: &[u8], number: i64) -> Result<TypedRequest, Failure> {
    let mut given = Reader(encoded);
    let mut request = TypedRequest::new(&given.text()?)?;
    request.set_unchecked(given.flag()?);
    while !given.is_empty() {
        let (is_parameter, name) = (given.flag()?, given.text()?);
        if is_parameter {
            request.add_parameter(name, given.text()?);
        } else if given.is_function()? {
            request.set(&name, transfer::function(request.spec(), &name, number)?);
        } else {
            request.set(&name, given.argument(&name)?);
        }
    }
    Ok(request)
}

/// Options of one call, within a time limit as `wire::time_limit` reads it.
pub(crate) fn call_options(timeout: i64) -> CallOptions {
    wire::time_limit(timeout).into_iter().fold(CallOptions::default(), CallOptions::timeout)
}

/// `WaitOptions.encoded`.
pub(crate) fn wait_options(encoded: &[u8]) -> Result<WaitOptions, Failure> {
    let (mut given, default) = (Reader(encoded), WaitOptions::default());
    Ok(WaitOptions {
        timeout: wire::time_limit(given.number()?).unwrap_or(default.timeout),
        first_pause: given.duration("first_pause")?.unwrap_or(default.first_pause),
        longest_pause: given.duration("longest_pause")?.unwrap_or(default.longest_pause),
    })
}

/// `CloudAuthClientBuilder.encoded`: a source of keys, a listener, a limiter, certificates to trust, and options by name.
pub(crate) fn client(encoded: &[u8]) -> Result<ClientBuilder, Failure> {
    let mut given = Reader(encoded);
    let (source, listener) = (given.optional(Reader::number)?, given.optional(Reader::number)?);
    let limiter = given.optional(Reader::number)?;
    let pem = given.optional_text()?;
    let (mut builder, mut timeout) = (blocking::Client::builder(), options::TIMEOUT);
    if let Some(pem) = pem {
        builder = builder.ca_pem(pem.into_bytes());
    }
    if let Some(number) = listener {
        builder = builder.keep_events(number.unsigned_abs());
    }
    if let Some(number) = limiter {
        builder = builder.shared_limiter(JavaLimiter::shared(number));
    }
    while !given.is_empty() {
        let (name, value) = (given.text()?, given.option()?);
        if let ("timeout", Value::Duration(limit)) = (name.as_str(), &value) {
            timeout = *limit;
        }
        builder.set(options::named(&name, Language::Java), value)?;
    }
    Ok(match source {
        Some(source) => builder.credentials(JavaProvider::shared(source, timeout)),
        None => builder,
    })
}
