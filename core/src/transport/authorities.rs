//! Certificate authorities, and what to say where there are none.

use std::sync::Arc;

use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::CertificateDer;

use super::crypto::provider;
use crate::catalogue::Kind;
use crate::error::{Error, Result};

/// Trusts what `roots` issued, and nothing else.
pub(super) fn only(roots: Vec<CertificateDer<'static>>) -> Result<Arc<WebPkiServerVerifier>> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(roots);
    WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider()).build().map_err(|_| missing())
}

pub(super) fn missing() -> Error {
    Error::new(Kind::Tls, "no certificate authorities to verify servers by: the system's trust store is empty; give `ca_file`")
}
