//! TLS: rustls with ring, verified by the system's own trust store, `SSL_CERT_FILE` and what the caller adds.

use std::sync::Arc;

use once_cell::race::OnceBox;
use rustls::ClientConfig;
use rustls::client::danger::ServerCertVerifier;
use rustls_platform_verifier::Verifier;

use super::authorities;
use super::crypto::provider;
use super::given::{self, Given};
use crate::error::{Error, Result};
use crate::files::{Fault, Regular};

/// What every client without authorities of its own shares: reading the trust store takes milliseconds. Two that read it at
/// once do not wait for each other: a forked child would wait for a thread that it does not have.
static SYSTEM: OnceBox<Arc<ClientConfig>> = OnceBox::new();

/// A configuration that trusts the system's authorities and those in `ca_pem`.
pub(super) fn config(ca_pem: Option<&[u8]>) -> Result<Arc<ClientConfig>> {
    let fresh = || verifier(ca_pem).map(config_with);
    if ca_pem.is_some() { fresh() } else { SYSTEM.get_or_try_init(|| fresh().map(Box::new)).cloned() }
}

/// What verifies servers by the system's authorities and those in `ca_pem`.
pub(super) fn verifier(ca_pem: Option<&[u8]>) -> Result<Arc<dyn ServerCertVerifier>> {
    bundle()?;
    let Some(pem) = ca_pem else {
        return Ok(Arc::new(Verifier::new(provider()).map_err(|_| authorities::missing())?));
    };
    let certificates = given::certificates(pem).map_err(|rule| Error::invalid_argument("ca_file", rule))?;
    let roots: Vec<_> = certificates.iter().filter(|certificate| given::is_authority(certificate)).cloned().collect();
    let others: Option<Arc<dyn ServerCertVerifier>> = match Verifier::new_with_extra_roots(roots.clone(), provider()) {
        Ok(verifier) => Some(Arc::new(verifier)),
        // A machine without any trust store can still trust what it was given.
        Err(_) if roots.is_empty() => None,
        Err(_) => Some(authorities::only(roots)?),
    };
    Ok(Arc::new(Given::new(certificates, others)?))
}

/// The system's loader reads `SSL_CERT_FILE` whatever it is, and to its end.
fn bundle() -> Result<()> {
    const LARGEST: u64 = 16 << 20;
    let Some(path) = std::env::var_os("SSL_CERT_FILE") else { return Ok(()) };
    match Regular::open(path.as_ref(), LARGEST) {
        Err(fault @ (Fault::NotRegular | Fault::TooLarge(_))) => {
            Err(Error::invalid_argument("SSL_CERT_FILE", format!("{} {fault}", path.display())))
        }
        // One that cannot be read counts as empty, as it does to other programs.
        _ => Ok(()),
    }
}

/// A configuration that leaves verification to `verifier`.
pub(super) fn config_with(verifier: Arc<dyn ServerCertVerifier>) -> Arc<ClientConfig> {
    let mut config = versions().dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Arc::new(config)
}

fn versions() -> rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier> {
    ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("ring offers the cipher suites of TLS 1.2 and 1.3")
}
