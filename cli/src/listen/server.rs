//! HTTP: a bounded number of connections, each read within limits.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::json;
use tokio::sync::Semaphore;

use super::keeper::Keeper;
use super::metrics::Noted;
use super::route::{Route, route};
use crate::exit::Failure;
use crate::output;
use crate::stop::Stop;

/// Further ones wait to be accepted.
const CONNECTIONS: usize = 512;
/// A callback's query may have 16 KiB.
const HEAD_CAP: usize = 32 << 10;
/// For a request's head, and between two of them.
const IDLE: Duration = Duration::from_secs(10);
/// For an answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often to look whether to stop.
const TICK: Duration = Duration::from_millis(50);

/// What connections share.
struct Shared {
    keeper: Keeper,
    /// Requests that have no answer yet.
    under_way: AtomicUsize,
}

/// Serves until a stop is asked for or the keeper has ended; then answers what has come, and waits for the keeper.
pub(crate) fn serve(listener: TcpListener, keeper: Keeper, stop: &Stop) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::io("listener", &error);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let shared = Arc::new(Shared { keeper, under_way: AtomicUsize::new(0) });
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(failed)?;
        output::emit(&format!("{}\n", json!({"endpoint": format!("http://{address}")})))?;
        tokio::select! {
            () = accept(listener, shared.clone()) => {}
            () = until_stopped(&shared.keeper, stop) => {}
        }
        // Nobody new is let in: the listener is closed.
        let end = Instant::now() + PATIENCE;
        while shared.under_way.load(Ordering::Acquire) > 0 && Instant::now() < end {
            tokio::time::sleep(TICK).await;
        }
        Ok::<(), Failure>(())
    })?;
    // With the runtime, connections end that say nothing.
    drop(runtime);
    match Arc::into_inner(shared) {
        Some(shared) => shared.keeper.end(),
        None => Ok(()),
    }
}

async fn until_stopped(keeper: &Keeper, stop: &Stop) {
    while !stop.is_asked() && keeper.is_alive() {
        tokio::time::sleep(TICK).await;
    }
}

async fn accept(listener: tokio::net::TcpListener, shared: Arc<Shared>) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(permit) = room.clone().acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors, say: wait a little rather than spin.
            tokio::time::sleep(TICK).await;
            continue;
        };
        let shared = shared.clone();
        tokio::spawn(async move {
            let _permit = permit;
            let handler = service_fn(|request| answer(shared.clone(), request));
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(IDLE).max_buf_size(HEAD_CAP);
            // A client that breaks off or talks nonsense ends its own connection; there is nobody to answer.
            let _ = builder.serve_connection(TokioIo::new(stream), handler).await;
        });
    }
}

async fn answer(shared: Arc<Shared>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, io::Error> {
    shared.under_way.fetch_add(1, Ordering::AcqRel);
    let (status, text) = tokio::time::timeout(PATIENCE, reply(&shared.keeper, &request)).await.unwrap_or_else(|_| failed());
    shared.under_way.fetch_sub(1, Ordering::AcqRel);
    let mut response = Response::new(Full::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8"));
    Ok(response)
}

async fn reply(keeper: &Keeper, request: &Request<Incoming>) -> (StatusCode, String) {
    let uri = request.uri();
    let fine = |text: String| (StatusCode::OK, text);
    match route(request.method().as_str(), uri.path(), uri.query().unwrap_or_default()) {
        Route::Callback(callback) => match keeper.note(callback).await {
            Some(Noted::New | Noted::Known) => fine("noted\n".to_owned()),
            Some(Noted::Refused) => (StatusCode::FORBIDDEN, String::new()),
            None => failed(),
        },
        Route::Health if !keeper.is_alive() => failed(),
        Route::Health => match keeper.trouble() {
            None => fine("ok\n".to_owned()),
            Some(trouble) => (StatusCode::SERVICE_UNAVAILABLE, trouble + "\n"),
        },
        Route::Metrics => keeper.metrics().await.map_or_else(failed, fine),
        Route::Refused(status) => (StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST), String::new()),
    }
}

/// The service may call again.
fn failed() -> (StatusCode, String) {
    (StatusCode::SERVICE_UNAVAILABLE, String::new())
}
