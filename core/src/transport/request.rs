//! A request, before it is known whom it goes to and which way.

use std::mem;

use bytes::Bytes;
use http::{HeaderValue, Method, Uri, header};
use http_body_util::Full;
use hyper::body::Body;
use zeroize::Zeroizing;

use super::connect::Connector;
use super::failure;
use super::headers::headers;
use crate::error::Result;
use crate::header_lines::HeaderLines;
use crate::sign::Signed;
use crate::wipe::wiped;

#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) target: Zeroizing<String>,
    pub(crate) headers: HeaderLines,
    pub(crate) body: Zeroizing<String>,
}

impl Request {
    pub(crate) fn get(target: &str) -> Self {
        let target = Zeroizing::new(target.to_owned());
        Self { method: Method::GET, target, headers: HeaderLines::default(), body: Zeroizing::default() }
    }

    /// As it goes over the wire: with whom it is for, who sends it, and the way it takes.
    pub(super) fn into_http(self, connector: &Connector, user_agent: &HeaderValue) -> Result<http::Request<Full<Bytes>>> {
        let internal = || failure::internal("the request could not be written");
        let Self { method, mut target, headers: lines, body } = self;
        let endpoint = connector.endpoint();
        let mut request = http::Request::new(Full::new(wiped(body)));
        *request.method_mut() = method;
        *request.headers_mut() = headers(lines)?;
        request.headers_mut().insert(header::HOST, connector.host_header().clone());
        request.headers_mut().insert(header::USER_AGENT, user_agent.clone());
        if request.body().is_end_stream() && matches!(*request.method(), Method::POST | Method::PUT) {
            // hyper says nothing of a body that is not there, and some proxies then answer 411.
            request.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if let Some(via) = connector.forwarder() {
            // A proxy that forwards must be told where to.
            target = Zeroizing::new([endpoint.to_string().as_str(), &target].concat());
            if let Some(authorization) = via.authorization() {
                request.headers_mut().insert(header::PROXY_AUTHORIZATION, authorization);
            }
        }
        *request.uri_mut() = Uri::from_maybe_shared(wiped(target)).map_err(|_| internal())?;
        Ok(request)
    }
}

impl From<Signed> for Request {
    fn from(mut signed: Signed) -> Self {
        Self {
            method: Method::POST,
            target: Zeroizing::new(mem::take(&mut signed.target)),
            headers: mem::take(&mut signed.headers),
            body: Zeroizing::new(mem::take(&mut signed.body)),
        }
    }
}
