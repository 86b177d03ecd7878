//! HTTP on one connection: reads a request within limits, finds who answers it, frames the reply.

use std::future::pending;
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, HeaderValue};
use hyper::http::request::Parts;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper::{Method, Response, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use serde_json::json;
use tokio::sync::mpsc;

use crate::faults::Wiring;
use crate::outgoing::Outgoing;
use crate::reply::{Reply, request_id};
use crate::request::{Connection, Request};
use crate::service::Service;
use crate::wire::{Message, Script, Wire};
use crate::{access, control, gateway, objects, page, temporary_keys, verify_page, video};

/// A request body may be this long.
const BODY_CAP: usize = 16 << 20;
/// The head of a request may be this long.
const HEAD_CAP: usize = 64 << 10;
/// The service drops a connection that is idle for about this long.
const IDLE: Duration = Duration::from_secs(10);
/// A body up to this is hashed sooner than another thread is woken to do it.
const SMALL: usize = 64 << 10;

/// Serves one connection to its end.
pub(crate) async fn serve(service: Arc<Service>, wire: Wire, number: u64) {
    let connection = Arc::new(Connection { number, used: AtomicBool::new(false) });
    // A client that breaks off or talks nonsense ends its own connection; nobody is left to tell.
    match tokio::time::timeout(IDLE, wire.is_http2()).await {
        Ok(Ok(true)) => serve_http2(service, wire, connection).await,
        Ok(Ok(false)) => serve_http1(service, wire, connection).await,
        _ => {}
    }
}

async fn serve_http1(service: Arc<Service>, mut wire: Wire, connection: Arc<Connection>) {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(IDLE).max_buf_size(HEAD_CAP).auto_date_header(false);
    loop {
        let (take_over, mut scripts) = mpsc::channel::<Script>(1);
        let handler = service_fn(|request| {
            let (service, connection, take_over) = (Arc::clone(&service), Arc::clone(&connection), take_over.clone());
            async move {
                let (response, wiring) = respond(service, request, connection).await;
                let Some(wiring) = wiring else { return Ok::<_, io::Error>(response) };
                let (parts, body) = response.into_parts();
                let body = body.collect().await.unwrap_or_default().to_bytes();
                // Hyper never sees this reply: the connection is taken from it while it waits for one.
                let _ = take_over.send(wiring(&Message::new(&parts, body))).await;
                pending().await
            }
        });
        let mut http = builder.serve_connection(TokioIo::new(wire), handler);
        let script = tokio::select! {
            _ = &mut http => return,
            Some(script) = scripts.recv() => script,
        };
        let parts = http.into_parts();
        match script.play(parts.io.into_inner()).await {
            // What a client sent ahead of the reply is lost with hyper, and so is the connection.
            Some(kept) if parts.read_buf.is_empty() => wire = kept,
            _ => return,
        }
    }
}

async fn serve_http2(service: Arc<Service>, wire: Wire, connection: Arc<Connection>) {
    let handler = service_fn(|request| {
        let (service, connection) = (Arc::clone(&service), Arc::clone(&connection));
        async move {
            match respond(service, request, connection).await {
                (response, None) => Ok(response),
                // There is no HTTP/1.1 here to write wrongly; the stream is reset.
                (_, Some(_)) => Err(io::Error::other("a fault")),
            }
        }
    });
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder.timer(TokioTimer::new()).max_header_list_size(64 << 10).auto_date_header(false);
    let _ = builder.serve_connection(TokioIo::new(wire), handler).await;
}

async fn respond(
    service: Arc<Service>,
    request: hyper::Request<Incoming>,
    connection: Arc<Connection>,
) -> (Response<Full<Bytes>>, Option<Wiring>) {
    let (parts, body) = request.into_parts();
    let outgoing = match Limited::new(body, BODY_CAP).collect().await {
        Ok(body) => answer(&service, parts, body.to_bytes(), connection).await,
        Err(error) => {
            let reply = if error.is::<LengthLimitError>() {
                Reply::plain(StatusCode::PAYLOAD_TOO_LARGE, "the request body is over 16 MiB")
            } else {
                Reply::plain(StatusCode::BAD_REQUEST, "the request body broke off")
            };
            reply.into()
        }
    };
    if !outgoing.delay.is_zero() {
        tokio::time::sleep(outgoing.delay).await;
    }
    outgoing.frame(service.now())
}

/// Drawing, and hashing megabytes, must not hold up the other connections; all else is done sooner than handed on.
async fn answer(service: &Arc<Service>, parts: Parts, body: Bytes, connection: Arc<Connection>) -> Outgoing {
    if body.len() <= SMALL && !may_draw(&parts, &body) {
        return route(service, &parts, body, &connection);
    }
    let shared = Arc::clone(service);
    let answered = tokio::task::spawn_blocking(move || route(&shared, &parts, body, &connection)).await;
    let failed = |_| Outgoing::from(Reply::plain(StatusCode::INTERNAL_SERVER_ERROR, "the emulator failed on this request"));
    answered.unwrap_or_else(failed)
}

/// Whether pictures may have to be drawn, or anything else than a call is asked for.
fn may_draw(parts: &Parts, body: &[u8]) -> bool {
    const IMAGES: &[u8] = b"IsReturnImage=Y";
    let asked = |text: &[u8]| text.windows(IMAGES.len()).any(|part| part == IMAGES);
    parts.uri.path() != "/" || asked(parts.uri.query().unwrap_or_default().as_bytes()) || asked(body)
}

fn route(service: &Service, parts: &Parts, body: Bytes, connection: &Connection) -> Outgoing {
    let request = match Request::new(parts, body) {
        Ok(request) => request,
        Err(refusal) => return Reply::refusal(&refusal, &request_id(), "", &service.endpoint).into(),
    };
    if let Some(reply) = temporary_keys::answer(service, &request) {
        return reply.into();
    }
    if objects::is_for(&request) {
        return objects::answer(service, &request);
    }
    // A call says so by its parameters or headers; a person's browser sends neither.
    let signed = !request.query.is_empty() || request.authorization().is_some() || request.header("x-acs-action").is_some();
    if request.path == "/" && (parts.method == Method::POST || (parts.method == Method::GET && signed)) {
        gateway::answer(service, &request, connection)
    } else if let Some(file) = request.path.strip_prefix("/video/").filter(|_| request.method == "GET") {
        video::answer(service, file, &request)
    } else {
        elsewhere(service, &request).into()
    }
}

/// Everything but calls.
fn elsewhere(service: &Service, request: &Request) -> Reply {
    let path = request.path.as_str();
    let reads = request.method == "GET";
    let steers = path == "/" || path.starts_with("/verify/") || path.starts_with("/control/");
    if let (true, Err(why)) = (steers, access::check(request, &service.options.allow_hosts)) {
        return Reply::plain(StatusCode::FORBIDDEN, why);
    }
    match path {
        "/" if reads => page::answer(service),
        "/" => {
            let mut reply = Reply::plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and POST are served here");
            reply.headers.push((ALLOW, HeaderValue::from_static("GET, POST")));
            reply
        }
        "/healthz" => Reply::json(StatusCode::OK, &json!({"status": "ok"})),
        _ => {
            if let Some(transaction_id) = path.strip_prefix("/verify/").filter(|_| reads) {
                verify_page::answer(service, transaction_id)
            } else if let Some(name) = path.strip_prefix("/control/") {
                control::answer(service, name, request)
            } else {
                Reply::plain(StatusCode::NOT_FOUND, "there is nothing at this path")
            }
        }
    }
}
