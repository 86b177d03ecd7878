//! Through a proxy, to the endpoint behind it: CONNECT, or SOCKS 5.

use std::convert::Infallible;
use std::future::{self, Ready};
use std::net::SocketAddr;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{HOST, PROXY_AUTHORIZATION};
use http::{HeaderValue, Method, Request, StatusCode, Uri};
use http_body_util::Full;
use hyper_util::client::legacy::connect::proxy::SocksV5;
use hyper_util::rt::TokioIo;
use tower_service::Service;

use super::proxy::{Protocol, ProxyServer};
use super::resolver::Resolver;
use super::stream::Stream;
use super::{failure, http1};
use crate::catalogue::Kind;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result, SendState};

const LOGIN_ADVICE: &str = "Put the proxy's user name and password in its URL, as in http://user:password@host:3128: in the option \
                            proxy, or in HTTPS_PROXY. Write special characters as %40 (@), %3A (:), %2F (/), %23 (#) and so on.";
const REFUSAL_ADVICE: &str = "Have whoever runs the proxy let it connect to the endpoint's host and port, or go another way: the \
                              option proxy names another one, or none.";
const WRONG_PROXY_ADVICE: &str = "Check the proxy's scheme, host and port: http:// and https:// are for proxies that take CONNECT, \
                                  socks5:// and socks5h:// for SOCKS 5.";

/// Has `server`, at the other end of `stream`, lead it to `endpoint`.
pub(super) async fn open(
    server: &ProxyServer,
    stream: Box<dyn Stream>,
    endpoint: &Endpoint,
    resolver: &Resolver,
) -> Result<Box<dyn Stream>> {
    match server.protocol {
        Protocol::Http | Protocol::Https => connect(server, stream, endpoint).await,
        Protocol::Socks5 | Protocol::Socks5h => socks(server, stream, endpoint, resolver).await,
    }
}

async fn connect(server: &ProxyServer, stream: Box<dyn Stream>, endpoint: &Endpoint) -> Result<Box<dyn Stream>> {
    let lost = |error: hyper::Error| no_answer(server, &error);
    let mut sender = http1::speak(stream).await.map_err(lost)?;
    let response = sender.send_request(request(server, endpoint)?).await.map_err(lost)?;
    if !response.status().is_success() {
        return Err(refusal(server, endpoint, response.status()));
    }
    Ok(Box::new(TokioIo::new(hyper::upgrade::on(response).await.map_err(lost)?)))
}

fn request(server: &ProxyServer, endpoint: &Endpoint) -> Result<Request<Full<Bytes>>> {
    let internal = || failure::internal("CONNECT could not be written");
    let authority = endpoint.authority().ok_or_else(internal)?;
    let mut request = Request::new(Full::default());
    *request.method_mut() = Method::CONNECT;
    request.headers_mut().insert(HOST, HeaderValue::from_str(&authority).map_err(|_| internal())?);
    if let Some(authorization) = server.authorization() {
        request.headers_mut().insert(PROXY_AUTHORIZATION, authorization);
    }
    *request.uri_mut() = authority.parse().map_err(|_| internal())?;
    Ok(request)
}

/// No tunnel, and nothing was sent to the endpoint.
fn failed(server: &ProxyServer, what: &str) -> Error {
    Error::new(Kind::Network, format!("{server}: {what}")).with_send_state(SendState::Unsent)
}

fn no_answer(server: &ProxyServer, error: &hyper::Error) -> Error {
    // hyper has `is_parse_too_large` with its server alone, which is no part of the library.
    if error.is_parse() && error.to_string().contains("too large") {
        failed(server, "its answer to CONNECT has too many header lines, or too long ones")
            .permanent()
            .with_advice(WRONG_PROXY_ADVICE)
    } else if error.is_parse() {
        failed(server, "it did not answer in HTTP").permanent().with_advice(WRONG_PROXY_ADVICE)
    } else {
        failed(server, "it hung up while the connection was made")
    }
}

/// A proxy that is in trouble may be asked again; one that says no would say it again.
fn refusal(server: &ProxyServer, endpoint: &Endpoint, status: StatusCode) -> Error {
    let number = status.as_u16();
    match number {
        407 if server.login.is_some() => login_refused(server, "it does not take this user name and password (407)"),
        407 => login_refused(server, "it wants a user name and a password (407)"),
        408 | 429 | 500.. => failed(server, &format!("it could not connect to {endpoint} ({number})")),
        _ => failed(server, &format!("it refused to connect to {endpoint} ({number})")).permanent().with_advice(REFUSAL_ADVICE),
    }
}

fn login_refused(server: &ProxyServer, what: &str) -> Error {
    failed(server, what).permanent().with_advice(LOGIN_ADVICE)
}

async fn socks(
    server: &ProxyServer,
    stream: Box<dyn Stream>,
    endpoint: &Endpoint,
    resolver: &Resolver,
) -> Result<Box<dyn Stream>> {
    let internal = || failure::internal("the proxy's or the endpoint's address could not be written");
    let mut target = endpoint.authority().ok_or_else(internal)?;
    if server.protocol == Protocol::Socks5 {
        let found =
            resolver.resolve(endpoint.name()).await.map_err(|error| failure::before_reply(&error, true, false, endpoint))?;
        let port = target.rsplit_once(':').and_then(|(_, port)| port.parse().ok()).ok_or_else(internal)?;
        target = SocketAddr::new(found.first().ok_or_else(internal)?.ip(), port).to_string();
    }
    let target: Uri = format!("https://{target}").parse().map_err(|_| internal())?;
    let mut socks = SocksV5::new(server.uri().ok_or_else(internal)?, Made(Some(TokioIo::new(stream))));
    if let Some(login) = &server.login {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        socks = socks.with_auth(text(&login.user), text(&login.password));
    }
    let opened = socks.call(target).await.map_err(|error| socks_failure(server, endpoint, &error.to_string()))?;
    Ok(opened.into_inner())
}

/// The errors' type has no name outside its library, and only their text tells them apart.
fn socks_failure(server: &ProxyServer, endpoint: &Endpoint, error: &str) -> Error {
    match error.strip_prefix("SOCKS error: ").unwrap_or_default() {
        "credentials not accepted" => login_refused(server, "it does not take this user name and password"),
        "server does not support user/pass authentication" if server.login.is_none() => {
            login_refused(server, "it wants a user name and a password")
        }
        "server does not support user/pass authentication" => login_refused(server, "it takes no user name and password"),
        "io error during SOCKS handshake" => failed(server, "it hung up while the connection was made"),
        "failed parsing server response" | "server implements authentication incorrectly" => {
            failed(server, "it did not answer in SOCKS 5").permanent().with_advice(WRONG_PROXY_ADVICE)
        }
        why @ ("connection not allowed" | "command not supported" | "address type not supported") => {
            failed(server, &format!("it refused to connect to {endpoint} ({why})")).permanent().with_advice(REFUSAL_ADVICE)
        }
        why => failed(server, &format!("it could not connect to {endpoint} ({why})")),
    }
}

/// A stream that is there already, as [`SocksV5`] wants to be given one.
struct Made<T>(Option<T>);

impl<T> Service<Uri> for Made<T> {
    type Response = T;
    type Error = Infallible;
    type Future = Ready<Result<T, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        future::ready(Ok(self.0.take().expect("a tunnel asks once")))
    }
}
