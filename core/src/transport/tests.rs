//! Bodies that are larger than memory should be, over real sockets: where they go, and where their connections may lead.

use std::fs::{self, File, OpenOptions};
use std::future::ready;
use std::io::{self, BufReader, Read, Seek, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{env, thread};

use http::HeaderValue;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::crypto::ring;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::once::send_once;
use super::resolver::{Resolve, Resolver, Resolving};
use super::route::{Proxy, Route};
use super::sink::Sink;
use super::{Request, Settings};
use crate::catalogue::Kind;
use crate::endpoint::Endpoint;
use crate::environment::Environment;
use crate::error::{Error, Result, SendState};
use crate::header_lines::HeaderLines;
use crate::reply::Head;

const NAME: &str = "video.test";
const MIB: usize = 1 << 20;
const PATIENT: Duration = Duration::from_mins(1);

trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

/// How a server's connections begin.
#[derive(Clone, Copy)]
enum Greeting {
    Http,
    Tls,
    /// It is a proxy, and then the server behind it.
    Connect,
    Socks5,
}

struct Server {
    port: u16,
    pem: String,
    heads: Receiver<String>,
    /// Whether the client had hung up before a connection's last reply was written.
    ends: Receiver<bool>,
}

fn server(greeting: Greeting) -> Server {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed([NAME.to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config =
        ServerConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(vec![cert.der().clone()], key).unwrap());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let ((sender, heads), (end, ends)) = (channel(), channel());
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (config, sender, end) = (config.clone(), sender.clone(), end.clone());
            thread::spawn(move || {
                let is_secured = match greeting {
                    Greeting::Http => false,
                    Greeting::Tls => true,
                    Greeting::Connect => connect(&mut stream, &sender).is_some(),
                    Greeting::Socks5 => socks5(&mut stream, &sender).is_some(),
                };
                let mut stream: Box<dyn Stream> = if is_secured {
                    Box::new(StreamOwned::new(ServerConnection::new(config).unwrap(), stream))
                } else {
                    Box::new(stream)
                };
                while let Some(head) = read_head(&mut stream) {
                    let written = answer(&mut stream, &head);
                    let _ = sender.send(head);
                    if !matches!(written, Ok(true)) {
                        let _ = end.send(written.is_err());
                        break;
                    }
                }
            });
        }
    });
    Server { port, pem: cert.pem(), heads, ends }
}

fn connect(stream: &mut TcpStream, sender: &Sender<String>) -> Option<()> {
    sender.send(read_head(stream)?).ok()?;
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok()
}

/// Reports whom it is to connect to: an address by its four bytes, or a name.
fn socks5(stream: &mut TcpStream, sender: &Sender<String>) -> Option<()> {
    let read = |mut stream: &TcpStream, length: u8| {
        let mut bytes = vec![0; length.into()];
        stream.read_exact(&mut bytes).ok().map(|()| bytes)
    };
    let methods = read(stream, 2)?[1];
    read(stream, methods)?;
    stream.write_all(&[5, 0]).ok()?;
    let target = if read(stream, 4)?[3] == 1 {
        format!("{:?}", read(stream, 4)?)
    } else {
        let length = read(stream, 1)?[0];
        String::from_utf8(read(stream, length)?).ok()?
    };
    read(stream, 2)?;
    sender.send(target).ok()?;
    stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).ok()
}

fn read_head(stream: &mut dyn Stream) -> Option<String> {
    let (mut seen, mut byte) = (Vec::new(), [0]);
    while !seen.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        seen.push(byte[0]);
    }
    String::from_utf8(seen).ok()
}

/// What a body has at a position: no two pieces of it are alike.
fn byte(at: usize) -> u8 {
    let [low, middle, high, ..] = at.to_le_bytes();
    low ^ middle.wrapping_mul(31) ^ high.wrapping_mul(17)
}

/// Serves `/whole/BYTES`, from where a range begins; of `/cut/BYTES` the first half, and `/endless`. Whether another request
/// may come.
fn answer(stream: &mut dyn Stream, head: &str) -> io::Result<bool> {
    let path = head.split(' ').nth(1).unwrap();
    let length = path.rsplit('/').next().unwrap().parse().unwrap_or(usize::MAX);
    let from = head.split("range: bytes=").nth(1).map_or(0, |range| range.split('-').next().unwrap().parse().unwrap());
    let (end, announced) = match path {
        "/endless" => (length, "connection: close".to_owned()),
        _ if path.starts_with("/cut/") => (length / 2, format!("content-length: {length}")),
        _ => (length, format!("content-length: {}", length - from)),
    };
    let status = if from > 0 { "206 Partial Content" } else { "200 OK" };
    write!(stream, "HTTP/1.1 {status}\r\n{announced}\r\n\r\n")?;
    let mut at = from;
    while at < end {
        let piece: Vec<u8> = (at..end.min(at + (64 << 10))).map(byte).collect();
        stream.write_all(&piece)?;
        at += piece.len();
    }
    stream.flush()?;
    Ok(end == length)
}

impl Server {
    fn settings(&self, resolver: Resolver, proxy: &str) -> Settings {
        let proxy = if proxy.is_empty() { Proxy::Direct } else { Proxy::Url(format!("{proxy}://127.0.0.1:{}", self.port)) };
        Settings {
            connect_timeout: PATIENT,
            idle_timeout: PATIENT,
            keep_warm: None,
            max_connections: 1,
            route: Route::new(&proxy, &Environment::given::<String, String>([])).unwrap(),
            resolver,
            ca_pem: Some(self.pem.clone().into_bytes()),
            user_agent: HeaderValue::from_static("tests"),
        }
    }

    fn endpoint(&self, scheme: &str) -> Endpoint {
        Endpoint::parse(&format!("{scheme}://{NAME}:{}", self.port), true).unwrap()
    }

    /// By a name that nobody but the resolver knows.
    fn get(&self, scheme: &str, request: Request, sink: &mut dyn Sink, cap: usize) -> Result<Head> {
        let settings = self.settings(Resolver::new(Pinned(Ipv4Addr::LOCALHOST)), "");
        get(&self.endpoint(scheme), &settings, request, sink, cap)
    }

    fn client_hung_up(&self) -> bool {
        self.ends.recv_timeout(PATIENT).unwrap()
    }
}

fn get(endpoint: &Endpoint, settings: &Settings, request: Request, sink: &mut dyn Sink, cap: usize) -> Result<Head> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(send_once(endpoint, settings, request, sink, cap, PATIENT))
}

fn assert_body(file: &mut File, length: usize) {
    assert_eq!(file.metadata().unwrap().len(), length as u64);
    file.rewind().unwrap();
    let bytes = BufReader::with_capacity(MIB, file).bytes().map(Result::unwrap);
    let wrong = bytes.enumerate().find(|(at, found)| byte(*at) != *found);
    assert_eq!(wrong, None);
}

/// In KiB: `VmRSS` is what the process has, `VmHWM` the most that it has had.
fn memory(which: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(which)?.strip_prefix(':')).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
fn a_body_is_never_whole_in_memory() {
    const CHILD: &str = "CLOUDAUTH_TEST_BODY";
    const BODY: usize = 96 * MIB;
    if env::var_os(CHILD).is_none() {
        // In a process without other tests.
        let mut child = Command::new(env::current_exe().unwrap());
        let child = child.args(["--exact", "transport::tests::a_body_is_never_whole_in_memory", "--nocapture"]).env(CHILD, "1");
        let output = child.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&output.stderr));
        return;
    }
    for (greeting, scheme) in [(Greeting::Http, "http"), (Greeting::Tls, "https")] {
        let server = server(greeting);
        let mut file = tempfile::tempfile().unwrap();
        fs::write("/proc/self/clear_refs", "5").unwrap();
        let before = memory("VmRSS");
        let head = server.get(scheme, Request::get(&format!("/whole/{BODY}")), &mut file, BODY).unwrap();
        let grown = memory("VmHWM").saturating_sub(before) / 1024;
        println!("{scheme}: {grown} MiB");
        assert!(grown < 8, "{grown} MiB");
        assert_eq!(head.status, Some(200));
        assert_body(&mut file, BODY);
    }
}

#[test]
fn nothing_beyond_the_cap_is_taken() {
    for (greeting, scheme) in [(Greeting::Http, "http"), (Greeting::Tls, "https")] {
        let server = server(greeting);
        for (path, at_least) in [("/endless", 1), (&*format!("/whole/{}", 64 * MIB), 0)] {
            let mut taken = 0;
            let mut sink = |piece: bytes::Bytes| {
                taken += piece.len();
                Ok(())
            };
            let error = server.get(scheme, Request::get(path), &mut sink, MIB).unwrap_err();
            assert_eq!((error.kind(), error.http_status()), (Kind::TooLarge, Some(200)), "{path}");
            assert!(server.client_hung_up(), "{path}");
            assert!((at_least..=MIB).contains(&taken) && (at_least > 0 || taken == 0), "{path}: {taken}");
        }
        let mut file = tempfile::tempfile().unwrap();
        server.get(scheme, Request::get(&format!("/whole/{MIB}")), &mut file, MIB).unwrap();
        assert_body(&mut file, MIB);
    }
}

#[test]
fn a_sink_that_fails_ends_its_connection_with_its_own_error() {
    for (greeting, scheme) in [(Greeting::Http, "http"), (Greeting::Tls, "https")] {
        let server = server(greeting);
        let mut left = MIB;
        let mut sink = |piece: bytes::Bytes| {
            left = left.checked_sub(piece.len()).ok_or_else(|| Error::new(Kind::Cancelled, "enough"))?;
            Ok(())
        };
        let error = server.get(scheme, Request::get("/endless"), &mut sink, usize::MAX).unwrap_err();
        assert_eq!((error.kind(), error.message()), (Kind::Cancelled, "enough"));
        assert!(server.client_hung_up());
        let mut full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let error = server.get(scheme, Request::get("/endless"), &mut full, usize::MAX).unwrap_err();
        assert_eq!(error.kind(), Kind::Io);
        assert!(error.message().contains("(No space left on device)"), "{error}");
        assert!(server.client_hung_up());
    }
}

#[test]
fn what_came_of_a_body_that_was_cut_is_there_and_the_rest_can_be_fetched() {
    const BODY: usize = 4 * MIB + 2;
    for (greeting, scheme) in [(Greeting::Http, "http"), (Greeting::Tls, "https")] {
        let server = server(greeting);
        let mut file = tempfile::tempfile().unwrap();
        let error = server.get(scheme, Request::get(&format!("/cut/{BODY}")), &mut file, BODY).unwrap_err();
        assert_eq!((error.kind(), error.send_state()), (Kind::Protocol, SendState::Damaged), "{error}");
        assert!(!server.client_hung_up());
        assert_body(&mut file, BODY / 2);
        let range = HeaderLines::of(&[("range", &format!("bytes={}-", BODY / 2))]);
        let rest = Request { headers: range, ..Request::get(&format!("/whole/{BODY}")) };
        let head = server.get(scheme, rest, &mut file, BODY - BODY / 2).unwrap();
        assert_eq!(head.status, Some(206));
        assert_body(&mut file, BODY);
        let host = format!("\r\nhost: {NAME}:{}\r\n", server.port);
        assert!(server.heads.try_iter().all(|head| head.starts_with("GET /") && head.contains(&host)));
    }
}

/// Always the same address.
#[derive(Debug)]
struct Pinned(Ipv4Addr);

impl Resolve for Pinned {
    fn resolve<'a>(&'a self, _: &'a str) -> Resolving<'a> {
        Box::pin(ready(Ok(vec![SocketAddr::from((self.0, 0))])))
    }
}

/// Lets nobody go anywhere.
#[derive(Debug, Default)]
struct Guard(Arc<Mutex<Vec<String>>>);

impl Resolve for Guard {
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a> {
        self.0.lock().unwrap().push(host.to_owned());
        let refusal = Error::new(Kind::Blocked, "this address is nobody's concern");
        Box::pin(ready(Err(io::Error::other(refusal))))
    }
}

#[test]
fn a_resolver_may_refuse_names_and_addresses() {
    let server = server(Greeting::Http);
    let asked = Arc::default();
    let hosts = [("", NAME), ("", "localhost"), ("", "127.0.0.1"), ("", "[::1]"), ("socks5", NAME), ("socks5", "203.0.113.1")];
    for (proxy, host) in hosts {
        let settings = server.settings(Resolver::new(Guard(Arc::clone(&asked))), proxy);
        let endpoint = Endpoint::parse(&format!("http://{host}:{}", server.port), true).unwrap();
        let error = get(&endpoint, &settings, Request::get("/whole/1"), &mut |_| Ok(()), 1).unwrap_err();
        assert_eq!((error.kind(), error.send_state()), (Kind::Blocked, SendState::Unsent), "{host}: {error}");
        assert!(!error.retryable() && error.message().contains("nobody's concern"), "{error}");
        assert_eq!(asked.lock().unwrap().pop().as_deref(), Some(host.trim_matches(['[', ']'])));
    }
    assert!(server.heads.try_recv().is_err(), "nobody was asked for anything");
}

// Finding B9: what a name server says of this machine's name does not count.
#[test]
fn localhost_is_not_looked_up() {
    let server = server(Greeting::Http);
    let settings = server.settings(Resolver::default(), "");
    for host in ["localhost", "video.localhost"] {
        let endpoint = Endpoint::parse(&format!("http://{host}:{}", server.port), false).unwrap();
        get(&endpoint, &settings, Request::get("/whole/1"), &mut |_| Ok(()), 1).unwrap();
        assert!(server.heads.recv().unwrap().contains(host));
    }
}

#[test]
fn a_proxy_gets_the_name_unless_this_machine_is_to_look_it_up() {
    for (greeting, proxy, resolver, target) in [
        (Greeting::Connect, "http", Resolver::new(Guard::default()), format!("CONNECT {NAME}:")),
        (Greeting::Socks5, "socks5h", Resolver::new(Guard::default()), NAME.to_owned()),
        (Greeting::Socks5, "socks5", Resolver::new(Pinned(Ipv4Addr::new(203, 0, 113, 7))), "[203, 0, 113, 7]".to_owned()),
    ] {
        let server = server(greeting);
        let settings = server.settings(resolver, proxy);
        let mut file = tempfile::tempfile().unwrap();
        get(&server.endpoint("https"), &settings, Request::get(&format!("/whole/{MIB}")), &mut file, MIB).unwrap();
        assert_body(&mut file, MIB);
        let asked = server.heads.recv_timeout(PATIENT).unwrap();
        assert!(asked.starts_with(&target), "{asked}");
    }
}
