//! Requests to a store: signed, sent, and sent again where that may help.

use std::sync::Arc;
use std::thread;

use cloudauth_core::options::{ATTEMPT_TIMEOUT, CONNECT_TIMEOUT};
use cloudauth_core::{CallOptions, Kind};
use opendal::{Buffer, HttpBody, HttpTransport};
use ureq::Agent;
use ureq::http::header::{CONTENT_TYPE, ETAG, HOST};
use ureq::http::request::Parts;
use ureq::http::{HeaderMap, HeaderValue, Method, Request, Response};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

use super::exchange::{Exchange, SLICE};
use super::oss_signer::OssSigner;
use super::place::StorePlace;
use super::trouble::Trouble;

/// Between one attempt and the next, in slices.
const PAUSES: [u32; 5] = [5, 10, 20, 40, 80];
/// A store that does not answer so often is out of reach.
const STALLS: u32 = 2;
/// Of an answer that is no object.
const LARGEST_ANSWER: usize = 1 << 20;

/// Sends to the store, signed where opendal does not sign, and again where that may help. Requests of opendal's to others, for
/// keys, are sent as they are.
pub(super) struct Transport {
    agent: Agent,
    authority: String,
    signer: Option<OssSigner>,
}

impl Transport {
    pub(super) fn new(place: &StorePlace, signer: Option<OssSigner>) -> Self {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_resolve(Some(CONNECT_TIMEOUT))
            .timeout_connect(Some(CONNECT_TIMEOUT))
            // For so long, no byte may come or go.
            .timeout_per_read(Some(ATTEMPT_TIMEOUT))
            .timeout_per_write(Some(ATTEMPT_TIMEOUT))
            .user_agent(concat!("cloudauth-cli/", env!("CARGO_PKG_VERSION")))
            .tls_config(tls);
        Self { agent: config.build().new_agent(), authority: place.authority().to_owned(), signer }
    }

    async fn attempt(&self, mut parts: Parts, body: Buffer, options: &CallOptions) -> opendal::Result<Response<HttpBody>> {
        if let Some(authority) = parts.uri.authority().and_then(|name| HeaderValue::from_str(name.as_str()).ok()) {
            parts.headers.insert(HOST, authority);
        }
        if let Some(signer) = &self.signer {
            signer.sign(&mut parts).await?;
        }
        let method = parts.method.clone();
        let (head, length, exchange) = Exchange::begin(&self.agent, parts, body, options)?;
        if !head.status.is_success() {
            let body = exchange.read(LARGEST_ANSWER).unwrap_or_default();
            return Err(Trouble::of_answer(head.status.as_u16(), &body).into());
        }
        match method {
            Method::POST => {
                let body = exchange.read(LARGEST_ANSWER)?;
                Trouble::of_upload(&body).map_or(Ok(()), Err)?;
                let length = body.len() as u64;
                let body = futures_util::stream::iter([Ok(Buffer::from(body))]);
                Ok(Response::from_parts(head, HttpBody::new(body, Some(length))))
            }
            Method::GET if is_page(&head.headers) => Err(Trouble::NoStore.into()),
            Method::GET | Method::PUT if !head.headers.contains_key(ETAG) => Err(Trouble::NoStore.into()),
            _ => Ok(Response::from_parts(head, exchange.into_body(length))),
        }
    }
}

/// Whether this is a page, such as that of a network that wants somebody to sign in.
fn is_page(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"))
}

/// A transport for one call of the library's.
pub(super) struct CallTransport {
    transport: Arc<Transport>,
    options: CallOptions,
}

impl CallTransport {
    pub(super) fn new(transport: Arc<Transport>, options: CallOptions) -> Self {
        Self { transport, options }
    }

    /// Between two attempts.
    ///
    /// # Errors
    /// The call is cancelled.
    fn pause(&self, slices: u32) -> opendal::Result<()> {
        for _ in 0..slices {
            if self.options.is_cancelled() {
                return Err(Trouble::Unreachable(Kind::Cancelled).into());
            }
            thread::sleep(SLICE);
        }
        Ok(())
    }
}

impl HttpTransport for CallTransport {
    async fn fetch(&self, request: Request<Buffer>) -> opendal::Result<Response<HttpBody>> {
        let (parts, body) = request.into_parts();
        let Self { transport, options } = self;
        let is_stores = parts.uri.authority().is_some_and(|name| name.as_str().ends_with(&transport.authority));
        if !is_stores {
            let (head, length, exchange) = Exchange::begin(&transport.agent, parts, body, options)?;
            return Ok(Response::from_parts(head, exchange.into_body(length)));
        }
        let mut stalls = 0;
        for slices in PAUSES {
            match transport.attempt(parts.clone(), body.clone(), options).await {
                Err(error) if error.is_temporary() => {
                    stalls += u32::from(Trouble::is_stall(&error));
                    if stalls == STALLS {
                        return Err(error);
                    }
                    self.pause(slices)?;
                }
                outcome => return outcome,
            }
        }
        transport.attempt(parts, body, options).await
    }
}
