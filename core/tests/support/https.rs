//! A server with TLS that closes idle connections, and knows which request came on which connection.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{HandshakeKind, ServerConfig, ServerConnection, StreamOwned};

pub(crate) const SUCCESS: &str = r#"{"Code":"Success","Result":{"Passed":"Y"}}"#;

/// A request and the connection that it came on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) connection: usize,
    pub(crate) head: String,
}

impl Seen {
    pub(crate) fn is_keepalive(&self) -> bool {
        self.head.contains("KeepaliveIntl")
    }
}

/// What it has seen.
#[derive(Debug, Default)]
pub(crate) struct Log {
    pub(crate) connections: AtomicUsize,
    pub(crate) open: AtomicUsize,
    pub(crate) resumed: AtomicUsize,
    requests: Mutex<Vec<Seen>>,
}

impl Log {
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub(crate) fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    pub(crate) fn requests(&self) -> Vec<Seen> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn keepalives(&self) -> usize {
        self.requests().iter().filter(|seen| seen.is_keepalive()).count()
    }
}

pub(crate) struct Https {
    pub(crate) endpoint: String,
    pub(crate) pem: Vec<u8>,
    pub(crate) log: Arc<Log>,
}

/// Serves each connection on a thread of its own until it was idle for `idle`; `answer` gives the body for a request.
pub(crate) fn https(idle: Duration, answer: impl Fn(&Seen) -> &'static str + Send + Sync + 'static) -> Https {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap().self_signed(&key).unwrap();
    let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .unwrap();
    let (config, answer, log) = (Arc::new(config), Arc::new(answer), Arc::new(Log::default()));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("https://{}", listener.local_addr().unwrap());
    let serving = log.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (config, answer, log) = (config.clone(), answer.clone(), serving.clone());
            let connection = log.connections.fetch_add(1, Ordering::SeqCst);
            log.open.fetch_add(1, Ordering::SeqCst);
            thread::spawn(move || {
                stream.set_read_timeout(Some(idle)).unwrap();
                stream.set_nodelay(true).unwrap();
                let mut stream = StreamOwned::new(ServerConnection::new(config).unwrap(), stream);
                serve(&mut stream, connection, &*answer, &log);
                log.open.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
    Https { endpoint, pem: certificate.pem().into_bytes(), log }
}

type Secured = StreamOwned<ServerConnection, TcpStream>;

fn serve(stream: &mut Secured, connection: usize, answer: &dyn Fn(&Seen) -> &'static str, log: &Log) {
    if stream.conn.complete_io(&mut stream.sock).is_err() {
        return;
    }
    if stream.conn.handshake_kind() == Some(HandshakeKind::Resumed) {
        log.resumed.fetch_add(1, Ordering::SeqCst);
    }
    while let Some(head) = read_head(stream) {
        let seen = Seen { connection, head };
        log.requests.lock().unwrap().push(seen.clone());
        let body = answer(&seen);
        let written = write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        if written.and_then(|()| stream.flush()).is_err() {
            return;
        }
    }
}

/// `None` where the client hung up or was idle for too long.
fn read_head(stream: &mut Secured) -> Option<String> {
    let (mut seen, mut byte) = (Vec::new(), [0]);
    while !seen.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => seen.push(byte[0]),
            _ => return None,
        }
    }
    String::from_utf8(seen).ok()
}
