//! A server's own certificate, given as something to trust.

mod support;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use cloudauth_core::Kind;
use rcgen::{BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use support::{builder, request};

/// A server that is unavailable, with TLS; gives its address.
fn unavailable(certificate: &Certificate, key: &KeyPair) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("https://{}", listener.local_addr().unwrap());
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = StreamOwned::new(ServerConnection::new(config.clone()).unwrap(), stream);
            if stream.read(&mut [0; 4096]).is_ok_and(|read| read > 0) {
                let _ = stream.write_all(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            }
        }
    });
    endpoint
}

fn params(name: &str, authority: bool) -> CertificateParams {
    let mut params = CertificateParams::new([name.to_owned()]).unwrap();
    if authority {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    }
    params
}

// Finding L2: what the server's owner gives is trusted, and only for the names in it.
#[test]
fn a_server_is_trusted_by_its_own_certificate() {
    let stranger = CertifiedIssuer::self_signed(params("stranger.invalid", true), KeyPair::generate().unwrap()).unwrap();
    for (name, expected) in [("127.0.0.1", Kind::Unavailable), ("other.invalid", Kind::Tls)] {
        let key = KeyPair::generate().unwrap();
        for certificate in [
            params(name, true).self_signed(&key).unwrap(),
            params(name, false).self_signed(&key).unwrap(),
            params(name, false).signed_by(&key, &stranger).unwrap(),
        ] {
            let endpoint = unavailable(&certificate, &key);
            let kind = |pem: String| {
                let client = builder(&endpoint).ca_pem(pem.into_bytes()).max_attempts(1).build_blocking().unwrap();
                client.check_result(&request("t")).unwrap_err().kind()
            };
            assert_eq!(kind(certificate.pem()), expected, "{name}");
            assert_eq!(kind(params(name, false).self_signed(&KeyPair::generate().unwrap()).unwrap().pem()), Kind::Tls);
        }
    }
}
