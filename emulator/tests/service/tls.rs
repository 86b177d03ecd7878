use std::io::Write as _;
use std::sync::Arc;

use cloudauth_emulator::{Emulator, Options};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::Value;

use crate::client::{connect, read, write};
use crate::signer::{Call, Scheme};

fn start() -> Emulator {
    Emulator::start(Options { tls: true, ..Options::default() }).unwrap()
}

/// A handshake under that name, trusting only that PEM.
pub(crate) fn handshake(
    emulator: &Emulator,
    pem: &str,
    name: &'static str,
) -> Result<StreamOwned<ClientConnection, std::net::TcpStream>, std::io::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connection = ClientConnection::new(Arc::new(config), ServerName::try_from(name).unwrap()).unwrap();
    let mut stream = StreamOwned::new(connection, connect(emulator.endpoint()));
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock)?;
    }
    stream.flush()?;
    Ok(stream)
}

#[test]
fn a_call_works_under_either_name() {
    let emulator = start();
    assert!(emulator.endpoint().starts_with("https://127.0.0.1:"));
    for name in ["localhost", "127.0.0.1"] {
        let mut stream = handshake(&emulator, emulator.ca_pem().unwrap(), name).unwrap();
        let call = Call::check(&emulator, Scheme::Acs3, "ekycpro200");
        let (target, headers, body) = call.signed();
        write(&mut stream, call.method, &target, &headers, &body).unwrap();
        let reply = read(&mut stream).unwrap();
        assert_eq!(reply.code(), "Success");
        assert!(reply.text().contains("https://127.0.0.1:"), "the video's link is https too");
    }
}

#[test]
fn another_name_and_another_authority_are_refused() {
    let (emulator, other) = (start(), start());
    assert!(handshake(&emulator, emulator.ca_pem().unwrap(), "elsewhere.example").is_err());
    assert!(handshake(&emulator, other.ca_pem().unwrap(), "localhost").is_err());
    let mut plain = connect(emulator.endpoint());
    write(&mut plain, "GET", "/healthz", &[], b"").unwrap();
    assert!(read(&mut plain).is_err(), "plain HTTP gets no HTTP reply");
}

#[test]
fn the_ready_line_says_all_that_a_client_needs() {
    let plain: Value = serde_json::from_str(&Emulator::start(Options::default()).unwrap().ready_line()).unwrap();
    let names = |line: &Value| line.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&plain), ["access_key_id", "access_key_secret", "endpoint"]);
    let emulator = Emulator::start(Options { tls: true, security_token: Some("t".into()), ..Options::default() }).unwrap();
    let line = emulator.ready_line();
    assert!(!line.contains('\n'));
    let line: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(names(&line), ["access_key_id", "access_key_secret", "ca_file", "endpoint", "security_token"]);
    let file = line["ca_file"].as_str().unwrap().to_owned();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), emulator.ca_pem().unwrap());
    drop(emulator);
    assert!(!std::path::Path::new(&file).exists());
}
