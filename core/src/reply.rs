//! From a reply's status and body to an envelope or a classified error.

use std::borrow::Cow;
use std::time::SystemTime;

use crate::call::Call;
use crate::caller::Caller;
use crate::catalogue::{self, Kind};
use crate::decode::lift::{self, Images};
use crate::decode::{self, Body, Budget, Decoded, FieldKind, Listed, Refusal};
use crate::envelope;
use crate::error::{Error, Result};
use crate::identifier;
use crate::operations::{SUCCESS, operation};
use crate::options::{MAX_BYTES_BESIDE_IMAGES, MAX_VALUES};
use crate::result::{CheckResult, Fields};
use crate::retry::RetryHints;
use crate::scrub;
use crate::tree::{Members, Node};
use crate::xml_error;

/// What came with a reply's body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    /// `None` for a stored body, whose status no one kept.
    pub(crate) status: Option<u16>,
    pub(crate) retry_after: RetryHints,
    /// The server's own time.
    pub(crate) date: Option<SystemTime>,
}

/// A reply, and what reading it takes.
pub(crate) struct Received<'a> {
    /// What was sent.
    pub(crate) call: &'a Call,
    pub(crate) caller: Caller<'a>,
    pub(crate) head: &'a Head,
    pub(crate) body: &'a [u8],
    /// What the request was signed from.
    pub(crate) string_to_sign: &'a str,
    pub(crate) nonce: lift::Nonce,
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Decodes a `CheckResult` reply; images are lifted out where that can be done.
pub(crate) fn check_result(head: &Head, body: &[u8], nonce: lift::Nonce, string_to_sign: &str) -> Result<CheckResult> {
    let body = without_mark(body);
    // The plain path may cost several times the body. Of one that is large, what was no image is left in place instead.
    let passes = if body.len() > MAX_BYTES_BESIDE_IMAGES { 2 } else { 1 };
    let mut left = Vec::new();
    for _ in 0..passes {
        let Some((rest, images)) = lift::remaining(body, nonce, &left) else { break };
        match read(head, &rest, images, Budget::new(), string_to_sign) {
            Ok(decoded) if decoded.complete => return Ok(decoded.result),
            Ok(decoded) => left = decoded.unused,
            Err(error) if error.kind() == Kind::TooLarge => return Err(error),
            Err(_) => break,
        }
    }
    read(head, body, Images::none(), Budget::new(), string_to_sign).map(|decoded| decoded.result)
}

/// [`check_result`] without lifting, whatever that costs: what a body says.
pub(crate) fn check_result_plainly(head: &Head, body: &[u8], string_to_sign: &str) -> Result<CheckResult> {
    let (body, budget) = (without_mark(body), Budget::of_any_bytes());
    read(head, body, Images::none(), budget, string_to_sign).map(|decoded| decoded.result)
}

/// The whole body of any operation's reply, once its `Code` says success.
pub(crate) fn call(reply: &Received<'_>) -> Result<Fields> {
    whole(reply.head, reply.body, success(reply), reply.string_to_sign)
}

/// The codes that say success.
fn success(reply: &Received<'_>) -> &'static [&'static str] {
    operation(reply.call.action()).map_or(SUCCESS, |spec| spec.success)
}

/// The same, where `success` lists the codes that say so.
pub(crate) fn whole(head: &Head, body: &[u8], success: &[&str], string_to_sign: &str) -> Result<Fields> {
    members(head, body, success, string_to_sign).map(Members::into_fields)
}

fn members(head: &Head, body: &[u8], success: &[&str], string_to_sign: &str) -> Result<Members> {
    let body = without_mark(body);
    let mut members = fields(head, body, || decode::members(body))?;
    classify(head, &mut members, success, string_to_sign)?;
    Ok(members)
}

/// The request id of any operation's reply, and what its `Result` has for the fields in `wanted`.
pub(crate) fn listed(reply: &Received<'_>, wanted: &[(&str, FieldKind)]) -> Result<(String, Listed)> {
    let mut fields = members(reply.head, reply.body, success(reply), reply.string_to_sign)?;
    let request_id = request_id(&fields);
    envelope::rename_to(&mut fields, &["Result"]);
    let listed = decode::listed(fields.remove("Result"), wanted).map_err(|refusal| refused(reply.head, refusal))?;
    Ok((request_id, listed))
}

/// The service's id of the request, as it may be shown; empty where it sent none.
fn request_id(fields: &Members) -> String {
    let id = text(fields, "RequestId").filter(|id| !id.is_empty());
    id.map(identifier::request_id).unwrap_or_default().to_owned()
}

fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body)
}

fn read(head: &Head, rest: &[u8], images: Images, budget: Budget, string_to_sign: &str) -> Result<Decoded> {
    let mut body = None;
    let mut fields = fields(head, rest, || {
        let mut read = Body::read(rest, images, budget)?;
        let fields = read.fields.take();
        body = Some(read);
        Ok(fields)
    })?;
    let mut head = Cow::Borrowed(head);
    if let (Some(body), Some(wrapped)) = (&mut body, envelope::unwrap(&mut fields)) {
        body.enter(wrapped.body);
        fields = body.fields.take().unwrap_or_default();
        if head.status.is_none() {
            head.to_mut().status = wrapped.status;
        }
    }
    classify(&head, &mut fields, SUCCESS, string_to_sign)?;
    let request_id = request_id(&fields);
    // An error in XML has no body, and is no success.
    let body = body.ok_or_else(|| unreadable(&head, "XML, not JSON"))?;
    envelope::rename_to(&mut fields, &["Result"]);
    body.check_result(request_id, fields.remove("Result")).map_err(|refusal| refused(&head, refusal))
}

/// The body as an object, or why it is none: no word of it is repeated.
fn fields(head: &Head, body: &[u8], parse: impl FnOnce() -> Result<Option<Members>, Refusal>) -> Result<Members> {
    let what = match head.status {
        Some(300..=399) => "a redirect, which a signed call must not follow",
        _ if body.is_empty() => "an empty body",
        _ => match parse() {
            Ok(Some(fields)) => return Ok(fields),
            Ok(None) => "JSON that is not an object",
            Err(Refusal::Large) => return Err(refused(head, Refusal::Large)),
            Err(_) if body.trim_ascii_start().starts_with(b"<") => match xml_error::fields(body) {
                Some(fields) if fields.get("Code").and_then(Node::as_text).is_some_and(|code| !SUCCESS.contains(&code)) => {
                    return Ok(fields);
                }
                _ => "HTML or XML, not JSON",
            },
            Err(Refusal::Cut) => "JSON that ends too early",
            Err(Refusal::Deep) => "JSON that is nested too deep",
            Err(Refusal::Syntax) => "something that is not JSON",
        },
    };
    Err(unreadable(head, what))
}

fn refused(head: &Head, refusal: Refusal) -> Error {
    match refusal {
        Refusal::Large => {
            let message = format!(
                "the reply has more than {MAX_VALUES} values, or more than {MAX_BYTES_BESIDE_IMAGES} bytes beside its images, \
                 or there is no memory for it"
            );
            Error::new(Kind::TooLarge, message).with_reply(head.status, None, None)
        }
        _ => unreadable(head, "something that is not JSON"),
    }
}

/// By status, where there is no code.
fn unreadable_kind(head: &Head) -> Kind {
    match head.status {
        Some(429) => Kind::Throttled,
        Some(500..) => Kind::Unavailable,
        _ => Kind::Protocol,
    }
}

fn unreadable(head: &Head, what: &str) -> Error {
    let kind = unreadable_kind(head);
    let status = head.status.map(|status| format!(" with HTTP status {status}")).unwrap_or_default();
    Error::new(kind, format!("the reply{status} is {what}")).with_reply(head.status, None, head.retry_after.after(kind))
}

/// `Ok` where `Code` and status say success. Else the fields are wiped: the service may repeat what was signed, which with
/// RPC1 holds the security token.
fn classify(head: &Head, fields: &mut Members, success: &[&str], string_to_sign: &str) -> Result<()> {
    let outcome = verdict(head, fields, success, string_to_sign);
    if outcome.is_err() {
        fields.wipe();
    }
    outcome
}

fn verdict(head: &Head, fields: &Members, success: &[&str], string_to_sign: &str) -> Result<()> {
    let request_id = text(fields, "RequestId");
    let finish = |error: Error| {
        let retry_after = head.retry_after.after(error.kind());
        error.with_reply(head.status, request_id, retry_after)
    };
    let Some(code) = text(fields, "Code").filter(|code| !code.is_empty()) else {
        return Err(finish(unreadable(head, "JSON without a Code")));
    };
    let success = success.contains(&code);
    if success && head.status.is_none_or(|status| (200..300).contains(&status)) {
        return Ok(());
    }
    if success {
        return Err(finish(unreadable(head, "contradictory: its Code is Success")).with_code(code));
    }
    let message = text(fields, "Message").unwrap_or_default();
    let known = catalogue::response_code(code);
    let mut about = vec![format!("the service answered {}", identifier::code(code))];
    if let Some(diagnosis) = diagnose(code, message, string_to_sign) {
        about.push(diagnosis.to_owned());
    } else {
        let said = scrub::message(message);
        about.extend(known.map(|known| known.meaning.trim_end_matches('.').to_owned()));
        about.extend((!said.is_empty()).then(|| format!("it said: {said}")));
    }
    let missing = missing_permission(fields);
    about.extend(missing.map(|action| format!("the RAM policy lacks {action}")));
    let message = about.join("; ").replacen("; ", ": ", 1);
    Err(finish(Error::new(catalogue::kind_of(code), message)).with_code(code).with_missing_permission(missing))
}

/// What the policy lacks, where the service tells.
fn missing_permission(fields: &Members) -> Option<&str> {
    let detail = envelope::find(fields, "AccessDeniedDetail")?.as_object()?;
    text(detail, "AuthAction").and_then(identifier::ram_action)
}

/// Whether a refused signature means a wrong secret or a fault of ours: the service tells what it signed.
fn diagnose(code: &str, message: &str, string_to_sign: &str) -> Option<&'static str> {
    if !matches!(code, "SignatureDoesNotMatch" | "IncompleteSignature") || string_to_sign.is_empty() {
        return None;
    }
    let (_, theirs) = message.split_once("string to sign is:")?;
    Some(if theirs.trim() == string_to_sign.trim() {
        "both sides signed the same text, so the access key secret is wrong"
    } else {
        "the two sides signed different texts: a proxy changed the request, or this is a bug in libcloudauth"
    })
}

fn text<'a>(fields: &'a Members, name: &str) -> Option<&'a str> {
    match envelope::find(fields, name)? {
        Node::Text(text) | Node::Number(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_signature_is_diagnosed() {
        let said = "Specified signature does not match. server string to sign is:POST&%2F&a ";
        assert!(diagnose("SignatureDoesNotMatch", said, "POST&%2F&a").is_some_and(|text| text.contains("secret is wrong")));
        assert!(diagnose("SignatureDoesNotMatch", said, "POST&%2F&b").is_some_and(|text| text.contains("different texts")));
        assert_eq!(diagnose("SignatureDoesNotMatch", "no more than that", "POST&%2F&b"), None);
        assert_eq!(diagnose("InvalidParameter", said, "POST&%2F&a"), None);
    }

    #[test]
    fn a_permission_that_the_service_names_is_named() {
        let read = |detail: &str| {
            let body = format!(r#"{{"Code":"Forbidden.NoPermission","RequestId":"R-1","AccessDeniedDetail":{detail}}}"#);
            whole(&Head::default(), body.as_bytes(), SUCCESS, "").unwrap_err()
        };
        let named = read(r#"{"AuthAction":"antcloudauth:CheckVerifyLog","AuthPrincipalDisplayName":"chan"}"#);
        assert!(named.message().contains("; the RAM policy lacks antcloudauth:CheckVerifyLog (request id R-1)"), "{named}");
        assert_eq!(named.missing_permission(), Some("antcloudauth:CheckVerifyLog"));
        for detail in ["null", "7", "{}", r#"{"AuthAction":"chan:CheckVerifyLog"}"#] {
            let error = read(detail);
            assert!(error.missing_permission().is_none() && !error.message().contains("lacks"), "{error}");
        }
    }
}
