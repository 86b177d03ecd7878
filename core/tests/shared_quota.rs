//! A quota that clients share on Redis. A process of its own: it shuts the library down.
#![cfg(feature = "quota-redis")]

#[allow(dead_code, reason = "no fault is tried here")]
#[path = "../../quota-redis/tests/support/server.rs"]
mod redis;
mod support;

use std::fs;
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use cloudauth_core::doctor::{Check, State};
use cloudauth_core::{Call, CallOptions, DiagnosisOptions, Kind, blocking, host};
use cloudauth_emulator::{Emulator, Options};
use rcgen::{CertificateParams, KeyPair};
use redis::Server;
use support::builder;

fn client(emulator: &Emulator, url: &str, rate: usize) -> blocking::Client {
    builder(emulator.endpoint()).quota_url(url).qps(rate).build_blocking().unwrap()
}

fn call(client: &blocking::Client, within: Duration) -> cloudauth_core::Result<()> {
    client.run(&Call::new("KeepaliveIntl"), &CallOptions::default().timeout(within)).map(|_| ())
}

#[test]
fn clients_share_it_and_it_outlives_a_shutdown() {
    let Some(server) = Server::start(&[]) else { return };
    let emulator = Emulator::start(Options::default()).unwrap();
    let url = format!("redis://127.0.0.1:{}/1?account=shop", server.port);
    let clients: Vec<_> = (0..3).map(|_| client(&emulator, &url, 5)).collect();
    let begun = Instant::now();
    thread::scope(|scope| {
        for client in &clients {
            scope.spawn(|| {
                while begun.elapsed() < Duration::from_secs(5) {
                    call(client, Duration::from_secs(10)).unwrap();
                }
            });
        }
    });
    let total: u64 = clients.iter().map(|client| client.stats().requests).sum();
    let shared: u64 = clients.iter().map(|client| client.stats().shared_permits).sum();
    assert_eq!(total, shared);
    // The first second passes without a permit; each client makes a call that began in time.
    assert!((18..=24).contains(&total), "{total} requests in 5 s");
    assert!(host::shutdown(Duration::from_secs(10)));
    call(&clients[0], Duration::from_secs(10)).unwrap();
    assert_eq!(clients[0].stats().quota_losses, 0);
}

#[test]
fn a_refused_password_ends_a_call_and_a_server_that_is_not_there_lets_it_wait() {
    let Some(server) = Server::start(&["--requirepass", "sesame"]) else { return };
    let emulator = Emulator::start(Options::default()).unwrap();
    let wrong = client(&emulator, &format!("redis://:hunter2@127.0.0.1:{}", server.port), 5);
    let error = call(&wrong, Duration::from_secs(10)).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (Kind::Throttled, 0));
    assert!(error.message().contains("WRONGPASS") && !error.message().contains("hunter2"), "{error}");
    let absent = client(&emulator, "redis://127.0.0.1:1", 5);
    let error = call(&absent, Duration::from_millis(600)).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (Kind::Timeout, 0), "{error}");
    assert_eq!((absent.stats().quota_losses, absent.stats().requests), (1, 0));
}

/// A Redis that speaks TLS on a second port, and its certificate.
fn encrypted(name: &str) -> Option<(Server, u16, Vec<u8>)> {
    let key = KeyPair::generate().unwrap();
    let pem = CertificateParams::new([name.to_owned()]).unwrap().self_signed(&key).unwrap().pem();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (certificate, key) = (file("certificate.pem", &pem), file("key.pem", &key.serialize_pem()));
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    // It reads the files before it listens.
    let options = ["--tls-port", &port.to_string(), "--tls-cert-file", &certificate, "--tls-key-file", &key];
    let server = Server::start(&[&options[..], &["--tls-auth-clients", "no", "--requirepass", "sesame"]].concat())?;
    Some((server, port, pem.into_bytes()))
}

#[test]
fn it_is_shared_over_tls_with_a_server_that_is_trusted() {
    let Some((_server, port, pem)) = encrypted("127.0.0.1") else { return };
    let emulator = Emulator::start(Options::default()).unwrap();
    let client = |url: &str, pem: &[u8]| {
        builder(emulator.endpoint()).quota_url(url).qps(20).ca_pem(pem.to_vec()).build_blocking().unwrap()
    };
    let trusting = client(&format!("rediss://:sesame@127.0.0.1:{port}"), &pem);
    for _ in 0..5 {
        call(&trusting, Duration::from_secs(10)).unwrap();
    }
    let stats = trusting.stats();
    assert_eq!((stats.requests, stats.shared_permits, stats.quota_losses), (5, 5, 0));
    // Neither a stranger's certificate, nor another name, nor a server without TLS gets the password or gives a permit.
    let stranger = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap().self_signed(&KeyPair::generate().unwrap()).unwrap();
    let Some((_other, other_port, other_pem)) = encrypted("other.invalid") else { return };
    let Some(plain) = Server::start(&[]) else { return };
    for (port, pem) in [(port, stranger.pem().into_bytes()), (other_port, other_pem), (plain.port, pem.clone())] {
        let refused = client(&format!("rediss://:sesame@127.0.0.1:{port}"), &pem);
        let error = call(&refused, Duration::from_millis(600)).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (Kind::Timeout, 0), "{error}");
        assert_eq!((refused.stats().shared_permits, refused.stats().requests), (0, 0));
    }
    // Nor does one that speaks TLS alone answer who speaks none.
    let clear = client(&format!("redis://:sesame@127.0.0.1:{port}"), &pem);
    assert_eq!(call(&clear, Duration::from_millis(600)).unwrap_err().kind(), Kind::Timeout);
}

#[test]
fn the_doctor_looks_at_the_server_and_says_no_password() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let found = |url: &str| {
        let findings = builder(emulator.endpoint()).quota_url(url).diagnose(&DiagnosisOptions::default()).unwrap();
        assert!(!format!("{findings:?}").contains("sesame"), "{findings:?}");
        findings.into_iter().find(|finding| finding.check == Check::Quota).unwrap()
    };
    let Some(server) = Server::start(&["--requirepass", "sesame"]) else { return };
    let Some(replica) = Server::start(&["--replicaof", "127.0.0.1", "1"]) else { return };
    let good = format!("redis://:sesame@127.0.0.1:{}", server.port);
    assert_eq!(found(&good).state, State::Ok);
    assert_eq!(found(&good.replace("sesame", "other-sesame")).kind, Some(Kind::Throttled));
    assert_eq!(found(&format!("redis://127.0.0.1:{}", replica.port)).kind, Some(Kind::Timeout));
    assert_eq!(found("redis://:sesame@127.0.0.1:1").kind, Some(Kind::Timeout));
    assert_eq!(found("redis://:sesame@127.0.0.1:1/sesame").kind, Some(Kind::InvalidArgument));
    let Some(evicting) = Server::start(&["--maxmemory", "8mb", "--maxmemory-policy", "allkeys-lru"]) else { return };
    assert_eq!(found(&format!("redis://127.0.0.1:{}", evicting.port)).state, State::Warn);
    let without = builder(emulator.endpoint()).diagnose(&DiagnosisOptions::default()).unwrap();
    assert!(without.iter().all(|finding| finding.check != Check::Quota), "{without:?}");
}
