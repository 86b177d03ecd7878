//! HTTP on one connection: reads a request within limits, finds who answers it, frames the reply.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, DATE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Response, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::reply::{Reply, request_id};
use crate::request::Request;
use crate::service::Service;
use crate::{cloud, control, gateway, page, video};

/// A request body may be this long.
const BODY_CAP: usize = 16 << 20;
/// The head of a request may be this long.
const HEAD_CAP: usize = 64 << 10;
/// The service drops a connection that is idle for about this long.
const IDLE: Duration = Duration::from_secs(10);

/// Serves one connection to its end.
pub(crate) async fn serve(service: Arc<Service>, stream: impl AsyncRead + AsyncWrite + Unpin + 'static, number: u64) {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(IDLE).max_buf_size(HEAD_CAP);
    builder.http2().timer(TokioTimer::new()).max_header_list_size(64 << 10);
    let handler = service_fn(move |request| {
        let service = Arc::clone(&service);
        async move { Ok::<_, Infallible>(respond(service, request, number).await) }
    });
    // A client that breaks off or talks nonsense ends its own connection; nobody is left to tell.
    let _ = builder.serve_connection(TokioIo::new(stream), handler).await;
}

async fn respond(service: Arc<Service>, request: hyper::Request<Incoming>, connection: u64) -> Response<Full<Bytes>> {
    let (parts, body) = request.into_parts();
    let reply = match Limited::new(body, BODY_CAP).collect().await {
        Ok(body) => {
            let body = body.to_bytes();
            let service = Arc::clone(&service);
            // Drawing and hashing megabytes must not hold up the other connections.
            let answered = tokio::task::spawn_blocking(move || route(&service, &parts, body, connection)).await;
            answered.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "the emulator failed on this request"))
        }
        Err(error) if error.is::<LengthLimitError>() => plain(StatusCode::PAYLOAD_TOO_LARGE, "the request body is over 16 MiB"),
        Err(_) => plain(StatusCode::BAD_REQUEST, "the request body broke off"),
    };
    frame(&service, reply)
}

fn route(service: &Service, parts: &hyper::http::request::Parts, body: Bytes, connection: u64) -> Reply {
    let request = match Request::new(parts, body) {
        Ok(request) => request,
        Err(refusal) => return Reply::refusal(&refusal, &request_id(), "", &service.endpoint),
    };
    if let Some(reply) = cloud::answer(service, &request) {
        return reply;
    }
    let path = request.path.as_str();
    let reads = parts.method == Method::GET;
    // A call says so by its parameters or headers; a person's browser sends neither.
    let signed = !request.query.is_empty() || request.authorization().is_some() || request.header("x-acs-action").is_some();
    match path {
        "/" if parts.method == Method::POST || (reads && signed) => gateway::answer(service, &request, connection),
        "/" if reads => page::answer(service, None),
        "/" => {
            let mut reply = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and POST are served here");
            reply.headers.push((ALLOW, HeaderValue::from_static("GET, POST")));
            reply
        }
        "/healthz" => Reply::json(StatusCode::OK, &json!({"status": "ok"})),
        _ => {
            if let Some(file) = path.strip_prefix("/video/").filter(|_| reads) {
                video::answer(service, file, &request)
            } else if let Some(transaction_id) = path.strip_prefix("/verify/").filter(|_| reads) {
                page::answer(service, Some(transaction_id))
            } else if let Some(name) = path.strip_prefix("/control/") {
                control::answer(service, name, &request)
            } else {
                plain(StatusCode::NOT_FOUND, "there is nothing at this path")
            }
        }
    }
}

/// A reply that is not the gateway's.
pub(crate) fn plain(status: StatusCode, error: &str) -> Reply {
    Reply::json(status, &json!({"error": error}))
}

fn frame(service: &Service, reply: Reply) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(reply.body));
    *response.status_mut() = reply.status;
    for (name, value) in reply.headers {
        response.headers_mut().append(name, value);
    }
    if !response.headers().contains_key(DATE)
        && let Ok(date) = HeaderValue::try_from(service.now().http_date())
    {
        response.headers_mut().insert(DATE, date);
    }
    response
}
