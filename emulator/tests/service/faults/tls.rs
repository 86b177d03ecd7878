use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use cloudauth_emulator::{Emulator, Options, Stats};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, ClientConnection, DigitallySignedStruct, SignatureScheme, StreamOwned};

use super::raw::call;
use crate::client::{connect, read, write};
use crate::tls::handshake;

fn start_tls(fault: &str) -> Emulator {
    Emulator::start(Options { tls: true, faults: vec![fault.parse().unwrap()], ..Options::default() }).unwrap()
}

/// What a strict client says to a fault; then that nothing of a request came, and that the next connection is right.
fn refusal(fault: &str) -> std::io::Error {
    let emulator = start_tls(&format!("{fault}{}next=1", if fault.contains(':') { "," } else { ":" }));
    let error = handshake(&emulator, emulator.ca_pem().unwrap(), "localhost").unwrap_err();
    settled(&emulator, |stats| stats.handshakes_failed == 1);
    let stats = emulator.stats();
    assert_eq!((stats.connections, stats.handshakes, stats.application_bytes), (1, 0, 0), "{fault}");
    assert!(stats.handshake_bytes > 100, "{fault}: the client's first message was counted");
    assert_eq!(stats.faults.values().sum::<u64>(), 1, "{fault}");
    handshake(&emulator, emulator.ca_pem().unwrap(), "localhost").unwrap();
    error
}

/// Counters follow their sockets by a moment.
fn settled(emulator: &Emulator, holds: impl Fn(&Stats) -> bool) {
    let begun = Instant::now();
    while !holds(&emulator.stats()) {
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", emulator.stats());
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn certificate_error(error: std::io::Error) -> CertificateError {
    match error.downcast::<rustls::Error>() {
        Ok(rustls::Error::InvalidCertificate(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_certificate_is_wrong_in_its_own_way() {
    let unknown = certificate_error(refusal("tls-unknown-ca"));
    assert_eq!(unknown, CertificateError::UnknownIssuer);
    let self_signed = certificate_error(refusal("tls-self-signed"));
    assert_eq!(self_signed, CertificateError::UnknownIssuer);
    let expired = certificate_error(refusal("tls-expired"));
    assert!(matches!(expired, CertificateError::ExpiredContext { .. }), "{expired:?}");
    let name = certificate_error(refusal("tls-wrong-host"));
    assert!(matches!(name, CertificateError::NotValidForNameContext { .. }), "{name:?}");
}

#[test]
fn a_server_may_choose_tls_1_1() {
    let error = refusal("tls-1.1").downcast::<rustls::Error>().unwrap();
    assert!(matches!(error, rustls::Error::PeerIncompatible(_)), "{error:?}");
}

#[test]
fn a_handshake_may_end_in_the_middle() {
    assert_eq!(refusal("tls-close-in-handshake").kind(), ErrorKind::UnexpectedEof);
    assert_eq!(refusal("tls-reset-in-handshake").kind(), ErrorKind::ConnectionReset);
    let begun = Instant::now();
    assert_eq!(refusal("tls-stall-in-handshake:hold=200ms").kind(), ErrorKind::UnexpectedEof);
    assert!(begun.elapsed() >= Duration::from_millis(200));
}

#[test]
fn a_self_signed_certificate_names_no_authority_and_the_others_do() {
    for (fault, issuer) in [
        ("tls-self-signed", None),
        ("tls-unknown-ca", Some("an authority that nobody trusts")),
        ("tls-expired", Some("cloudauth emulator authority")),
    ] {
        let (_, certificate) = careless(&start_tls(fault));
        let holds = |text: &str| certificate.windows(text.len()).any(|part| part == text.as_bytes());
        assert_eq!(holds("authority"), issuer.is_some(), "{fault}");
        assert!(issuer.is_none_or(holds), "{fault}");
    }
}

#[test]
fn what_a_careless_client_gives_away_is_counted() {
    let emulator = start_tls("tls-expired");
    let (mut stream, _) = careless(&emulator);
    let call = call(&emulator, "idocr200");
    let (target, headers, body) = call.signed();
    write(&mut stream, call.method, &target, &headers, &body).unwrap();
    assert_eq!(read(&mut stream).unwrap().code(), "Success");
    let stats = emulator.stats();
    assert_eq!((stats.handshakes, stats.requests), (1, 1));
    assert!(stats.application_bytes > target.len() as u64, "{stats:?}");

    let emulator = Emulator::start(Options { tls: true, ..Options::default() }).unwrap();
    let mut plain = connect(emulator.endpoint());
    write(&mut plain, "GET", "/healthz", &[], b"").unwrap();
    settled(&emulator, |stats| stats.handshakes_failed == 1);
    let stats = emulator.stats();
    assert_eq!((stats.application_bytes, stats.handshake_bytes), (stats.received_bytes, 0), "in the clear is not hidden");
    assert!(stats.application_bytes > 0);
}

#[test]
fn a_truncated_close_does_not_say_that_it_ends() {
    let end = |fault| {
        let emulator = start_tls(fault);
        let mut stream = handshake(&emulator, emulator.ca_pem().unwrap(), "localhost").unwrap();
        let call = call(&emulator, "idocr200");
        let (target, headers, body) = call.signed();
        write(&mut stream, call.method, &target, &headers, &body).unwrap();
        let mut all = Vec::new();
        let outcome = stream.read_to_end(&mut all).map_err(|error| error.kind());
        (outcome.map(|_| ()), String::from_utf8(all).unwrap())
    };
    let (outcome, text) = end("tls-truncated-close");
    assert_eq!(outcome, Err(ErrorKind::UnexpectedEof));
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("\r\nconnection: close") && !head.contains("content-length") && !head.contains("chunked"));
    assert!(serde_json::from_str::<serde_json::Value>(body).is_ok(), "whole, as far as a client can tell");
    assert_eq!(end("close-after-reply").0, Ok(()), "others do say it");
}

#[test]
fn faults_of_requests_come_through_tls_too() {
    let emulator = start_tls("chunk-cut");
    let mut stream = handshake(&emulator, emulator.ca_pem().unwrap(), "localhost").unwrap();
    let call = call(&emulator, "idocr200");
    let (target, headers, body) = call.signed();
    write(&mut stream, call.method, &target, &headers, &body).unwrap();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).unwrap();
    assert!(all.ends_with(b"}\r\n"));

    let emulator = start_tls("reset-mid-body");
    let mut stream = handshake(&emulator, emulator.ca_pem().unwrap(), "localhost").unwrap();
    write(&mut stream, call.method, &target, &headers, &body).unwrap();
    let mut all = Vec::new();
    assert_eq!(stream.read_to_end(&mut all).unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert!(all.starts_with(b"HTTP/1.1 "));
}

/// A client that takes any certificate; and that certificate.
fn careless(emulator: &Emulator) -> (StreamOwned<ClientConnection, TcpStream>, Vec<u8>) {
    let seen = Arc::new(Careless(Mutex::default()));
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(&seen) as Arc<dyn ServerCertVerifier>)
        .with_no_client_auth();
    let connection = ClientConnection::new(Arc::new(config), ServerName::try_from("localhost").unwrap()).unwrap();
    let mut stream = StreamOwned::new(connection, connect(emulator.endpoint()));
    stream.flush().unwrap();
    let certificate = seen.0.lock().unwrap().clone();
    (stream, certificate)
}

#[derive(Debug)]
struct Careless(Mutex<Vec<u8>>);

impl ServerCertVerifier for Careless {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        *self.0.lock().unwrap() = end_entity.to_vec();
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}
