//! TLS: rustls with ring, judged by the system's own trust store, `SSL_CERT_FILE` and what the caller adds.

use std::sync::Arc;

use once_cell::race::OnceBox;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::catalogue::Kind;
use crate::error::{Error, Result};

/// What every client without authorities of its own shares: reading the trust store takes milliseconds. Two that read it at
/// once do not wait for each other: a forked child would wait for a thread that it does not have.
static SYSTEM: OnceBox<Arc<ClientConfig>> = OnceBox::new();

/// A configuration that trusts the system's authorities and those in `ca_pem`.
pub(super) fn config(ca_pem: Option<&[u8]>) -> Result<Arc<ClientConfig>> {
    let fresh = || verifier(ca_pem).map(judged_by);
    if ca_pem.is_some() { fresh() } else { SYSTEM.get_or_try_init(|| fresh().map(Box::new)).cloned() }
}

/// Who judges servers by the system's authorities and those in `ca_pem`.
pub(super) fn verifier(ca_pem: Option<&[u8]>) -> Result<Arc<dyn ServerCertVerifier>> {
    let Some(pem) = ca_pem else {
        return Ok(Arc::new(Verifier::new(provider()).map_err(|_| no_authorities())?));
    };
    let extra = certificates(pem)?;
    match Verifier::new_with_extra_roots(extra.clone(), provider()) {
        Ok(verifier) => Ok(Arc::new(verifier)),
        // A machine without any trust store can still trust what it was given.
        Err(_) => only(extra).map(|verifier| verifier as _),
    }
}

/// The certificates in `pem`; at least one.
pub(super) fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>> {
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().unwrap_or_default();
    if certificates.is_empty() {
        return Err(Error::invalid_argument("ca_file", "must hold certificates in PEM form"));
    }
    Ok(certificates)
}

fn only(roots: Vec<CertificateDer<'static>>) -> Result<Arc<WebPkiServerVerifier>> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(roots);
    WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider()).build().map_err(|_| no_authorities())
}

fn no_authorities() -> Error {
    Error::new(Kind::Tls, "no certificate authorities to judge servers by: the system's trust store is empty; give ca_file")
}

/// A configuration that leaves the judgement to `verifier`.
pub(super) fn judged_by(verifier: Arc<dyn ServerCertVerifier>) -> Arc<ClientConfig> {
    let mut config = versions().dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Arc::new(config)
}

fn versions() -> rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier> {
    ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("ring offers the cipher suites of TLS 1.2 and 1.3")
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}
