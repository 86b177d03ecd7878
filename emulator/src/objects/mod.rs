//! A bucket of OSS, at the emulator's own endpoint: for archives that go to object storage.

mod request;
mod signature;

use hyper::StatusCode;
use hyper::header::{ETAG, HeaderName, HeaderValue};

use crate::bucket::{BUCKET, ENCRYPTION, Encryption, KEY_ID, Put, Refusal, refusal};
use crate::faults::{self, Effect};
use crate::outgoing::Outgoing;
use crate::reply::{Reply, request_id};
use crate::request::Request;
use crate::service::Service;
use request::ObjectRequest;

/// Whether the request is for the bucket: OSS's signatures say so.
pub(crate) fn is_for(request: &Request) -> bool {
    request.authorization().is_some_and(|value| value.starts_with("OSS"))
}

/// Answers as OSS does; a fault that names this action may have its way with it.
pub(crate) fn answer(service: &Service, request: &Request) -> Outgoing {
    let call = faults::Call { action: faults::OBJECT, transaction_id: "", earlier: 0, on_reuse: false, host: request.host() };
    match service.faults.on_call(&call) {
        Some((_, Effect::Instead(reply))) => reply.into(),
        Some((_, Effect::Sever(script))) => {
            Outgoing { wiring: Some(Box::new(|_| script)), ..Reply::plain(StatusCode::OK, "").into() }
        }
        Some((_, Effect::Refuse(refused))) => {
            let status = StatusCode::from_u16(refused.code.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            let code = if status == StatusCode::FORBIDDEN { "AccessDenied" } else { refused.code.name };
            Reply::xml_error(status, code, refused.code.message, &request_id()).into()
        }
        Some((_, effect)) => Outgoing::from(reply(service, request)).under(effect),
        None => reply(service, request).into(),
    }
}

fn reply(service: &Service, request: &Request) -> Reply {
    let mut reply = carried_out(service, request)
        .unwrap_or_else(|refused| Reply::xml_error(refused.status, refused.code, refused.message, &request_id()));
    if let Ok(id) = HeaderValue::try_from(request_id()) {
        reply.headers.push((HeaderName::from_static("x-oss-request-id"), id));
    }
    reply
}

fn carried_out(service: &Service, request: &Request) -> Result<Reply, Refusal> {
    signature::validate(service, request)?;
    let ObjectRequest { bucket, key, upload, part, begins } = ObjectRequest::read(request)?;
    if bucket != BUCKET {
        return Err(refusal(StatusCode::NOT_FOUND, "NoSuchBucket", "The specified bucket does not exist."));
    }
    let mut bucket = service.bucket();
    match (&*request.method, upload, part) {
        ("PUT", Some(upload), Some(part)) => {
            let etag = bucket.put_part(&upload, part, request.body.clone())?;
            Ok(with(Reply::new(StatusCode::OK, "application/xml", ""), ETAG, &etag))
        }
        ("PUT", None, None) => {
            let etag = bucket.put(key, request.body.clone(), put(request)?)?;
            Ok(with(Reply::new(StatusCode::OK, "application/xml", ""), ETAG, &etag))
        }
        ("POST", None, None) if begins => {
            let upload = bucket.begin(&key, put(request)?);
            let body = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<InitiateMultipartUploadResult><Bucket>{BUCKET}</Bucket>\
                 <UploadId>{upload}</UploadId></InitiateMultipartUploadResult>"
            );
            Ok(Reply::new(StatusCode::OK, "application/xml", body))
        }
        ("POST", Some(upload), None) => {
            let etag = bucket.complete(&upload)?;
            let body = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CompleteMultipartUploadResult><Bucket>{BUCKET}</Bucket>\
                 <ETag>{etag}</ETag></CompleteMultipartUploadResult>"
            );
            Ok(Reply::new(StatusCode::OK, "application/xml", body))
        }
        ("DELETE", Some(upload), None) => {
            bucket.abort(&upload).map(|()| Reply::new(StatusCode::NO_CONTENT, "application/xml", ""))
        }
        ("DELETE", None, None) => {
            bucket.remove(&key);
            Ok(Reply::new(StatusCode::NO_CONTENT, "application/xml", ""))
        }
        ("GET" | "HEAD", None, None) => {
            let object = bucket.get(&key)?;
            let mut reply =
                with(Reply::new(StatusCode::OK, "application/octet-stream", object.content.clone()), ETAG, &object.etag);
            for (name, value) in object.encryption.headers() {
                reply = with(reply, HeaderName::from_static(name), value);
            }
            Ok(reply)
        }
        _ => Err(refusal(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", "The emulator does not play this operation.")),
    }
}

/// What a request says of an object that it is to make.
fn put(request: &Request) -> Result<Put, Refusal> {
    let invalid = |code, message| Err(refusal(StatusCode::BAD_REQUEST, code, message));
    if request.header("if-match").is_some() || request.header("if-none-match").is_some() {
        let message = "A header you provided implies functionality that is not implemented.";
        return Err(refusal(StatusCode::NOT_IMPLEMENTED, "NotImplemented", message));
    }
    let (method, key_id) = (request.header(ENCRYPTION), request.header(KEY_ID));
    if method.is_some_and(|method| !["AES256", "KMS", "SM4"].contains(&method)) {
        return invalid("InvalidEncryptionAlgorithmError", "The Encryption Algorithm you specified is not supported.");
    }
    if key_id.is_some() && method != Some("KMS") {
        return invalid("InvalidArgument", "A key belongs to KMS alone.");
    }
    let keeps = match request.header("x-oss-forbid-overwrite") {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return invalid("InvalidArgument", "x-oss-forbid-overwrite must be true or false."),
    };
    let text = |text: Option<&str>| text.map(str::to_owned);
    Ok(Put { encryption: Encryption { method: text(method), key_id: text(key_id) }, keeps })
}

fn with(mut reply: Reply, name: HeaderName, value: &str) -> Reply {
    reply.headers.extend(HeaderValue::try_from(value).ok().map(|value| (name, value)));
    reply
}
