//! A certificate authority and a certificate, both made for one run; and the certificates of faults, made when asked for.

use std::io;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::TlsAcceptor;

const AUTHORITY: &str = "cloudauth emulator authority";

/// What is wrong with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certificate {
    SelfSigned,
    WrongHost,
    Expired,
    UnknownAuthority,
}

/// The acceptors of one run: the right one, and those of faults.
pub(crate) struct Tls {
    address: IpAddr,
    authority: CertifiedIssuer<'static, KeyPair>,
    right: TlsAcceptor,
    wrong: [OnceLock<Option<TlsAcceptor>>; 4],
}

impl Tls {
    pub(crate) fn new(address: IpAddr) -> io::Result<Tls> {
        let authority = authority(AUTHORITY)?;
        let key = key()?;
        let certificate = server(names(address))?.signed_by(&key, &authority).map_err(io::Error::other)?;
        let right = acceptor(certificate.der(), &key)?;
        Ok(Tls { address, authority, right, wrong: Default::default() })
    }

    /// The authority's certificate as PEM, for clients to trust.
    pub(crate) fn authority_pem(&self) -> String {
        self.authority.pem()
    }

    pub(crate) fn right(&self) -> &TlsAcceptor {
        &self.right
    }

    /// Nothing where it cannot be made, which closes the connection.
    pub(crate) fn wrong(&self, certificate: Certificate) -> Option<&TlsAcceptor> {
        self.wrong[certificate as usize].get_or_init(|| self.make(certificate).ok()).as_ref()
    }

    fn make(&self, wrong: Certificate) -> io::Result<TlsAcceptor> {
        let key = key()?;
        let mut params = server(names(self.address))?;
        let signed = match wrong {
            Certificate::SelfSigned => {
                params.use_authority_key_identifier_extension = false;
                params.self_signed(&key)
            }
            Certificate::WrongHost => server(vec!["elsewhere.invalid".to_owned()])?.signed_by(&key, &self.authority),
            Certificate::Expired => {
                params.not_before = date_time_ymd(2020, 1, 1);
                params.not_after = date_time_ymd(2021, 1, 1);
                params.signed_by(&key, &self.authority)
            }
            Certificate::UnknownAuthority => {
                let stranger = authority("an authority that nobody trusts")?;
                params.signed_by(&key, &stranger)
            }
        };
        acceptor(signed.map_err(io::Error::other)?.der(), &key)
    }
}

fn key() -> io::Result<KeyPair> {
    KeyPair::generate().map_err(io::Error::other)
}

fn acceptor(certificate: &CertificateDer<'static>, key: &KeyPair) -> io::Result<TlsAcceptor> {
    let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], private)
        .map_err(io::Error::other)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn authority(name: &str) -> io::Result<CertifiedIssuer<'static, KeyPair>> {
    let mut params = CertificateParams::new(Vec::new()).map_err(io::Error::other)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.distinguished_name.push(DnType::CommonName, name);
    CertifiedIssuer::self_signed(params, key()?).map_err(io::Error::other)
}

/// The last is for tests that go through a proxy, which no client asks for loopback.
fn names(address: IpAddr) -> Vec<String> {
    let mut names = ["localhost", "127.0.0.1", &address.to_string(), "cloudauth-emulator.test"].map(str::to_owned).to_vec();
    names.dedup();
    names
}

fn server(names: Vec<String>) -> io::Result<CertificateParams> {
    let mut params = CertificateParams::new(names).map_err(io::Error::other)?;
    params.distinguished_name.push(DnType::CommonName, "cloudauth emulator");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // Strict clients want to see which authority it was.
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}
