//! What Java asks for, as core's types.

use cloudauth_core::{
    Call, CallOptions, CheckResultRequest, ClientBuilder, Error, Proxy, Signature, WaitOptions, blocking, options,
};

use crate::credentials::JavaProvider;
use crate::failure::Failure;
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

/// `CloudAuthClient.Builder.encoded`: the options of a client, and how many calls a stream of many keeps in flight.
pub(crate) fn client(encoded: &[u8]) -> Result<(ClientBuilder, Option<usize>), Failure> {
    let mut given = Reader(encoded);
    let mut builder = blocking::Client::builder();
    for set in [
        ClientBuilder::region as fn(ClientBuilder, String) -> _,
        ClientBuilder::network,
        ClientBuilder::endpoint,
        ClientBuilder::ca_file,
        ClientBuilder::user_agent,
        |builder, proxy| builder.proxy(if proxy == "none" { Proxy::Direct } else { Proxy::Url(proxy) }),
        ClientBuilder::profile,
        |builder, pem| builder.ca_pem(pem.into_bytes()),
    ] {
        if let Some(text) = given.optional_text()? {
            builder = set(builder, text);
        }
    }
    if let Some(signature) = given.optional_text()? {
        builder = builder.signature(match signature.as_str() {
            "acs3" => Signature::Acs3,
            "rpc1" => Signature::Rpc1,
            _ => return Err(Error::invalid_argument("signature", "must be acs3 or rpc1").into()),
        });
    }
    builder = builder.allow_insecure(given.flag()?);
    let mut timeout = options::TIMEOUT;
    for (name, set) in [
        ("timeout", ClientBuilder::timeout as fn(ClientBuilder, _) -> _),
        ("attempt_timeout", ClientBuilder::attempt_timeout),
        ("connect_timeout", ClientBuilder::connect_timeout),
        ("idle_timeout", ClientBuilder::idle_timeout),
        ("retry_base", ClientBuilder::retry_base),
        ("throttle_base", ClientBuilder::throttle_base),
        ("retry_cap", ClientBuilder::retry_cap),
    ] {
        if let Some(duration) = given.duration(name)? {
            builder = set(builder, duration);
            if name == "timeout" {
                timeout = duration;
            }
        }
    }
    for (name, set) in [
        ("max_connections", ClientBuilder::max_connections as fn(ClientBuilder, _) -> _),
        ("max_attempts", ClientBuilder::max_attempts),
        ("qps", ClientBuilder::qps),
        ("max_body_bytes", ClientBuilder::max_body_bytes),
        ("max_body_bytes_without_images", ClientBuilder::max_body_bytes_without_images),
    ] {
        if let Some(number) = given.count(name)? {
            builder = set(builder, number);
        }
    }
    let max_concurrency = given.count("max_concurrency")?;
    let (id, secret, token) = (given.optional_text()?, given.optional_text()?, given.optional_text()?);
    let source = given.optional(Reader::number)?;
    if id.is_some() || secret.is_some() || token.is_some() {
        if source.is_some() {
            return Err(Error::invalid_argument("credentials", "cannot be given together with an access key").into());
        }
        // A part that is missing is told by core, as one that is empty.
        builder = builder.access_key(id.unwrap_or_default(), secret.unwrap_or_default(), token);
    }
    if let Some(source) = source {
        builder = builder.credentials(JavaProvider::shared(source, timeout));
    }
    Ok((builder, max_concurrency))
}
