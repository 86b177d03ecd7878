//! A proxy that leads every request to one server, wherever it says it wants to go.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

pub(crate) trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

/// A running proxy: `host:port` and the heads of the requests that it gets.
pub(crate) struct Proxy {
    pub(crate) address: String,
    pub(crate) heads: Receiver<String>,
    /// The certificate it shows, PEM, where it speaks TLS.
    pub(crate) pem: Option<String>,
}

/// Where `authorization` is given, requests without it are refused.
pub(crate) fn proxy(server: &str, tls: bool, authorization: Option<&'static str>) -> Proxy {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    let server = server.rsplit('/').next().expect("an address").to_owned();
    let (config, pem) = if tls { Some(config()).unzip() } else { (None, None) };
    let (sender, heads) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (server, config, sender) = (server.clone(), config.clone(), sender.clone());
            thread::spawn(move || {
                stream.set_read_timeout(Some(Duration::from_millis(5)))?;
                let mut stream: Box<dyn Stream> = match config {
                    None => Box::new(stream),
                    Some(config) => {
                        let connection = ServerConnection::new(config).map_err(io::Error::other)?;
                        Box::new(StreamOwned::new(connection, stream))
                    }
                };
                let head = head(&mut stream)?;
                let allowed = authorization.is_none_or(|wanted| says(&head, wanted));
                sender.send(head.clone()).map_err(io::Error::other)?;
                if !allowed {
                    return stream.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
                }
                let onward = TcpStream::connect(server)?;
                onward.set_read_timeout(Some(Duration::from_millis(5)))?;
                if head.starts_with("CONNECT ") {
                    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
                } else {
                    (&onward).write_all(head.as_bytes())?;
                }
                relay(&mut stream, &onward)
            });
        }
    });
    Proxy { address, heads, pem }
}

fn says(head: &str, authorization: &str) -> bool {
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .any(|(name, value)| name.eq_ignore_ascii_case("proxy-authorization") && value == authorization)
}

pub(crate) fn head(stream: &mut dyn Stream) -> io::Result<String> {
    let (mut seen, mut byte) = (Vec::new(), [0]);
    while !seen.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(_) => seen.push(byte[0]),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    String::from_utf8(seen).map_err(io::Error::other)
}

/// Passes on what either side sends, until one of them ends.
pub(crate) fn relay(stream: &mut dyn Stream, mut onward: &TcpStream) -> io::Result<()> {
    let mut buffer = vec![0; 64 << 10];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => onward.write_all(&buffer[..read])?,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
        match onward.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => stream.write_all(&buffer[..read]).and_then(|()| stream.flush())?,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}

fn config() -> (Arc<ServerConfig>, String) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring has the versions")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("the key is the certificate's");
    (Arc::new(config), cert.pem())
}
